import { fromSettings, type Settings } from '@nuages/core'
import { z } from 'zod'
import type { MailBackend } from './backends/mail-backend.ts'
import { mailAddress } from './mail-address.ts'

function isAddress(text: string): boolean {
  try {
    return mailAddress('address', text) !== undefined
  } catch {
    return false
  }
}

const address = z.string().refine(isAddress, {
  error: "is no address: it takes 'ada@example.com' or 'Ada Lovelace <ada@example.com>'",
})

function isBackend(value: unknown): boolean {
  if (typeof value === 'function') return true
  return (
    typeof value === 'object' && value !== null && 'sendMessages' in value && typeof value.sendMessages === 'function'
  )
}

function isMailUrl(text: string): boolean {
  if (/^smtps?:\/\//.test(text)) return URL.canParse(text) && new URL(text).hostname !== ''
  return /^(console:|memory:|file:.+)$/.test(text)
}

/** The section `mail` of the settings. */
export const mailSettings = z.strictObject({
  /**
   * Where messages go: `smtp://user:password@host:587`, `smtps://…` (TLS from the start), `console:`, `file:folder`, `memory:`.
   * By default memory in tests, the console while `debug` is on, else `smtp://localhost:25`.
   */
  url: z
    .string()
    .refine(isMailUrl, {
      error:
        'is no address of mail: it takes smtp://user:password@host:587, smtps://host, console:, file:folder or memory:',
    })
    .optional(),
  /** A back end of the project's own in place of `url`: an object with `sendMessages`, or a function that makes it. */
  backend: z
    .custom<MailBackend | (() => MailBackend)>(isBackend, {
      error: 'is no back end: it takes an object with sendMessages',
    })
    .optional(),
  /** Whether `smtp://` goes over to TLS: `always`, `auto` (where the server offers it) or `never`. */
  starttls: z.enum(['always', 'auto', 'never']).optional(),
  /** Paths of PEM files: authorities to trust, and a certificate of one's own with its key. */
  tls: z
    .strictObject({ ca: z.string().optional(), cert: z.string().optional(), key: z.string().optional() })
    .default({}),
  /** Who messages are from where they do not say. */
  defaultFromEmail: address.default('webmaster@localhost'),
  /** Who messages to admins and managers are from. */
  serverEmail: address.default('root@localhost'),
  /** What the subjects of messages to admins and managers start with. */
  subjectPrefix: z.string().default('[Nuages] '),
  /** Who is told about errors while `debug` is off. */
  admins: z.array(address).default([]),
  /** Who `mailManagers` writes to. */
  managers: z.array(address).default([]),
  /** How many mails about errors each process sends at most in an hour; 0 for none. */
  errorMailsPerHour: z.int().nonnegative().default(20),
  /** Seconds that a server may take to connect or to answer. */
  timeout: z.number().positive().default(30),
})

/** The section `mail` of the settings, with its defaults. */
export type MailSettings = z.output<typeof mailSettings>

/** The section of the project that is running; its defaults where the app is not installed. */
export const mailPolicy: () => MailSettings = fromSettings(
  (settings) => (settings as Settings & { readonly mail?: MailSettings }).mail ?? mailSettings.parse({}),
)
