import { fromSettings, type Settings } from '@nuages/core'
import { z } from 'zod'
import type { AuthenticationBackend } from './backends/authentication-backend.ts'
import type { PasswordHasher } from './hashing/password-hasher.ts'
import type { PasswordValidator } from './password-validation/password-validator.ts'

const having = <T>(...methods: readonly string[]) =>
  z.custom<T>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      methods.every((method) => typeof (value as Record<string, unknown>)[method] === 'function'),
  )

/** The section `auth` of the settings. */
export const authSettingsSchema = z.strictObject({
  /** Where who is not logged in is sent: a path, or the name of a URL pattern. Django's `LOGIN_URL`. */
  loginUrl: z.string().min(1).default('/accounts/login/'),
  /** Where a log-in leads that came from nowhere. Django's `LOGIN_REDIRECT_URL`. */
  loginRedirectUrl: z.string().min(1).default('/'),
  /** Where a log-out leads; by default to a page that says so. Django's `LOGOUT_REDIRECT_URL`. */
  logoutRedirectUrl: z.string().min(1).optional(),
  /** Who tells users and what they may do, in the order they are asked: `[new ModelBackend()]` unless told otherwise. */
  backends: z.array(having<AuthenticationBackend>('authenticate', 'getUser')).min(1).optional(),
  /** The first one hashes new passwords, the others check those that are there: argon2 and PBKDF2 unless told otherwise. */
  passwordHashers: z.array(having<PasswordHasher>('encode', 'verify')).min(1).optional(),
  /** What new passwords must be; all rules of this package unless told otherwise. */
  passwordValidators: z.array(having<PasswordValidator>('validate', 'getHelpText')).optional(),
})

/** The section as it is in force. */
export type AuthSettings = z.output<typeof authSettingsSchema>

/** The section of the running project; its defaults where the app is not installed. */
export const authSettings: () => AuthSettings = fromSettings(
  (settings) => (settings as Settings & { readonly auth?: AuthSettings }).auth ?? authSettingsSchema.parse({}),
)
