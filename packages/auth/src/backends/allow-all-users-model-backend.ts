import { ModelBackend } from './model-backend.ts'

/**
 * `ModelBackend` for users who are not active as well: they log in, and have no permissions. The form of the log-in refuses
 * them unless its `confirmLoginAllowed` is overridden. Django's `AllowAllUsersModelBackend`.
 */
export class AllowAllUsersModelBackend extends ModelBackend {
  override readonly name: string = 'django.contrib.auth.backends.AllowAllUsersModelBackend'

  override userCanAuthenticate(): boolean {
    return true
  }
}
