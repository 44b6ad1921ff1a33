import type { Storage } from '@nuages/files'
import { defaultRequestPolicy, isProxyName } from '@nuages/http'
import type { DatabaseRouter } from '@nuages/orm'
import { z } from 'zod'
import { type App, isApp } from '../apps/define-app.ts'
import type { CspDirectives } from '../csp/csp.ts'
import { strictCsp } from '../csp/strict-csp.ts'
import type { Settings } from './settings.ts'

/** `schema`, with what it takes in words for the error of a wrong value. */
function takes<Schema extends z.ZodType>(words: string, schema: Schema): Schema {
  return schema.describe(words)
}

const fn = z.custom<(...args: never) => unknown>((value) => typeof value === 'function')
const text = z.string().min(1)
const texts = z.array(text)
const positive = (words: string, defaultValue: number) => takes(words, z.int().positive().default(defaultValue))
const truth = (defaultValue: boolean) => takes('true or false', z.boolean().default(defaultValue))

const routerMethods = ['dbForRead', 'dbForWrite', 'allowRelation', 'allowMigrate'] as const

function isRouter(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const own = value as Readonly<Record<string, unknown>>
  return routerMethods.some((name) => typeof own[name] === 'function')
}

function isStorage(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const own = value as Readonly<Record<string, unknown>>
  return ['save', 'open', 'delete', 'exists', 'size', 'url'].every((name) => typeof own[name] === 'function')
}

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}

/** A path with slashes around it or a URL that ends with one, so that names may be appended to it. */
const baseUrl = (defaultValue: string) =>
  takes(
    "a path with slashes around it ('/static/') or a URL that ends with one ('https://cdn.example.com/')",
    z
      .string()
      .regex(/^(\/|\/(?!\/).*\/|https?:\/\/.+\/)$/)
      .default(defaultValue),
  )

const templates = z.strictObject({
  dirs: takes('an array of folders', texts.default([])),
  contextProcessors: takes('an array of functions (request) => context', z.array(fn).default([])),
})

const cors = z.strictObject({
  origins: takes("an array of origins, each with its scheme ('https://app.example.com'), or ['*']", texts.default([])),
  methods: takes('an array of methods', texts.default(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])),
  headers: takes('an array of header names', texts.default(['content-type', 'authorization', 'x-csrftoken'])),
  exposeHeaders: takes('an array of header names', texts.default([])),
  credentials: takes('true or false', z.boolean().default(false)),
  maxAge: takes('a whole number of seconds', z.int().nonnegative().default(86_400)),
})

const directives = (defaultValue: CspDirectives | false) =>
  takes(
    'an object of directives and their sources ({ "img-src": ["\'self\'"] }), or false',
    z
      .union([z.record(z.string(), z.union([z.string(), texts, z.boolean()])), z.literal(false)])
      .default(defaultValue as Record<string, string[]> | false),
  )

const sameSite = takes(
  "'lax', 'strict', 'none' or false",
  z.union([z.enum(['lax', 'strict', 'none']), z.literal(false)]).default('lax'),
)

const cookieName = (defaultValue: string) =>
  takes(
    'the name of a cookie (letters, digits, _ and -)',
    z
      .string()
      .regex(/^[\w-]+$/)
      .default(defaultValue),
  )

const logging = z.strictObject({
  level: takes(
    'one of trace, debug, info, warn, error, fatal, silent',
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  ),
  pretty: takes('true or false', z.boolean().optional()),
  queries: takes('true or false', z.boolean().default(false)),
})

/** One schema a setting. `Record<keyof Settings, …>` below keeps it equal to the interface. */
export const settingsShape = {
  baseDir: takes(
    "the project's folder as an absolute path (import.meta.dirname)",
    z.string().regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/),
  ),
  debug: truth(false),
  secretKey: takes('a long random text', z.string().default('')),
  secretKeyFallbacks: takes('an array of texts', texts.default([])),
  allowedHosts: takes("an array of host names ('example.com', '.example.com', '*')", texts.default([])),
  installedApps: takes('an array of apps, each made by defineApp', z.array(z.custom<App>(isApp)).default([])),
  middleware: takes('an array of functions (request, next) => response', z.array(fn).optional()),
  urlconf: takes("a function that imports the module of urlpatterns: () => import('./urls.ts')", fn.optional()),
  databases: takes(
    "an object of database URLs by alias ({ default: 'sqlite:db.sqlite3' }, { default: 'postgres://user:password@host/name' })",
    z
      .record(
        z.string(),
        z.string().regex(/^[a-z][a-z0-9+]*:.+/, { error: "is no database URL, such as 'sqlite:db.sqlite3'" }),
      )
      .default({}),
  ),
  databaseRouters: takes(
    'an array of database routers, objects with dbForRead, dbForWrite, allowRelation or allowMigrate',
    z.array(z.custom<DatabaseRouter>(isRouter)).default([]),
  ),
  authUserModel: takes(
    "the label of a model, its app and its name ('accounts.User')",
    z
      .string()
      .regex(/^[a-z][a-z0-9_]*\.[A-Za-z_]\w*$/)
      .default('auth.User'),
  ),
  caches: takes(
    "an object of cache URLs by alias ({ default: 'memory:' }, { default: 'redis://127.0.0.1:6379/0' })",
    z.record(z.string(), z.string().regex(/^[a-z][a-z0-9+]*:/)).default({ default: 'memory:' }),
  ),
  templates: takes('an object { dirs, contextProcessors }', templates.prefault({})),
  staticUrl: baseUrl('/static/'),
  staticDirs: takes('an array of folders', texts.default([])),
  staticRoot: takes('a folder', text.optional()),
  fixtureDirs: takes('an array of folders', texts.default([])),
  mediaUrl: baseUrl('/media/'),
  mediaRoot: takes('a folder', text.default('media')),
  storages: takes(
    "an object of storages by alias ({ default: new S3Storage({ bucket: 'mysite' }) })",
    z.record(z.string().min(1), z.custom<Storage>(isStorage)).default({}),
  ),
  timeZone: takes(
    "the IANA name of a time zone ('Europe/Zurich', 'UTC')",
    z.string().refine(isTimeZone).default('UTC'),
  ),
  languageCode: takes("a language tag ('en', 'de-CH')", z.string().refine(isLanguageTag).default('en')),
  languages: takes(
    "an object of languages, by tag, and their names ({ en: 'English', ko: '한국어' })",
    z.record(z.string().refine(isLanguageTag), text).default({}),
  ),
  localeDirs: takes('an array of folders', texts.default([])),
  languageCookieName: cookieName('nuages_language'),
  languageCookieAge: takes('a number of seconds above 0, or null', z.int().positive().nullable().default(null)),
  languageCookieDomain: takes("a domain ('example.com')", text.optional()),
  languageCookiePath: takes("a path that starts with '/'", z.string().startsWith('/').default('/')),
  languageCookieSecure: takes('true or false', z.boolean().optional()),
  languageCookieHttpOnly: truth(false),
  languageCookieSameSite: sameSite,
  appendSlash: truth(true),
  prependWww: truth(false),
  maxBodySize: positive('a number of bytes, above 0', defaultRequestPolicy.maxBodySize),
  maxFields: positive('a whole number above 0', defaultRequestPolicy.maxFields),
  maxFiles: positive('a whole number above 0', defaultRequestPolicy.maxFiles),
  maxFileSize: positive('a number of bytes, above 0', defaultRequestPolicy.maxFileSize),
  maxUploadSize: positive('a number of bytes, above 0', defaultRequestPolicy.maxUploadSize),
  maxMemoryFileSize: positive('a number of bytes, above 0', 2_621_440),
  uploadTempDir: takes('a folder', text.optional()),
  uploadHandlers: takes('an array of classes that extend FileUploadHandler', z.array(fn).optional()),
  maxNesting: positive('a whole number above 0', 100),
  logging: takes('an object { level, pretty, queries }', logging.prefault({})),
  trustedProxies: takes(
    "an array of addresses and networks ('127.0.0.1', '10.0.0.0/8'), 'loopback' or 'unix'",
    z.array(z.string().refine(isProxyName)).default([]),
  ),
  requestIdHeader: takes(
    'the name of a header, or false',
    z.union([z.string().regex(/^[A-Za-z0-9-]+$/), z.literal(false)]).default('X-Request-ID'),
  ),
  compression: truth(true),
  cors: takes('an object { origins, methods, headers, exposeHeaders, credentials, maxAge }', cors.optional()),
  secureCsp: directives(strictCsp),
  secureCspReportOnly: directives(false),
  useXForwardedHost: truth(false),
  secureProxySslHeader: takes(
    "a header and its value (['x-forwarded-proto', 'https'])",
    z.tuple([text, text]).optional(),
  ),
  secureSslRedirect: truth(false),
  secureSslHost: takes('a host name', text.optional()),
  secureRedirectExempt: takes('an array of regular expressions', z.array(z.instanceof(RegExp)).default([])),
  secureHstsSeconds: takes('a whole number of seconds', z.int().nonnegative().default(0)),
  secureHstsIncludeSubdomains: truth(false),
  secureHstsPreload: truth(false),
  secureContentTypeNosniff: truth(true),
  secureReferrerPolicy: takes(
    'a policy, an array of policies, or false',
    z.union([text, texts.nonempty(), z.literal(false)]).default('same-origin'),
  ),
  secureCrossOriginOpenerPolicy: takes(
    "'same-origin', 'same-origin-allow-popups', 'unsafe-none' or false",
    z
      .union([z.enum(['same-origin', 'same-origin-allow-popups', 'unsafe-none']), z.literal(false)])
      .default('same-origin'),
  ),
  xFrameOptions: takes(
    "'DENY', 'SAMEORIGIN' or false",
    z.union([z.enum(['DENY', 'SAMEORIGIN']), z.literal(false)]).default('DENY'),
  ),
  csrfTrustedOrigins: takes(
    "an array of origins, each with its scheme and without a path ('https://example.com', 'https://*.example.com')",
    z.array(z.string().regex(/^https?:\/\/(\*\.)?([a-z0-9.-]+|\[[a-f0-9:.]+\])(:\d{1,5})?$/i)).default([]),
  ),
  csrfUseSessions: truth(false),
  csrfCookieName: cookieName('csrftoken'),
  csrfCookieAge: takes('a number of seconds above 0, or null', z.int().positive().nullable().default(31_449_600)),
  csrfCookieDomain: takes("a domain ('example.com')", text.optional()),
  csrfCookiePath: takes("a path that starts with '/'", z.string().startsWith('/').default('/')),
  csrfCookieSecure: takes('true or false', z.boolean().optional()),
  csrfCookieHttpOnly: truth(false),
  csrfCookieSameSite: sameSite,
  csrfHeaderName: takes(
    'the name of a header (letters, digits and -)',
    z
      .string()
      .regex(/^[A-Za-z0-9-]+$/)
      .default('X-CSRFToken'),
  ),
  csrfFailureView: takes('a function (request, error) => response', fn.optional()),
} satisfies Record<keyof Settings, z.ZodType>

/** What a setting takes, in words, by its dotted name: `'templates.dirs'`. */
export const settingWords: ReadonlyMap<string, string> = new Map([
  ...words('', settingsShape),
  ...words('templates.', templates.shape),
  ...words('logging.', logging.shape),
  ...words('cors.', cors.shape),
])

function words(prefix: string, shape: Readonly<Record<string, z.ZodType>>): [string, string][] {
  return Object.entries(shape).map(([key, schema]) => [prefix + key, schema.description ?? ''])
}
