import { type Application, serve, withEnviron } from '@nuages/gateway'
import { type HttpRequest, HttpResponse, StreamingHttpResponse } from '@nuages/http'
import { launchBrowser, withoutBrowser } from '@nuages/test-browser'
import { path } from '@nuages/urls'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApplication, resetSetup, type SettingsInput } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

const text = `<!doctype html><title>clouds</title><p>${'Un nuage passe. 구름 '.repeat(300)}`

const urlpatterns = [
  path('boom/', () => {
    throw new RangeError('The sky fell')
  }),
  path('take/', () => new HttpResponse('taken')),
  path('nonce/', ({ cspNonce }: HttpRequest) => {
    const own = `<script nonce="${cspNonce}">document.title = 'ran'</script><style nonce="${cspNonce}">p { color: rgb(1, 2, 3) }</style>`
    const slipped = `<script>document.title = 'slipped in'</script><p onclick="document.title = 'clicked'" style="margin: 9px">x`
    return new HttpResponse(`<!doctype html><title>-</title>${own}${slipped}`)
  }),
  path('personal/', () => {
    const response = new HttpResponse(text)
    response.setCookie('a', '1')
    return response
  }),
  path('stream/', () => new StreamingHttpResponse([text, text])),
]

describe.skipIf(withoutBrowser)('in Chromium (needs /usr/bin/chromium)', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())

  interface Site extends AsyncDisposable {
    readonly page: Page
    /** What the browser kept out. */
    readonly violations: string[]
    readonly url: string
  }

  async function open(
    changes: Partial<SettingsInput> = {},
    wrap: (application: Application) => Application = (application) => application,
  ): Promise<Site> {
    await resetSetup()
    const application = await createApplication(
      projectSettings({ urlconf: async () => ({ urlpatterns }), templates: { dirs: [] }, ...changes }),
    )
    const server = await serve(wrap(application), { host: '127.0.0.1', port: 0 })
    const context = await browser.newContext()
    const page = await context.newPage()
    const violations: string[] = []
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) violations.push(message.text())
    })
    return {
      page,
      violations,
      url: server.url,
      async [Symbol.asyncDispose]() {
        await context.close()
        await server.close()
        await resetSetup()
      },
    }
  }

  test.each([true, false])('the framework’s own pages look right under any policy (debug: %s)', async (debug) => {
    const secureCsp = { 'default-src': "'none'" }
    await using site = await open({ debug, secureCsp, secureCspReportOnly: secureCsp })
    for (const address of ['/boom/', '/nowhere/']) {
      await site.page.goto(site.url + address)
      expect(await site.page.evaluate('getComputedStyle(document.body).margin'), address).toBe('0px')
    }
    // What a form of another site gets.
    await site.page.goto(`data:text/html,<form method="post" action="${site.url}/take/"></form>`)
    await Promise.all([site.page.waitForURL(`${site.url}/take/`), site.page.evaluate('document.forms[0].submit()')])
    expect(await site.page.textContent('h1')).toBe('This was not accepted')
    expect(await site.page.evaluate('getComputedStyle(document.body).margin')).toBe('0px')
    expect(site.violations).toEqual([])
  })

  test('the debug page copies what it is asked to', async () => {
    await using site = await open({ debug: true })
    await site.page.context().grantPermissions(['clipboard-write'])
    await site.page.goto(`${site.url}/boom/`)
    await site.page.click('button[data-copies]')
    await expect.poll(() => site.page.textContent('button[data-copies]')).toBe('Copied')
    expect(site.violations).toEqual([])
  })

  test('what carries the nonce runs, and what was slipped in does not', async () => {
    await using site = await open()
    await site.page.goto(`${site.url}/nonce/`)
    await site.page.click('p')
    expect(await site.page.title()).toBe('ran')
    const styleOf = (name: string) => site.page.evaluate(`getComputedStyle(document.querySelector('p')).${name}`)
    expect(await styleOf('color')).toBe('rgb(1, 2, 3)')
    expect(await styleOf('marginTop')).not.toBe('9px')
    expect(site.violations.length).toBeGreaterThanOrEqual(3)
  })

  test.each(['gzip', 'br', 'zstd'])('%s is read, with its padding', async (coding) => {
    await using site = await open(
      {},
      (application) => (environ, startResponse) =>
        application(withEnviron(environ, { HTTP_ACCEPT_ENCODING: coding }), startResponse),
    )
    for (const address of ['/personal/', '/personal/', '/stream/']) {
      const response = (await site.page.goto(site.url + address))!
      expect(response.headers()['content-encoding']).toBe(coding)
      expect(await site.page.evaluate('document.body.textContent')).toContain('구름')
    }
  })
})
