import { csrfExempt, setLanguage } from 'nuages'
import { path } from 'nuages/urls'
import { RedirectView, requireHttpMethods, requireSafe, TemplateView } from 'nuages/views'
import { archive, archiveMonth, archiveYear } from './archive.ts'
import { comment } from './commenting.ts'
import { feed } from './feed.ts'
import { setTheme } from './theme.ts'
import * as views from './views.ts'
import * as writing from './writing.ts'

export const urlpatterns = [
  path('', views.PostList.asView(), 'post-list'),
  path('latest/', requireSafe(views.latest), 'latest'),
  path('posts/<int:id>/', requireSafe(views.postById), 'post-by-id'),
  path('posts/<slug:slug>/', views.PostDetail.asView(), 'post-detail'),
  path('posts/<slug:slug>/comment/', requireHttpMethods(['POST'])(comment), 'comment'),
  path('posts/<slug:slug>/edit/', writing.writersOnly(writing.PostUpdate.asView()), 'post-update'),
  path('posts/<slug:slug>/delete/', writing.writersOnly(writing.PostDelete.asView()), 'post-delete'),
  path('write/', writing.writersOnly(writing.MyPosts.asView()), 'my-posts'),
  path('write/new/', writing.writersOnly(writing.PostCreate.asView()), 'post-create'),
  path('tags/', views.TagList.asView(), 'tag-list'),
  path('tags/<slug:slug>/', views.TagPosts.asView(), 'tag-detail'),
  path('authors/', views.AuthorList.asView(), 'author-list'),
  path('authors/<slug:slug>/', views.AuthorPosts.asView(), 'author-detail'),
  path('archive/', requireSafe(archive), 'archive'),
  path('archive/<int:year>/', requireSafe(archiveYear), 'archive-year'),
  path('archive/<int:year>/<int:month>/', requireSafe(archiveMonth), 'archive-month'),
  path('search/', views.Search.asView(), 'search'),
  path('about/', TemplateView.asView({ templateName: 'blog/about.html' }), 'about'),
  path('feed/', requireSafe(feed), 'feed'),
  path('rss/', RedirectView.asView({ patternName: 'blog:feed', permanent: true }), 'rss'),
  // These forms stand on every page. A token would make each of them unique, and caches useless; all that another site could
  // send here is the choice of colours, or of a language.
  path('theme/', csrfExempt(requireHttpMethods(['POST'])(setTheme)), 'theme'),
  path('language/', csrfExempt(requireHttpMethods(['POST'])(setLanguage)), 'set_language'),
]
