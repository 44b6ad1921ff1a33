import { path } from '@nuages/urls'
import { LoginView } from './views/login-view.ts'
import { LogoutView } from './views/logout-view.ts'
import { PasswordChangeDoneView, PasswordChangeView } from './views/password-change-view.ts'

/**
 * The pages of users: `path('accounts/', include(authUrls))`. Their names are Django's: `login`, `logout`,
 * `password_change`, `password_change_done`.
 */
export const authUrls = [
  path('login/', LoginView.asView(), 'login'),
  path('logout/', LogoutView.asView(), 'logout'),
  path('password_change/', PasswordChangeView.asView(), 'password_change'),
  path('password_change/done/', PasswordChangeDoneView.asView(), 'password_change_done'),
]
