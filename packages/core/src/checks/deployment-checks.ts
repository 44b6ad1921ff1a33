import type { CheckMessage } from '@nuages/foundation'
import { commonMiddleware } from '../middleware/common-middleware.ts'
import { csrfMiddleware } from '../middleware/csrf-middleware.ts'
import { securityMiddleware } from '../middleware/security-middleware.ts'
import { secretKeyWeakness } from '../settings/secret-key.ts'
import type { Settings } from '../settings/settings.ts'

interface Rule {
  /** The number of Django's check of the same thing. */
  readonly id: string
  readonly message: string
  readonly hint: string
  applies(settings: Settings): boolean
}

const rules: readonly Rule[] = [
  {
    id: 'security.W018',
    message: 'debug is on.',
    hint: 'Turn it off: whoever sees an error would see the source and the settings.',
    applies: (settings) => settings.debug,
  },
  {
    id: 'security.W009',
    message: 'secretKey is too weak for production.',
    hint: "Use at least 32 random characters, such as the output of 'openssl rand -base64 48'.",
    applies: (settings) => secretKeyWeakness(settings.secretKey) !== undefined,
  },
  {
    id: 'security.W020',
    message: 'allowedHosts is empty: with debug off, every request is refused.',
    hint: 'Name the hosts the site is reached by.',
    applies: (settings) => settings.allowedHosts.length === 0,
  },
  {
    id: 'security.W021',
    message: "allowedHosts holds '*': links that are built from the Host header may lead anywhere.",
    hint: 'Name the hosts the site is reached by.',
    applies: (settings) => settings.allowedHosts.includes('*'),
  },
  {
    id: 'security.W001',
    message: 'securityMiddleware is not in middleware: no security headers are sent.',
    hint: 'Put it first, or start from defaultMiddleware.',
    applies: (settings) => !settings.middleware.includes(securityMiddleware),
  },
  {
    id: 'security.W002',
    message: 'commonMiddleware is not in middleware: the Host header is not validated for every request.',
    hint: 'Add it after securityMiddleware, or start from defaultMiddleware.',
    applies: (settings) => !settings.middleware.includes(commonMiddleware),
  },
  {
    id: 'security.W003',
    message: 'csrfMiddleware is not in middleware: another site can send forms in the name of your visitors.',
    hint: 'Add it after commonMiddleware, or start from defaultMiddleware.',
    applies: (settings) => !settings.middleware.includes(csrfMiddleware),
  },
  {
    id: 'security.W016',
    message: 'csrfCookieSecure is off: browsers send the cookie over plain HTTP as well.',
    hint: 'Leave it out: a cookie that is set over HTTPS is then sent over HTTPS only. Or set it to true.',
    applies: (settings) => settings.csrfCookieSecure === false,
  },
  {
    id: 'security.W006',
    message: 'secureContentTypeNosniff is off: browsers may run an upload as something else than it says it is.',
    hint: 'Set it to true.',
    applies: (settings) => !settings.secureContentTypeNosniff,
  },
  {
    id: 'security.W019',
    message: 'xFrameOptions is not DENY: other pages of this origin, or any page, may put the site in a frame.',
    hint: "Set it to 'DENY' unless the site frames itself.",
    applies: (settings) => settings.xFrameOptions !== 'DENY',
  },
  {
    id: 'security.W008',
    message: 'secureSslRedirect is off: the site answers over plain HTTP.',
    hint: 'Set it to true, unless a proxy in front redirects already.',
    applies: (settings) => !settings.secureSslRedirect,
  },
  {
    id: 'security.W004',
    message: 'secureHstsSeconds is 0: browsers do not remember to use HTTPS.',
    hint: 'Start with 3600, and raise it once everything is reachable over HTTPS.',
    applies: (settings) => settings.secureHstsSeconds === 0,
  },
]

/** What a site in production should have set otherwise. Django's `check --deploy`. */
export function checkDeployment(settings: Settings): CheckMessage[] {
  return rules
    .filter((rule) => rule.applies(settings))
    .map(({ id, message, hint }) => ({ level: 'warning', id, message, hint }))
}
