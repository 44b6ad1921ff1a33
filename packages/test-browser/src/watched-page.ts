import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** A computer's screen and a phone's, in CSS pixels. */
export const wide = { width: 1280, height: 800 }
export const narrow = { width: 390, height: 844 }

/** A page in a context of its own, which goes with it. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page
  /** What the browser had to complain about: errors, warnings, requests that failed, and whatever the policy of the page forbids. */
  readonly complaints: string[]
}

/** Opens a page; `timeout`, in milliseconds, is how long its steps may take. */
export async function openPage(
  browser: Browser,
  { timeout = 45_000, ...options }: BrowserContextOptions & { timeout?: number } = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: wide, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(timeout)
  const complaints: string[] = []
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
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
}
