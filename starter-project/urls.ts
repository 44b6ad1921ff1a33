import { admin } from 'nuages/admin'
import { include, path } from 'nuages/urls'
import { urlpatterns as accountUrls } from './accounts/urls.ts'
import { urlpatterns as blogUrls } from './blog/urls.ts'

export const urlpatterns = [
  path('admin/', admin.urls),
  path('accounts/', include(accountUrls)), // logging in, and all that belongs to one's account
  path('', include(blogUrls, { namespace: 'blog' })), // the demo has the whole site
]
