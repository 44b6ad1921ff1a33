import { Http404 } from '@nuages/http'
import { path } from '@nuages/urls'
import { autocompleteView } from '../autocomplete/autocomplete-view.ts'
import { listView } from '../change-list/list-view.ts'
import { deleteView } from '../delete/delete-view.ts'
import { addView, changeView } from '../form/edit-view.ts'
import { historyView } from '../history/history-view.ts'
import { loginView } from '../login/login-view.ts'
import { logoutView } from '../login/logout-view.ts'
import { passwordChangeDoneView, passwordChangeView } from '../login/password-change-view.ts'
import { openView, staffView } from './admin-view.ts'
import { appIndexView, indexView } from './index-view.ts'
import { modelView } from './model-view.ts'
import { objectPageView } from './object-page-view.ts'
import type { SiteRegistry } from './site-registry.ts'
import { themeView } from './theme-view.ts'

/** The pages of a site. Which models it has is found out with each request, so that they may be registered later. */
export function siteUrls(site: SiteRegistry) {
  return [
    path('', staffView(site, indexView), 'index'),
    path('login/', openView(site, loginView), 'login'),
    path('logout/', openView(site, logoutView), 'logout'),
    path('password-change/', staffView(site, passwordChangeView), 'password-change'),
    path('password-change/done/', staffView(site, passwordChangeDoneView), 'password-change-done'),
    path('theme/', openView(site, themeView), 'theme'),
    path('autocomplete/', (request) => autocompleteView({ site, request }), 'autocomplete'),
    path('<str:app>/', staffView(site, appIndexView), 'app-list'),
    path('<str:app>/<str:model>/', staffView(site, modelView(listView)), 'changelist'),
    path('<str:app>/<str:model>/add/', staffView(site, modelView(addView)), 'add'),
    path('<str:app>/<str:model>/<str:key>/change/', staffView(site, modelView(changeView)), 'change'),
    path('<str:app>/<str:model>/<str:key>/delete/', staffView(site, modelView(deleteView)), 'delete'),
    path('<str:app>/<str:model>/<str:key>/history/', staffView(site, modelView(historyView)), 'history'),
    path('<str:app>/<str:model>/<str:key>/<str:page>/', staffView(site, modelView(objectPageView)), 'object-page'),
    path('<path:rest>', staffView(site, nowhere)),
  ] as const
}

/** What is no page: those who may not use the site are sent to sign in, and learn nothing of what there is. */
function nowhere(): never {
  throw new Http404('There is no such page.')
}
