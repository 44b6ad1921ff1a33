import { authUrls } from '@nuages/auth'
import { include, path, type UrlEntry } from '@nuages/urls'
import { admin } from '../../src/index.ts'

export const urlpatterns: readonly UrlEntry[] = [path('admin/', admin.urls), path('accounts/', include(authUrls))]
