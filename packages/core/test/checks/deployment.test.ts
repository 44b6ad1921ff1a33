import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import {
  CSP,
  commonMiddleware,
  csrfMiddleware,
  defaultMiddleware,
  defineApp,
  type Middleware,
  resetSetup,
  runChecks,
  type SettingsInput,
  setup,
  strictCsp,
} from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

afterEach(resetSetup)

/** Settings that nothing is wrong with. */
const careful: Partial<SettingsInput> = {
  secureSslRedirect: true,
  secureHstsSeconds: 31_536_000,
  secureHstsIncludeSubdomains: true,
  trustedProxies: ['unix'],
  logging: { level: 'error' },
}

async function findings(changes: Partial<SettingsInput>, options: Parameters<typeof runChecks>[0]): Promise<string[]> {
  await resetSetup()
  await setup(projectSettings(changes))
  return (await runChecks(options)).map(({ id, message }) => `${id} ${message}`)
}

const deploy = (changes: Partial<SettingsInput>) =>
  findings({ ...careful, ...changes }, { deploy: true, tags: ['security'] })

const without = (name: string): readonly Middleware[] =>
  defaultMiddleware.filter((middleware) => middleware.name !== name)

test('careful settings are clean', async () => {
  expect(await deploy({})).toEqual([])
})

const csp = (changes: object) => ({ secureCsp: { ...strictCsp, ...changes } })

describe('what is off or loosened is named', () => {
  test.for<[string, string, Partial<SettingsInput>]>([
    ['security.W018', 'debug is on', { debug: true }],
    ['security.W009', 'secretKey is too weak', { debug: true, secretKey: 'short' }],
    ['security.W009', 'secretKey is one of the documentation', { secretKey: 'x3Hq0vV1m5Zb8Wc2Tn6Yk9Ld4Rf7Gs0Ja' }],
    [
      'security.W009',
      "secretKey begins with 'django-insecure-'",
      { secretKey: 'django-insecure-0123456789-abcdefghijklmno' },
    ],
    [
      'security.W025',
      "secretKeyFallbacks[0] begins with 'django-insecure-'",
      { secretKeyFallbacks: ['django-insecure-0123456789-abcdefghijklmno'] },
    ],
    [
      'security.W025',
      'secretKeyFallbacks[1] is too weak',
      { secretKeyFallbacks: ['former-0123456789-abcdefghijklmno', 'weak'] },
    ],
    ['security.W020', 'allowedHosts is empty', { allowedHosts: [] }],
    ['security.N001', "allowedHosts holds '*'", { allowedHosts: ['example.com', '*'] }],
    ['security.N003', "allowedHosts holds '.com'", { allowedHosts: ['example.com', '.com'] }],
    ['security.N002', "logging.level is 'silent'", { logging: { level: 'silent' } }],
    ['security.W001', 'securityMiddleware is not in middleware', { middleware: without('securityMiddleware') }],
    ['security.W002', 'commonMiddleware is not in middleware', { middleware: without('commonMiddleware') }],
    ['security.W003', 'csrfMiddleware is not in middleware', { middleware: without('csrfMiddleware') }],
    ['security.N010', 'cspMiddleware is not in middleware', { middleware: without('cspMiddleware') }],
    [
      'security.N011',
      'corsMiddleware is not in middleware',
      { middleware: without('corsMiddleware'), cors: { origins: ['https://app.example'] } },
    ],
    [
      'security.N012',
      'compressionMiddleware comes after',
      {
        middleware: [
          ...without('compressionMiddleware'),
          ...defaultMiddleware.filter(({ name }) => name === 'compressionMiddleware'),
        ],
      },
    ],
    [
      'security.N013',
      'securityMiddleware comes after commonMiddleware',
      { middleware: [commonMiddleware, ...without('commonMiddleware')] },
    ],
    ['security.W008', 'secureSslRedirect is off', { secureSslRedirect: false }],
    ['security.W004', 'secureHstsSeconds is 0', { secureHstsSeconds: 0 }],
    ['security.W005', 'secureHstsIncludeSubdomains is off', { secureHstsIncludeSubdomains: false }],
    ['security.N023', 'each is redirected for ever', { trustedProxies: [] }],
    ['security.N023', 'never told to remember it', { trustedProxies: [], secureSslRedirect: false }],
    ['security.N023', 'each is redirected', { trustedProxies: [], secureSslHost: 'www.example.org:443' }],
    ['security.N024', 'secureHstsSeconds is 3600', { secureHstsSeconds: 3600 }],
    ['security.N025', 'secureHstsPreload is on', { secureHstsPreload: true, secureHstsSeconds: 31_535_999 }],
    ['security.N025', 'secureHstsPreload is on', { secureHstsPreload: true, secureHstsIncludeSubdomains: false }],
    ['security.N027', 'secureRedirectExempt holds /^/', { secureRedirectExempt: [/^health$/, /^/] }],
    ['security.N027', 'secureRedirectExempt holds /.*/', { secureRedirectExempt: [/.*/g] }],
    ['security.N020', "trustedProxies holds '0.0.0.0/0'", { trustedProxies: ['loopback', '0.0.0.0/0'] }],
    ['security.N020', "trustedProxies holds '::/0'", { trustedProxies: ['::/0'] }],
    ['security.N020', "trustedProxies holds '10.0.0.0/7'", { trustedProxies: ['10.0.0.0/7'] }],
    ['security.N021', 'useXForwardedHost is on', { trustedProxies: [], useXForwardedHost: true }],
    [
      'security.N021',
      'secureProxySslHeader is set',
      { trustedProxies: [], secureProxySslHeader: ['X-Forwarded-Proto', 'https'] },
    ],
    ['security.N022', "csrfTrustedOrigins holds 'http://a.example'", { csrfTrustedOrigins: ['http://a.example'] }],
    ['security.N022', "cors.origins holds 'http://a.example'", { cors: { origins: ['http://a.example'] } }],
    ['security.N026', "csrfTrustedOrigins holds 'https://*.com'", { csrfTrustedOrigins: ['https://*.com'] }],
    ['security.N026', "'https://*.co.uk:8443'", { csrfTrustedOrigins: ['https://a.co.uk', 'https://*.co.uk:8443'] }],
    ['security.N026', "cors.origins holds 'https://*.GitHub.io'", { cors: { origins: ['https://*.GitHub.io'] } }],
    ['security.W006', 'secureContentTypeNosniff is off', { secureContentTypeNosniff: false }],
    ['security.W019', 'xFrameOptions is not DENY', { xFrameOptions: 'SAMEORIGIN' }],
    ['security.W019', 'xFrameOptions is not DENY', { xFrameOptions: false }],
    ['security.W022', 'secureReferrerPolicy is off', { secureReferrerPolicy: false }],
    ['security.W022', "secureReferrerPolicy is 'unsafe-url'", { secureReferrerPolicy: ['same-origin', 'unsafe-url'] }],
    ['security.N040', 'secureCrossOriginOpenerPolicy is off', { secureCrossOriginOpenerPolicy: false }],
    ['security.N040', 'secureCrossOriginOpenerPolicy is off', { secureCrossOriginOpenerPolicy: 'unsafe-none' }],
    ['security.W016', 'csrfCookieSecure is off', { csrfCookieSecure: false }],
    ['security.N041', 'csrfCookieSameSite is off', { csrfCookieSameSite: 'none' }],
    ['security.N043', 'languageCookieSecure is off', { languageCookieSecure: false }],
    ['security.N043', 'browsers refuse such a cookie', { languageCookieSecure: false, languageCookieSameSite: 'none' }],
    ['security.N042', "cors.origins holds '*'", { cors: { origins: ['*'] } }],
    ['security.N030', 'secureCsp is off', { secureCsp: false }],
    ['security.N030', 'secureCsp is off', { secureCsp: {} }],
    ['security.N031', "('unsafe-inline')", csp({ 'script-src': [CSP.self, CSP.unsafeInline] })],
    ['security.N031', "('unsafe-inline')", csp({ 'script-src': [CSP.self, CSP.nonce, CSP.unsafeInline] })],
    ['security.N031', "('unsafe-eval')", csp({ 'script-src': [CSP.self, CSP.unsafeEval] })],
    ['security.N031', "from anywhere ('https:')", csp({ 'script-src': [CSP.self, 'https:'] })],
    ['security.N031', "from anywhere ('*')", csp({ 'script-src': false, 'default-src': '*' })],
    ['security.N031', "from anywhere ('https://*.herokuapp.com')", csp({ 'script-src': 'https://*.herokuapp.com' })],
    ['security.N031', 'neither script-src nor default-src', csp({ 'script-src': false, 'default-src': false })],
    ['security.N032', 'lets inline styles in', csp({ 'style-src': "'self' 'unsafe-inline'" })],
    ['security.N033', 'has no base-uri, no form-action', csp({ 'base-uri': false, 'form-action': false })],
    ['security.N034', "(frame-ancestors 'https:')", csp({ 'frame-ancestors': [CSP.self, 'https:'] })],
    ['security.N034', "(frame-ancestors '*.com')", csp({ 'frame-ancestors': '*.com' })],
    ['security.N035', "by form-action ('*')", csp({ 'form-action': '*' })],
    ['security.N035', "by object-src ('data:')", csp({ 'object-src': ['data:'] })],
    ['security.N035', "by object-src ('https:')", csp({ 'default-src': ['https:'], 'object-src': false })],
    ['security.N050', 'is in', { staticDirs: ['..'] }],
    ['security.N050', 'can be read by everybody', { staticRoot: '.' }],
    ['security.N050', 'of mediaRoot', { mediaRoot: '..' }],
    ['security.N051', 'is a database', { databases: { default: 'sqlite:media/db.sqlite3?timeout=1' } }],
    [
      'security.N051',
      'is a database',
      { staticRoot: '/srv/static', databases: { default: 'sqlite:///srv/static/a/b' } },
    ],
    ['security.N052', 'holds uploads', { uploadTempDir: 'media/parts' }],
  ])('%s %s', async ([id, message, changes]) => {
    const found = await deploy(changes)
    expect(found.filter((finding) => finding.startsWith(id))).toEqual([expect.stringContaining(message)])
  })

  test('what is set in another way is not', async () => {
    const fine: Partial<SettingsInput>[] = [
      { trustedProxies: [], secureSslHost: 'secure.example.net' },
      { trustedProxies: ['unix'], secureHstsPreload: true, secureRedirectExempt: [/^health\/$/, /^\.well-known\//] },
      { csrfTrustedOrigins: ['https://*.example.co.uk', 'https://*.mine.github.io', 'https://*.localhost:8000'] },
      { allowedHosts: ['.example.com', '.internal'], csrfTrustedOrigins: ['https://com'] },
      { languageCookieSameSite: 'none' },
      { staticDirs: ['static'], staticRoot: 'collected', uploadTempDir: 'var/parts' },
      { staticDirs: ['../media'], databases: { default: 'sqlite:media.sqlite3', other: 'postgres://a@b/media' } },
      csp({ 'frame-ancestors': [CSP.self, 'https://*.partner.example'], 'form-action': ['https://pay.example.com'] }),
      { secureReferrerPolicy: 'strict-origin-when-cross-origin' },
      { secureCrossOriginOpenerPolicy: 'same-origin-allow-popups' },
      { trustedProxies: ['unix', 'loopback', '10.0.0.0/8', 'fd00::/16'], useXForwardedHost: true },
      csp({
        'script-src': [CSP.nonce, CSP.strictDynamic, 'https:', CSP.unsafeInline].filter(
          (source) => source !== CSP.unsafeInline,
        ),
      }),
      { cors: { origins: ['https://app.example'], credentials: true } },
      { csrfUseSessions: true, csrfCookieSecure: false, csrfCookieSameSite: false },
    ]
    for (const changes of fine) expect(await deploy(changes)).toEqual([])
  })

  test('a middleware is missed where the settings ask for what it does', async () => {
    const idsOf = async (changes: Partial<SettingsInput>) =>
      (await deploy(changes)).map((finding) => finding.split(' ')[0])
    const off = { secureCsp: false, secureCspReportOnly: false, middleware: without('cspMiddleware') } as const
    expect(await idsOf(off)).toEqual(['security.N030'])
    expect(await idsOf({ middleware: [], compression: false })).toEqual([
      'security.W001',
      'security.W002',
      'security.W003',
      'security.N010',
    ])
    const app = defineApp({ name: 'mine', dir: import.meta.dirname, middleware: [csrfMiddleware] })
    expect(await idsOf({ middleware: without('csrfMiddleware'), installedApps: [app] } as object)).toEqual([])
  })

  test('who enters the project by CGI needs no proxy for HTTPS', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nuages-entry-'))
    const changes = { baseDir: folder, trustedProxies: [], templates: { dirs: [] } }
    writeFileSync(join(folder, 'serve.ts'), "import { serve } from 'nuages/gateway'\nawait serve(application, 8000)\n")
    expect(await deploy(changes)).toEqual([expect.stringContaining('security.N023')])
    writeFileSync(
      join(folder, 'site.cgi.ts'),
      "import { serveCgi } from 'nuages/gateway'\nawait serveCgi(application)\n",
    )
    expect(await deploy(changes)).toEqual([])
    rmSync(folder, { recursive: true })
  })

  test('less than a year of HSTS is no warning: one begins with an hour', async () => {
    await resetSetup()
    await setup(projectSettings({ ...careful, secureHstsSeconds: 3600 }))
    expect(await runChecks({ deploy: true, tags: ['security'] })).toMatchObject([
      { id: 'security.N024', level: 'info' },
    ])
  })
})

test('what nobody can mean does not get as far', () => {
  const define = (changes: Partial<SettingsInput>) => () => projectSettings(changes)
  for (const origin of ['*', 'https://*', '*.example.com', 'https://example.com/path']) {
    expect(define({ csrfTrustedOrigins: [origin] })).toThrow(`csrfTrustedOrigins[0] is '${origin}'`)
  }
  expect(define({ cors: { origins: ['*'], credentials: true } })).toThrow("cors.origins holds '*'")
  expect(define({ secretKey: 'short' })).toThrow('secretKey has 5 characters')
})

describe('without --deploy', () => {
  const settings = (changes: Partial<SettingsInput>) => findings(changes, { tags: ['settings'] })

  test('files that the policy keeps out are found', async () => {
    expect(await settings({ staticUrl: 'https://cdn.example.com/s/' })).toEqual([
      "csp.W001 staticUrl is 'https://cdn.example.com/s/', and secureCsp does not let files of https://cdn.example.com in (script-src, style-src, img-src, font-src).",
    ])
    expect(await settings({ mediaUrl: 'https://media.example.com/' })).toHaveLength(1)
    for (const source of [
      'https://cdn.example.com',
      'https://cdn.example.com/s/',
      'cdn.example.com',
      '*.example.com',
      'https:',
      '*',
    ]) {
      expect(await settings({ staticUrl: 'https://cdn.example.com/s/', secureCsp: { 'default-src': source } })).toEqual(
        [],
      )
    }
    expect(await settings({ staticUrl: 'https://cdn.example.com/', secureCsp: false })).toEqual([])
  })

  test('a token in sessions that are not there is an error', async () => {
    expect(await settings({ csrfUseSessions: true })).toEqual([expect.stringContaining('csrf.E001')])
  })
})
