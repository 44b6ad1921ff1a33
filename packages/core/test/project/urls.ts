import { include, path } from '@nuages/urls'
import { csrfExempt } from '../../src/index.ts'
import * as views from './views.ts'

export const urlpatterns = [
  path('', views.home, 'home'),
  path('slow/', views.slowHome, 'slow'),
  path('notes/<int:id>/', views.note, 'note'),
  path('echo/', csrfExempt(views.echo), 'echo'),
  path('hello/', views.hello, 'hello'),
  path('broken-template/', views.brokenTemplate),
  path('boom/', views.boom, 'boom'),
  path('slow-boom/', views.slowBoom),
  path('missing/', views.missing, 'missing'),
  path('forbidden/', views.forbidden),
  path('suspicious/', views.suspicious),
  path('upstream/', views.upstream),
  path('nothing/', views.nothing),
  path('promised-text/', views.promisedText),
  path('bad-header/', views.badHeader),
  path('framed/', views.framed),
  path('no-slash', views.home),
  path('shop/', include([path('', views.home, 'list')], { namespace: 'shop' })),
]
