import { admin } from 'nuages/admin'
import { authUrls } from 'nuages/auth'
import { include, path } from 'nuages/urls'
import { urlpatterns as blogUrls } from './blog/urls.ts'

export const urlpatterns = [
  path('admin/', admin.urls),
  path('accounts/', include(authUrls)), // signing in and out, changing one's password
  path('', include(blogUrls, { namespace: 'blog' })), // the demo has the whole site
]
