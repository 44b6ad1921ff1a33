import { HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import {
  DetailView,
  ListView,
  RedirectView,
  requireGet,
  requireHttpMethods,
  requirePost,
  requireSafe,
  TemplateView,
} from '../../src/index.ts'
import { Author, LongBook } from './library/models.ts'
import * as views from './library/views.ts'

const answer = () => new HttpResponse('answered')

export const urlpatterns = [
  path('counter/<int:year>/', views.Counter.asView(), 'counter'),
  path('get-only/<int:year>/', views.Counter.asView({ httpMethodNames: ['get', 'options'] })),
  path('head/', views.WithHead.asView()),
  path('guarded/', views.Guarded.asView()),
  path('about/<topic>/', views.About.asView(), 'about'),
  path('plain/<topic>/', TemplateView.asView({ templateName: 'about.html', contentType: 'text/plain' })),
  path('broken/', TemplateView.asView()),
  path('books/', views.BookList.asView(), 'books'),
  path('books/page/<int:page>/', views.BookList.asView()),
  path('by/<name>/', views.BooksOf.asView(), 'books-of'),
  path('authors/', ListView(Author).asView(), 'authors'),
  path(
    'none/',
    ListView(LongBook).asView({ allowEmpty: false, paginateBy: 5, queryset: LongBook.objects.filter({ pages: -1 }) }),
  ),
  path('books/<slug:slug>/', views.BookDetail.asView(), 'book'),
  path('id/<int:pk>/', views.BookDetail.asView()),
  path('both/<int:pk>/<slug:slug>/', views.BookDetail.asView({ queryPkAndSlug: true })),
  path('either/<int:pk>/<slug:slug>/', views.BookDetail.asView()),
  path('named/<slug:name>/', DetailView(LongBook).asView({ slugUrlKwarg: 'name', contextObjectName: 'thing' })),
  path('nameless/', DetailView(LongBook).asView()),
  path('to/<slug:slug>/', views.ToBook.asView()),
  path('moved/<topic>/', RedirectView.asView({ url: '/about/<topic>/?a=1', permanent: true, queryString: true })),
  path('deep/<path:rest>', RedirectView.asView({ url: '/<rest>' })),
  path('repeat/', RedirectView.asView({ url: '/x/', preserveRequest: true })),
  path('gone/', RedirectView.asView()),
  path('unfilled/', RedirectView.asView({ url: '/x/<nothing>/' })),
  path('short/', views.short),
  path('text/', views.text),
  path('go/', views.go),
  path('pick/', views.pick),
  path('few/', views.few),
  path('safe/', requireSafe(answer)),
  path('get/', requireGet(answer)),
  path('post/', requirePost(answer)),
  path('two/', requireHttpMethods(['put', 'PATCH'])(answer)),
]
