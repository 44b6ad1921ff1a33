import { authUrls } from 'nuages/auth'
import { twofactorUrls } from 'nuages/twofactor'
import { include, path } from 'nuages/urls'
import { userSessionsUrls } from 'nuages/usersessions'
import { Account } from './views.ts'

export const urlpatterns = [
  path('', Account.asView(), 'account'),
  path('', include(authUrls)), // logging in and out, signing up, passwords and addresses
  path('', include(userSessionsUrls)), // where one is logged in
  path('two-factor/', include(twofactorUrls)), // one-time passwords
]
