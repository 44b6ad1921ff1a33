import { fromSettings, type Settings } from '@nuages/core'
import { isRate } from '@nuages/ratelimit'
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

const rate = z
  .string()
  .refine(isRate, { error: "is no rate: write how many in which time, '10/10m' (s, m, h, d)" })
  .or(z.literal(false))

function isOrigin(text: string): boolean {
  return /^https?:\/\/[^/?#@\s]+\/?$/i.test(text) && URL.canParse(text)
}

/** How often a password may be guessed, each rate or `false` for as often as one likes. */
const throttleSchema = z.strictObject({
  /** Wrong passwords of one client for one account. */
  accountAndClient: rate.default('10/10m'),
  /** Of one client, for whatever accounts. */
  client: rate.default('100/10m'),
  /** For one account, of all clients together but those that its user logged in from. ASVS 2.2.1 names this rate. */
  account: rate.default('100/h'),
  /** Of who is logged in, on the pages that ask for their own once more, all pages together. */
  ownPassword: rate.default('10/10m'),
})

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
  /** The first one hashes new passwords, the others check those that are there: argon2, and Django's others, unless told otherwise. */
  passwordHashers: z.array(having<PasswordHasher>('encode', 'verify')).min(1).optional(),
  /** How often passwords may be guessed; `false` lets everybody guess as often as they like. */
  throttle: throttleSchema.or(z.literal(false)).prefault({}),
  /** What new passwords must be; all rules of this package unless told otherwise. */
  passwordValidators: z.array(having<PasswordValidator>('validate', 'getHelpText')).optional(),
  /** Seconds that links in mails are good for: three days. Django's `PASSWORD_RESET_TIMEOUT`. */
  passwordResetTimeout: z.int().positive().default(259_200),
  /** Whether visitors may make themselves accounts, and whether their address is confirmed by a mail before they are in. */
  signup: z.strictObject({ open: z.boolean().default(false), verifyEmail: z.boolean().default(true) }).prefault({}),
  /**
   * The origin that links in mails lead to, such as `'https://example.com'`. Left out, the host that was asked for, which
   * `allowedHosts` then has to name: behind `'*'` it could be anybody's.
   */
  siteUrl: z.string().refine(isOrigin, { error: "is no origin, such as 'https://example.com'" }).optional(),
})

/** The section as it is in force. */
export type AuthSettings = z.output<typeof authSettingsSchema>

/** The section of the running project; its defaults where the app is not installed. */
export const authSettings: () => AuthSettings = fromSettings(
  (settings) => (settings as Settings & { readonly auth?: AuthSettings }).auth ?? authSettingsSchema.parse({}),
)
