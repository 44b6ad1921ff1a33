import { openPage as openPlainPage, type WatchedPage } from '@nuages/test-browser'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

export { launchBrowser, narrow, type WatchedPage, wide, withoutBrowser } from '@nuages/test-browser'

/** Nothing inline, nothing from elsewhere. */
const strictPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A page whose documents come with a strict Content-Security-Policy. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const watched = await openPlainPage(browser, { timeout: 15_000, ...options })
  await imposePolicy(watched.page)
  return watched
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
