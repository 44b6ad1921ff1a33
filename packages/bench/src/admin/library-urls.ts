import { admin } from 'nuages/admin'
import { path } from 'nuages/urls'

export const urlpatterns = [path('admin/', admin.urls)]
