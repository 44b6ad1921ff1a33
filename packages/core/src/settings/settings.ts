import type { Storage } from '@nuages/files'
import type { HttpRequest, UploadHandlerClass } from '@nuages/http'
import type { DatabaseRouter } from '@nuages/orm'
import type { z } from 'zod'
import type { App, ContextProcessor } from '../apps/define-app.ts'
import type { CspDirectives } from '../csp/csp.ts'
import type { CsrfError } from '../errors.ts'
import type { MaybeResponse, Middleware } from '../middleware/middleware.ts'

export interface TemplateSettings {
  /** The project's own template folders, searched before those of the apps; relative to `baseDir`. */
  readonly dirs: readonly string[]
  readonly contextProcessors: readonly ContextProcessor[]
}

/** Which other origins' pages may read answers (Fetch standard, CORS protocol). */
export interface CorsSettings {
  /** Origins, each with its scheme (`'https://app.example.com'`, `'https://*.example.com'`), or `'*'` for all. */
  readonly origins: readonly string[]
  readonly methods: readonly string[]
  /** Request headers that may be sent beside those that always may. */
  readonly headers: readonly string[]
  /** Response headers that scripts may read beside those that they always may. */
  readonly exposeHeaders: readonly string[]
  /** Whether cookies go along. It cannot be combined with `'*'`. */
  readonly credentials: boolean
  /** Seconds that a browser keeps the answer to a preflight. */
  readonly maxAge: number
}

export interface LoggingSettings {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  /** Lines for people instead of JSON; by default while `debug` is on and the output is a terminal. */
  readonly pretty: boolean | undefined
  /** Writes each statement to the log, without its parameters. */
  readonly queries: boolean
}

/** Every setting of the framework, with its default filled in. `docs/settings.md` tells each one's default. */
export interface Settings {
  /** The project's folder; every relative path in the settings starts here. */
  readonly baseDir: string
  /** Shows errors with their source to whoever asks. Never on in production. */
  readonly debug: boolean
  /** Signs what the site hands out and takes back. Required when `debug` is off. */
  readonly secretKey: string
  /** Former keys, still accepted when something signed is read. */
  readonly secretKeyFallbacks: readonly string[]
  /** The host names the site answers to: exact, `'.example.com'` with its subdomains, or `'*'`. */
  readonly allowedHosts: readonly string[]
  readonly installedApps: readonly App[]
  /** From the outside in. Left out, `defaultMiddleware`: security, common, CSRF, conditional GET. */
  readonly middleware: readonly Middleware[]
  /** The module with `urlpatterns` and `handler404` and its kin, as a thunk. Django's `ROOT_URLCONF`. */
  readonly urlconf: (() => Promise<object>) | undefined
  /** Database URLs by alias; SQLite paths are relative to `baseDir`. */
  readonly databases: Readonly<Record<string, string>>
  /** Say which database a query goes to; the first that has an answer is followed. Django's `DATABASE_ROUTERS`. */
  readonly databaseRouters: readonly DatabaseRouter[]
  /** The label of the model of users, where the project has its own. Django's `AUTH_USER_MODEL`. */
  readonly authUserModel: string
  /** Cache URLs by alias: `'memory:'`, `'redis://127.0.0.1:6379/0'`. Django's `CACHES`. */
  readonly caches: Readonly<Record<string, string>>
  readonly templates: TemplateSettings
  /** Where static files are served from: a path with slashes around it, or a whole URL that ends with one. */
  readonly staticUrl: string
  /** The project's own folders of static files. */
  readonly staticDirs: readonly string[]
  /** Where the static files of all apps are collected for production. */
  readonly staticRoot: string | undefined
  /** The project's own folders of fixtures, beside `fixtures/` of each app. */
  readonly fixtureDirs: readonly string[]
  /** Where uploaded files are served from: a path with slashes around it, or a whole URL that ends with one. */
  readonly mediaUrl: string
  /** Where uploaded files are kept. */
  readonly mediaRoot: string
  /** Where files are kept, by alias; without a `default`, in `mediaRoot`. Django's `STORAGES`. */
  readonly storages: Readonly<Record<string, Storage>>
  /** The IANA name of the zone that dates are shown in. */
  readonly timeZone: string
  /** A BCP 47 tag: the language of who asks for none, or for none of `languages`. */
  readonly languageCode: string
  /** The languages a visitor may choose from, by tag, each with its own name for itself: `{ en: 'English', ko: '한국어' }`. */
  readonly languages: Readonly<Record<string, string>>
  /** The project's own folders of catalogues, searched before `locale/` of each app. */
  readonly localeDirs: readonly string[]
  readonly languageCookieName: string
  /** Seconds; `null` lets the cookie go when the browser closes. */
  readonly languageCookieAge: number | null
  readonly languageCookieDomain: string | undefined
  readonly languageCookiePath: string
  readonly languageCookieSecure: boolean | undefined
  readonly languageCookieHttpOnly: boolean
  readonly languageCookieSameSite: 'lax' | 'strict' | 'none' | false
  /** Sends `/about` on to `/about/` where only the latter matches a URL pattern. */
  readonly appendSlash: boolean
  /** Sends `example.com` on to `www.example.com`. */
  readonly prependWww: boolean
  /** The most bytes of a request body that are read into memory, files excepted. Django's `DATA_UPLOAD_MAX_MEMORY_SIZE`. */
  readonly maxBodySize: number
  /** The most fields of a query or form. Django's `DATA_UPLOAD_MAX_NUMBER_FIELDS`. */
  readonly maxFields: number
  /** The most files of a form. Django's `DATA_UPLOAD_MAX_NUMBER_FILES`. */
  readonly maxFiles: number
  /** The most bytes of one uploaded file. */
  readonly maxFileSize: number
  /** The most bytes of all files of a form together. */
  readonly maxUploadSize: number
  /** The most bytes of an uploaded file that are kept in memory; what is larger goes to a temporary file. Django's `FILE_UPLOAD_MAX_MEMORY_SIZE`. */
  readonly maxMemoryFileSize: number
  /** Where temporary files of uploads are; by default the system's folder. */
  readonly uploadTempDir: string | undefined
  /** What becomes of the files of forms, one class after the other; left out, memory and then disk. Django's `FILE_UPLOAD_HANDLERS`. */
  readonly uploadHandlers: readonly UploadHandlerClass[] | undefined
  /** How deep arrays and objects of a JSON body may be nested. */
  readonly maxNesting: number
  readonly logging: LoggingSettings
  /** Whose `X-Forwarded-*` and `Forwarded` headers are believed: addresses, networks (`'10.0.0.0/8'`), `'loopback'`, `'unix'`. */
  readonly trustedProxies: readonly string[]
  /** The header that names a request in the log and the answer; `false` sends none. */
  readonly requestIdHeader: string | false
  /** Compresses answers for clients that take it. */
  readonly compression: boolean
  /** Other origins that may read answers; left out, none. */
  readonly cors: CorsSettings | undefined
  /** Content-Security-Policy, `strictCsp` if left out; `false` sends none. Django's `SECURE_CSP`. */
  readonly secureCsp: CspDirectives | false
  /** Content-Security-Policy-Report-Only. Django's `SECURE_CSP_REPORT_ONLY`. */
  readonly secureCspReportOnly: CspDirectives | false
  /** Believe `X-Forwarded-Host`: only behind a proxy that sets it. */
  readonly useXForwardedHost: boolean
  /** The header, and its value, by which a proxy says that the client came over HTTPS. */
  readonly secureProxySslHeader: readonly [header: string, value: string] | undefined
  /** Sends every plain HTTP request on to HTTPS. */
  readonly secureSslRedirect: boolean
  /** The host to send them to; by default the one that was asked for. */
  readonly secureSslHost: string | undefined
  /** Paths, without their first slash, that stay reachable over HTTP. */
  readonly secureRedirectExempt: readonly RegExp[]
  /** `max-age` of Strict-Transport-Security; 0 sends no such header. */
  readonly secureHstsSeconds: number
  readonly secureHstsIncludeSubdomains: boolean
  readonly secureHstsPreload: boolean
  readonly secureContentTypeNosniff: boolean
  /** Referrer-Policy; `false` sends none. */
  readonly secureReferrerPolicy: string | readonly string[] | false
  /** Cross-Origin-Opener-Policy; `false` sends none. */
  readonly secureCrossOriginOpenerPolicy: 'same-origin' | 'same-origin-allow-popups' | 'unsafe-none' | false
  /** X-Frame-Options; `false` sends none. */
  readonly xFrameOptions: 'DENY' | 'SAMEORIGIN' | false
  /** Other origins whose pages may change things here: `'https://example.com'`, `'https://*.example.com'`. */
  readonly csrfTrustedOrigins: readonly string[]
  /** Keeps the token in the session in place of a cookie. Django's `CSRF_USE_SESSIONS`. */
  readonly csrfUseSessions: boolean
  readonly csrfCookieName: string
  /** Seconds; `null` lets the cookie go when the browser closes. */
  readonly csrfCookieAge: number | null
  /** The domain whose subdomains share the cookie; left out, the host alone. */
  readonly csrfCookieDomain: string | undefined
  readonly csrfCookiePath: string
  /** Whether browsers send the cookie over HTTPS only; left out, where it was set over HTTPS. */
  readonly csrfCookieSecure: boolean | undefined
  /** Hides the cookie from scripts, which then take the token from the page. */
  readonly csrfCookieHttpOnly: boolean
  readonly csrfCookieSameSite: 'lax' | 'strict' | 'none' | false
  /** The header in which scripts send the token. */
  readonly csrfHeaderName: string
  /** Answers requests that are not let through, in place of the framework's page. */
  readonly csrfFailureView: ((request: HttpRequest, error: CsrfError) => MaybeResponse) | undefined
}

type Optional<T> = { readonly [Key in keyof T]?: T[Key] | undefined }

/** What a settings file states: `baseDir`, and whatever differs from the defaults. */
export type SettingsInput = Optional<Omit<Settings, 'baseDir' | 'templates' | 'logging' | 'cors' | 'installedApps'>> & {
  readonly baseDir: string
  readonly templates?: Optional<TemplateSettings> | undefined
  readonly logging?: Optional<LoggingSettings> | undefined
  readonly cors?: Optional<CorsSettings> | undefined
}

/** The sections of apps that declare settings of their own, as a settings file states them. */
export type AppSectionsInput<Apps extends readonly App[]> = {
  readonly [A in Apps[number] as A['settings'] extends z.ZodObject | undefined ? A['name'] : never]?: A extends App<
    string,
    infer Schema
  >
    ? z.input<Schema>
    : never
}

/** The same sections, validated and with their defaults. */
export type AppSections<Apps extends readonly App[]> = {
  readonly [A in Apps[number] as A extends App<string, z.ZodObject> ? A['name'] : never]: A extends App<
    string,
    infer Schema
  >
    ? z.output<Schema>
    : never
}
