import { admin } from '@nuages/admin'
import { HttpResponse } from '@nuages/http'
import { path, type UrlEntry } from '@nuages/urls'
import { editors } from './editors.ts'

export const urlpatterns: readonly UrlEntry[] = [
  path('admin/', admin.urls),
  path('desk/', editors.urls),
  path('posts/<slug:slug>/', (_request, { slug }) => new HttpResponse(slug), 'post-detail'),
]
