import { type HttpRequest, HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { afterAll, describe, expect, test } from 'vitest'
import {
  CSP,
  type CspDirectives,
  cspOverride,
  cspReportOnlyOverride,
  defineSettings,
  renderTemplate,
  resetSetup,
  type SettingsInput,
  strictCsp,
} from '../../src/index.ts'
import { type Answer, serveProject } from '../project/serve-project.ts'

afterAll(resetSetup)

const strictText =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; " +
  "form-action 'self'; frame-ancestors 'none'"

const enforced = 'content-security-policy'
const reportOnly = 'content-security-policy-report-only'

/** The answer of a view, with the settings changed. */
async function answerOf(
  view: (request: HttpRequest) => HttpResponse | Promise<HttpResponse>,
  changes: Partial<SettingsInput> = {},
): Promise<Answer> {
  const urlpatterns = [path('', view)]
  const templates = { dirs: [`${import.meta.dirname}/templates`] }
  await using site = await serveProject({ urlconf: async () => ({ urlpatterns }), templates, ...changes })
  return site.ask('/')
}

const plain = () => new HttpResponse('x')
const policyOf = async (secureCsp: CspDirectives | false) => (await answerOf(plain, { secureCsp })).headers[enforced]

describe('the policy', () => {
  test('is strict by default, and goes with every answer', async () => {
    expect((await answerOf(plain)).headers).toMatchObject({ [enforced]: strictText })
    await using site = await serveProject()
    for (const address of ['/slow/', '/notes/7/', '/notes/7', '/missing/', '/boom/', '/echo/']) {
      expect((await site.ask(address)).headers[enforced], address).toContain("default-src '")
    }
  })

  test.for<[string, CspDirectives | false, string | undefined]>([
    ['is off', false, undefined],
    ['has no directives', {}, undefined],
    ['has a list', { 'img-src': [CSP.self, 'https://a.example', 'data:'] }, "img-src 'self' https://a.example data:"],
    ['has a text', { 'img-src': "'self'  https://a.example" }, "img-src 'self' https://a.example"],
    ['has a directive without sources', { 'upgrade-insecure-requests': true }, 'upgrade-insecure-requests'],
    ['leaves out what is false', { 'img-src': false, 'default-src': [CSP.none] }, "default-src 'none'"],
    ['lets nothing in where only the nonce would', { 'script-src': [CSP.nonce] }, "script-src 'none'"],
    ['has nothing in a list', { 'script-src': [] }, "script-src 'none'"],
    [
      'drops the nonce that nobody used',
      { 'script-src': [CSP.nonce, CSP.strictDynamic] },
      "script-src 'strict-dynamic'",
    ],
  ])('%s', async ([, directives, expected]) => {
    const frame = expected === undefined ? '' : "; frame-ancestors 'none'"
    expect(await policyOf(directives)).toBe(expected === undefined ? undefined : expected + frame)
  })

  test('is left alone where the response has its own', async () => {
    const own = () => new HttpResponse('x', { headers: { 'content-security-policy': "default-src 'none'" } })
    const { headers } = await answerOf(own, { secureCspReportOnly: { 'default-src': [CSP.self] } })
    expect(headers[enforced]).toBe("default-src 'none'")
    expect(headers[reportOnly]).toBe("default-src 'self'")
  })

  test('may only report, beside the other or alone', async () => {
    const secureCspReportOnly = { 'default-src': [CSP.self], 'report-uri': '/csp/' }
    const both = (await answerOf(plain, { secureCspReportOnly })).headers
    expect(both[enforced]).toBe(strictText)
    expect(both[reportOnly]).toBe("default-src 'self'; report-uri /csp/")
    const alone = (await answerOf(plain, { secureCspReportOnly, secureCsp: false })).headers
    expect(alone).not.toHaveProperty(enforced)
    expect(alone[reportOnly]).toBe("default-src 'self'; report-uri /csp/")
  })

  test('does not come with a 304, whose page keeps the one it came with', async () => {
    const page = () => new HttpResponse('x', { headers: { ETag: '"1"' } })
    await using site = await serveProject({ urlconf: async () => ({ urlpatterns: [path('', page)] }) })
    const again = await site.ask('/', { headers: { 'If-None-Match': '"1"' } })
    expect(again.status).toBe(304)
    expect(again.headers).not.toHaveProperty(enforced)
  })
})

describe('who may frame a page', () => {
  test.for<[string, Partial<SettingsInput>, string | undefined, string | undefined]>([
    ['nobody', {}, undefined, "frame-ancestors 'none'"],
    ['the site', { xFrameOptions: 'SAMEORIGIN' }, undefined, "frame-ancestors 'self'"],
    ['anybody', { xFrameOptions: false }, undefined, undefined],
    ['the site, by a header of the view', {}, 'sameorigin', "frame-ancestors 'self'"],
    ['nobody, by a header of the view', { xFrameOptions: false }, 'DENY', "frame-ancestors 'none'"],
    [
      'whom the policy names',
      { secureCsp: { ...strictCsp, 'frame-ancestors': ['https://a.example'] } },
      undefined,
      'frame-ancestors https://a.example',
    ],
    ['anybody, by the policy', { secureCsp: { ...strictCsp, 'frame-ancestors': false } }, undefined, undefined],
  ])('%s', async ([, changes, header, expected]) => {
    const view = () => new HttpResponse('x', { headers: header === undefined ? {} : { 'X-Frame-Options': header } })
    const policy = (await answerOf(view, changes)).headers[enforced] as string
    expect(/frame-ancestors[^;]*/.exec(policy)?.[0]).toBe(expected)
  })
})

describe('the nonce', () => {
  const page = async (request: HttpRequest) => new HttpResponse(await renderTemplate('nonce.html', {}, request))

  test('is printed by a template and named by the header, another for each request', async () => {
    const urlpatterns = [path('', page)]
    const templates = { dirs: [`${import.meta.dirname}/templates`] }
    await using site = await serveProject({ urlconf: async () => ({ urlpatterns }), templates })
    const seen = new Set<string>()
    for (let time = 0; time < 3; time += 1) {
      const { text, headers } = await site.ask('/')
      const [, first, second] = /^<script nonce="([\w-]{22})"><\/script><style nonce="([\w-]{22})"><\/style>$/.exec(
        text.trim(),
      )!
      expect(second).toBe(first)
      expect(headers[enforced]).toContain(`script-src 'self' 'nonce-${first}'; style-src 'self' 'nonce-${first}';`)
      seen.add(first!)
    }
    expect(seen.size).toBe(3)
  })

  test('of a policy that only reports is the same', async () => {
    const { headers } = await answerOf(page, { secureCspReportOnly: { 'script-src': [CSP.nonce] } })
    const nonce = /'nonce-[\w-]+'/.exec(headers[enforced] as string)![0]
    expect(headers[reportOnly]).toBe(`script-src ${nonce}`)
  })

  test('that is only looked at is not made', async () => {
    const view = async (request: HttpRequest) =>
      new HttpResponse(await renderTemplate('asks.html', { nonce: request.usedCspNonce }, request))
    const { text, headers } = await answerOf(view)
    expect(text.trim()).toBe('yes')
    expect(headers[enforced]).toBe(strictText)
  })

  test('costs nothing where the policy is off', async () => {
    const { text, headers } = await answerOf(page, { secureCsp: false })
    expect(text).toContain('nonce="')
    expect(headers).not.toHaveProperty(enforced)
  })
})

describe('a view with a policy of its own', () => {
  const directives = { 'default-src': [CSP.none], 'script-src': [CSP.nonce] }

  test('has it in place of the site’s, also when it is asynchronous', async () => {
    const expected = "default-src 'none'; script-src 'none'; frame-ancestors 'none'"
    expect((await answerOf(cspOverride(directives)(plain))).headers[enforced]).toBe(expected)
    const view = cspOverride(directives)(async (request: HttpRequest) => new HttpResponse(request.cspNonce))
    const { text, headers } = await answerOf(view)
    expect(headers[enforced]).toBe(`default-src 'none'; script-src 'nonce-${text}'; frame-ancestors 'none'`)
    expect((await answerOf(view, { secureCsp: false })).headers[enforced]).toContain("default-src 'none'")
  })

  test('may have none', async () => {
    const secureCspReportOnly = { 'default-src': [CSP.self] }
    for (const nothing of [false, {}] as const) {
      const bare = cspOverride(nothing)(plain)
      expect((await answerOf(bare)).headers).not.toHaveProperty(enforced)
      expect((await answerOf(bare, { secureCspReportOnly })).headers[reportOnly]).toBe("default-src 'self'")
      const quiet = cspReportOnlyOverride(nothing)(plain)
      const { headers } = await answerOf(quiet, { secureCspReportOnly })
      expect(headers).not.toHaveProperty(reportOnly)
      expect(headers[enforced]).toBe(strictText)
    }
    const both = cspReportOnlyOverride({ 'img-src': [CSP.none] })(cspOverride(false)(plain))
    expect((await answerOf(both, { secureCspReportOnly })).headers[reportOnly]).toBe("img-src 'none'")
  })

  test('keeps its name and marks', () => {
    expect(cspOverride(false)(plain).name).toBe('plain')
  })

  test('is told of a policy that browsers would not take', () => {
    expect(() => cspOverride({ 'img-src': ['self'] })).toThrow(/cspOverride: the policy\['img-src'\] holds "self"/)
  })
})

describe('settings', () => {
  test.for<[string, Record<string, unknown>, string]>([
    ['an unknown directive', { 'img-scr': ['x'] }, "has no directive 'img-scr'. Did you mean 'img-src'?"],
    ['camelCase', { imgSrc: ['x'] }, 'no directive'],
    ['a keyword without quotes', { 'img-src': ['self'] }, 'the keyword is written "\'self\'"'],
    ['a keyword that is none', { 'script-src': ["'unsafe-inlin'"] }, 'is no keyword'],
    ['a nonce of its own', { 'script-src': ["'nonce-abc'"] }, 'protects nothing'],
    ['a source with a separator', { 'img-src': ['https://a.example; script-src *'] }, 'is one word of ASCII'],
    ['a line break', { 'img-src': ['a\r\nSet-Cookie: x'] }, 'is one word of ASCII'],
    ['beyond ASCII', { 'img-src': ['https://münchen.example'] }, 'is one word of ASCII'],
    ['none beside others', { 'img-src': [CSP.none, CSP.self] }, "has 'none' beside other sources"],
    ['a number', { 'img-src': 7 }, 'takes an object of directives'],
  ])('%s is found at start', ([, secureCsp, words]) => {
    const input = { baseDir: '/', debug: true, secureCsp } as Parameters<typeof defineSettings>[0]
    expect(() => defineSettings(input)).toThrow(words)
  })

  test('hashes, schemes, hosts and sandbox words are taken', () => {
    const secureCsp: CspDirectives = {
      'script-src': [
        "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
        'https:',
        '*.example.com:*',
        CSP.wasmUnsafeEval,
      ],
      sandbox: ['allow-forms', 'allow-scripts'],
      'report-to': 'csp',
      'require-trusted-types-for': "'script'",
      'trusted-types': ["'none'"],
    }
    expect(defineSettings({ baseDir: '/', debug: true, secureCsp }).secureCsp).toEqual(secureCsp)
  })
})
