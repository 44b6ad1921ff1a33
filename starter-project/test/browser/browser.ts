import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

/** Whether browser tests are left out. On CI they never are: without a browser they fail. */
export const withoutBrowser = !existsSync(executablePath) && process.env.CI !== 'true'

export const wide = { width: 1280, height: 800 }
export const narrow = { width: 390, height: 844 }

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
}

/** Nothing inline, nothing from elsewhere. */
const strictPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A page whose documents come with a strict Content-Security-Policy, and what the browser had to complain about. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page
  readonly complaints: readonly string[]
}

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const complaints: string[] = []
  await imposePolicy(page)
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => {
    const problem = request.failure()?.errorText
    // A browser without scripts refuses to load any ahead of time.
    if (options.javaScriptEnabled === false && request.resourceType() === 'script') return
    // Whoever leaves a page before its icon has come aborts a request, which is no failure.
    if (problem !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${problem}`)
  })
  return {
    page,
    complaints,
    [Symbol.asyncDispose]: () => context.close(),
  }
}

/** Gives the policy to every document that has none of its own; pages of the admin have. */
async function imposePolicy(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  session.on('Fetch.requestPaused', ({ requestId, responseStatusCode = 200, responseHeaders = [] }) => {
    const hasOwn = responseHeaders.some(({ name }) => name.toLowerCase() === 'content-security-policy')
    const added = hasOwn ? [] : [{ name: 'Content-Security-Policy', value: strictPolicy }]
    session
      .send('Fetch.continueResponse', {
        requestId,
        responseCode: responseStatusCode,
        responseHeaders: [...responseHeaders, ...added],
      })
      // The page went away meanwhile.
      .catch(() => {})
  })
  await session.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Response' }] })
}

/** One of each kind of page that readers see. */
export const kindsOfPage: readonly (readonly [kind: string, path: string])[] = [
  ['front page', '/'],
  ['second page', '/?page=2'],
  ['post', '/posts/a-rain-gauge-with-a-conscience/'],
  ['post with comments', '/posts/instructions-for-borrowing-a-barometer/'],
  ['post with other scripts', '/posts/hangul-for-rain/'],
  ['tags', '/tags/'],
  ['tag', '/tags/rain/'],
  ['authors', '/authors/'],
  ['author', '/authors/han-sora/'],
  ['archive', '/archive/'],
  ['year', '/archive/2026/'],
  ['month', '/archive/2026/3/'],
  ['search', '/search/'],
  ['search with results', '/search/?q=fog'],
  ['search without results', '/search/?q=hovercraft'],
  ['about', '/about/'],
  ['sign-in', '/accounts/login/'],
  ['not found', '/nowhere/'],
]
