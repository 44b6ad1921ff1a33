import { csrfExempt } from '@nuages/core'
import { include, path } from '@nuages/urls'
import {
  authUrls,
  loginRequired,
  PasswordResetConfirmView,
  permissionRequired,
  userPassesTest,
} from '../../src/index.ts'
import * as views from './views.ts'

export const secret = loginRequired(views.Secret.asView())
export const exempt = loginRequired(csrfExempt(views.untouched))

export const urlpatterns = [
  path('', views.whoami, 'home'),
  path('untouched/', views.untouched),
  path('page/', views.page),
  path('quiet-page/', views.quietPage),
  path('remember/', views.remember),
  path('recall/', views.recall),
  path('by-hand/', views.byHand),
  path('secret/<int:id>/', secret, 'secret'),
  path('exempt/', exempt),
  path('elsewhere/', loginRequired(views.untouched, { loginUrl: 'https://id.example.org/sign-in?a=1#top' })),
  path('by-name/', loginRequired(views.untouched, { loginUrl: 'home', redirectFieldName: 'then' })),
  path('without-next/', loginRequired(views.untouched, { redirectFieldName: null })),
  path('add/', permissionRequired('notes.add_note')(views.untouched)),
  path('both/', permissionRequired(['notes.add_note', 'notes.change_note'])(views.untouched)),
  path('staff/', userPassesTest((user) => user.isStaff)(views.untouched)),
  path('slow-test/', userPassesTest(async (user) => (await user.groups.count()) > 0)(views.untouched)),
  path('accounts/', include(authUrls)),
  path('log-in-by-link/<str:uidb64>/<str:token>/', PasswordResetConfirmView.asView({ postResetLogin: true })),
  path('again/', include(authUrls, { namespace: 'again' })),
]
