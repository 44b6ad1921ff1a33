import { authUrls } from 'nuages/auth'
import { include, path } from 'nuages/urls'
import { Account } from './views.ts'

export const urlpatterns = [
  path('', Account.asView(), 'account'),
  path('', include(authUrls)), // logging in and out, signing up, passwords and addresses
]
