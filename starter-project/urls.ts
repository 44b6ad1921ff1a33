import { include, path } from 'nuages/urls'
import { urlpatterns as blogUrls } from './blog/urls.ts'

export const urlpatterns = [
  path('', include(blogUrls, { namespace: 'blog' })), // the demo has the whole site
]
