import { authSettings } from '../auth-settings.ts'
import type { AuthenticationBackend } from './authentication-backend.ts'
import { ModelBackend } from './model-backend.ts'

const defaultBackends: readonly AuthenticationBackend[] = [new ModelBackend()]

/** The project's backends, in the order they are asked. Django's `AUTHENTICATION_BACKENDS`. */
export function authenticationBackends(): readonly AuthenticationBackend[] {
  return authSettings().backends ?? defaultBackends
}
