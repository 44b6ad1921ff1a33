import { afterEach, describe, expect, test } from 'vitest'
import {
  CSP,
  cspMiddleware,
  defaultMiddleware,
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
    [
      'security.W025',
      'secretKeyFallbacks[1] is too weak',
      { secretKeyFallbacks: ['former-0123456789-abcdefghijklmno', 'weak'] },
    ],
    ['security.W020', 'allowedHosts is empty', { allowedHosts: [] }],
    ['security.N001', "allowedHosts holds '*'", { allowedHosts: ['example.com', '*'] }],
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
    ['security.W008', 'secureSslRedirect is off', { secureSslRedirect: false }],
    ['security.W004', 'secureHstsSeconds is 0', { secureHstsSeconds: 0 }],
    ['security.W005', 'secureHstsIncludeSubdomains is off', { secureHstsIncludeSubdomains: false }],
    ['security.N020', "trustedProxies holds '0.0.0.0/0'", { trustedProxies: ['loopback', '0.0.0.0/0'] }],
    ['security.N020', "trustedProxies holds '::/0'", { trustedProxies: ['::/0'] }],
    ['security.N020', "trustedProxies holds '10.0.0.0/7'", { trustedProxies: ['10.0.0.0/7'] }],
    ['security.N021', 'useXForwardedHost is on', { useXForwardedHost: true }],
    ['security.N021', 'secureProxySslHeader is set', { secureProxySslHeader: ['X-Forwarded-Proto', 'https'] }],
    ['security.N022', "csrfTrustedOrigins holds 'http://a.example'", { csrfTrustedOrigins: ['http://a.example'] }],
    ['security.N022', "cors.origins holds 'http://a.example'", { cors: { origins: ['http://a.example'] } }],
    ['security.W006', 'secureContentTypeNosniff is off', { secureContentTypeNosniff: false }],
    ['security.W019', 'xFrameOptions is not DENY', { xFrameOptions: 'SAMEORIGIN' }],
    ['security.W019', 'xFrameOptions is not DENY', { xFrameOptions: false }],
    ['security.W022', 'secureReferrerPolicy is off', { secureReferrerPolicy: false }],
    ['security.W022', "secureReferrerPolicy is 'unsafe-url'", { secureReferrerPolicy: ['same-origin', 'unsafe-url'] }],
    ['security.N040', 'secureCrossOriginOpenerPolicy is off', { secureCrossOriginOpenerPolicy: false }],
    ['security.N040', 'secureCrossOriginOpenerPolicy is off', { secureCrossOriginOpenerPolicy: 'unsafe-none' }],
    ['security.W016', 'csrfCookieSecure is off', { csrfCookieSecure: false }],
    ['security.N041', 'csrfCookieSameSite is off', { csrfCookieSameSite: 'none' }],
    ['security.N042', "cors.origins holds '*'", { cors: { origins: ['*'] } }],
    ['security.N030', 'secureCsp is off', { secureCsp: false }],
    ['security.N030', 'secureCsp is off', { secureCsp: {} }],
    ['security.N031', "('unsafe-inline')", csp({ 'script-src': [CSP.self, CSP.unsafeInline] })],
    ['security.N031', "('unsafe-inline')", csp({ 'script-src': [CSP.self, CSP.nonce, CSP.unsafeInline] })],
    ['security.N031', "('unsafe-eval')", csp({ 'script-src': [CSP.self, CSP.unsafeEval] })],
    ['security.N031', "from anywhere ('https:')", csp({ 'script-src': [CSP.self, 'https:'] })],
    ['security.N031', "from anywhere ('*')", csp({ 'script-src': false, 'default-src': '*' })],
    ['security.N031', 'neither script-src nor default-src', csp({ 'script-src': false, 'default-src': false })],
    ['security.N032', 'lets inline styles in', csp({ 'style-src': "'self' 'unsafe-inline'" })],
    ['security.N033', 'has no base-uri, no form-action', csp({ 'base-uri': false, 'form-action': false })],
  ])('%s %s', async ([id, message, changes]) => {
    const found = await deploy(changes)
    expect(found.filter((finding) => finding.startsWith(id))).toEqual([expect.stringContaining(message)])
  })

  test('what is set in another way is not', async () => {
    const fine: Partial<SettingsInput>[] = [
      { secureReferrerPolicy: 'strict-origin-when-cross-origin' },
      { secureCrossOriginOpenerPolicy: 'same-origin-allow-popups' },
      { trustedProxies: ['unix', 'loopback', '10.0.0.0/8', 'fd00::/16'], useXForwardedHost: true },
      {
        secureCsp: false,
        middleware: defaultMiddleware.filter((middleware) => middleware !== cspMiddleware),
        secureCspReportOnly: false,
      },
      csp({
        'script-src': [CSP.nonce, CSP.strictDynamic, 'https:', CSP.unsafeInline].filter(
          (source) => source !== CSP.unsafeInline,
        ),
      }),
      { cors: { origins: ['https://app.example'], credentials: true } },
      { csrfUseSessions: true, csrfCookieSecure: false, csrfCookieSameSite: false },
      { middleware: [] as Middleware[], compression: false },
    ]
    for (const changes of fine.slice(0, 3)) expect(await deploy(changes)).toEqual([])
    expect(await deploy(fine[3]!)).toEqual([expect.stringContaining('security.N030')])
    for (const changes of fine.slice(4, 7)) expect(await deploy(changes)).toEqual([])
    expect((await deploy(fine[7]!)).map((finding) => finding.split(' ')[0])).toEqual([
      'security.W001',
      'security.W002',
      'security.W003',
      'security.N010',
    ])
  })
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
