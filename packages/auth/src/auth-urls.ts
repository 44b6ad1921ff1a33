import { path } from '@nuages/urls'
import { EmailChangeCompleteView, EmailChangeConfirmView } from './email-change/email-change-confirm-view.ts'
import { EmailChangeDoneView, EmailChangeView } from './email-change/email-change-view.ts'
import { PasswordResetCompleteView, PasswordResetConfirmView } from './password-reset/password-reset-confirm-view.ts'
import { PasswordResetDoneView, PasswordResetView } from './password-reset/password-reset-view.ts'
import { SignUpResendView } from './signup/sign-up-resend-view.ts'
import { SignUpVerifyView } from './signup/sign-up-verify-view.ts'
import { SignUpDoneView, SignUpView } from './signup/sign-up-view.ts'
import { LoginView } from './views/login-view.ts'
import { LogoutView } from './views/logout-view.ts'
import { PasswordChangeDoneView, PasswordChangeView } from './views/password-change-view.ts'

/**
 * The pages of users: `path('accounts/', include(authUrls))`. Their names are Django's: `login`, `logout`,
 * `password_change`, `password_change_done`, `password_reset`, `password_reset_done`, `password_reset_confirm`,
 * `password_reset_complete`; and beside those `email_change`, `email_change_done`,
 * `email_change_confirm`, `email_change_complete`; `signup`, `signup_done`, `signup_resend` and `signup_verify`, which are not there
 * unless `auth.signup.open` is set.
 */
export const authUrls = [
  path('login/', LoginView.asView(), 'login'),
  path('logout/', LogoutView.asView(), 'logout'),
  path('password_change/', PasswordChangeView.asView(), 'password_change'),
  path('password_change/done/', PasswordChangeDoneView.asView(), 'password_change_done'),
  path('password_reset/', PasswordResetView.asView(), 'password_reset'),
  path('password_reset/done/', PasswordResetDoneView.asView(), 'password_reset_done'),
  path('reset/<str:uidb64>/<str:token>/', PasswordResetConfirmView.asView(), 'password_reset_confirm'),
  path('reset/done/', PasswordResetCompleteView.asView(), 'password_reset_complete'),
  path('email_change/', EmailChangeView.asView(), 'email_change'),
  path('email_change/done/', EmailChangeDoneView.asView(), 'email_change_done'),
  path(
    'email_change/confirm/<str:uidb64>/<str:addressb64>/<str:token>/',
    EmailChangeConfirmView.asView(),
    'email_change_confirm',
  ),
  path('email_change/complete/', EmailChangeCompleteView.asView(), 'email_change_complete'),
  path('signup/', SignUpView.asView(), 'signup'),
  path('signup/done/', SignUpDoneView.asView(), 'signup_done'),
  path('signup/resend/', SignUpResendView.asView(), 'signup_resend'),
  path('signup/verify/<str:uidb64>/<str:token>/', SignUpVerifyView.asView(), 'signup_verify'),
]
