import { expectAccessibleInBothThemes, expectFits } from '@nuages/test-browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoAccount } from '../../blog/demo/demo-account.ts'
import { ServedSite } from '../server/served-site.ts'
import { launchBrowser, narrow, openPage, type WatchedPage, wide, withoutBrowser } from './browser.ts'
import { signIn } from './sign-in.ts'

/** Pages behind the sign-in, and how to get there. */
const kinds: readonly (readonly [kind: string, open: (page: Page) => Promise<unknown>])[] = [
  ['own posts', (page) => page.goto('/write/')],
  ['new post', (page) => page.goto('/write/new/')],
  ['new post with errors', (page) => sendEmpty(page, '/write/new/')],
  ['edited post', (page) => page.goto('/posts/the-green-flash/edit/')],
  ['question before deleting', (page) => page.goto('/posts/november-needs-no-improvement/delete/')],
  ['own post', (page) => page.goto('/posts/the-green-flash/')],
  ['comment with errors', (page) => sendEmpty(page, '/posts/the-green-flash/')],
  ['change of password', (page) => page.goto('/accounts/password_change/')],
  ['change of password with errors', (page) => sendEmpty(page, '/accounts/password_change/')],
  ['password changed', (page) => page.goto('/accounts/password_change/done/')],
  ['logged out', (page) => page.getByRole('button', { name: 'Log out' }).click()],
]

/** Sends the page's form as it is, though the browser has something against it. */
async function sendEmpty(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.evaluate('document.querySelector(".paper-form, .slip form").noValidate = true')
  await page.locator('.paper-form .button, .slip form button').click()
  await page.locator('.errorlist').first().waitFor()
}

describe.skipIf(withoutBrowser)('every page of writers in Chromium (needs /usr/bin/chromium)', () => {
  let site: ServedSite
  let browser: Browser
  let watched: WatchedPage
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([ServedSite.start({ debug: true }), launchBrowser()])
    watched = await openPage(browser, { baseURL: site.url.href })
    await signIn(watched.page, demoAccount)
  })
  afterAll(async () => {
    await browser.close()
    await site[Symbol.asyncDispose]()
  })

  test.each(kinds)('%s: accessible in light and dark, without complaints, fit for a phone', async (_kind, open) => {
    const { page, complaints } = watched
    await page.setViewportSize(wide)
    await open(page)
    await expectAccessibleInBothThemes(page)
    await expectFits(page, narrow)
    expect(complaints).toEqual([])
  })

  test('the page for who is no author: the same', async () => {
    await site.manage(
      'shell',
      '-c',
      "await User.objects.createUser({ email: 'reader@example.com', password: 'a drizzle' })",
    )
    await using reading = await openPage(browser, { viewport: wide, baseURL: site.url.href })
    const { page, complaints } = reading
    await signIn(page, { email: 'reader@example.com', password: 'a drizzle' })
    await page.goto('/write/')
    await page.getByRole('heading', { level: 1, name: 'Behind the clouds' }).waitFor()
    await expectAccessibleInBothThemes(page)
    await expectFits(page, narrow)
    expect(complaints).toEqual([expect.stringContaining('403')])
  })
})
