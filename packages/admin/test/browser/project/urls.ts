import { admin } from '@nuages/admin'
import { HttpResponse } from '@nuages/http'
import { path, type UrlEntry } from '@nuages/urls'

export const urlpatterns: readonly UrlEntry[] = [
  path('admin/', admin.urls),
  path('stories/<slug:slug>/', (_request, { slug }) => new HttpResponse(slug), 'story'),
]
