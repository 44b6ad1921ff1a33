import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const executablePath = '/usr/bin/chromium'

/** Whether browser tests are left out. On CI they never are: without a browser they fail. */
export const withoutBrowser = !existsSync(executablePath) && process.env.CI !== 'true'

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
  const complaints: string[] = []
  await page.route('**/*', async (route) => {
    if (route.request().resourceType() !== 'document') return route.continue()
    const response = await route.fetch({ maxRedirects: 0 })
    const headers = { ...response.headers(), 'content-security-policy': strictPolicy }
    return route.fulfill({ response, headers })
  })
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('requestfailed', (request) => {
    const problem = request.failure()?.errorText
    // Whoever leaves a page before its icon has come aborts a request, which is no failure.
    if (problem !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${problem}`)
  })
  return {
    page,
    complaints,
    async [Symbol.asyncDispose]() {
      await page.unrouteAll({ behavior: 'wait' })
      await context.close()
    },
  }
}

/** One of each kind of page. */
export const kindsOfPage: readonly (readonly [kind: string, path: string])[] = [
  ['front page', '/'],
  ['second page', '/?page=2'],
  ['post', '/posts/a-rain-gauge-with-a-conscience/'],
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
  ['not found', '/nowhere/'],
]
