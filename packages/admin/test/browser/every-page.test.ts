import { expectAccessibleInBothThemes, expectFits } from '@nuages/test-browser'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, narrow, openPage, type WatchedPage, wide, withoutBrowser } from './browser.ts'
import { kindsOfPage } from './kinds-of-page.ts'
import { ServedAdmin } from './served-admin.ts'
import { specialStates } from './special-states.ts'

describe.skipIf(withoutBrowser)('every page in Chromium (needs /usr/bin/chromium)', () => {
  let site: ServedAdmin
  let browser: Browser
  const signedIn: Partial<Record<'root' | 'reader', WatchedPage>> = {}
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([ServedAdmin.start(), launchBrowser()])
    for (const user of ['root', 'reader'] as const) signedIn[user] = await openPage(browser, site, { user })
  })
  afterAll(async () => {
    await browser.close()
    await site[Symbol.asyncDispose]()
  })

  test('signing in, and what is said to who may not', async () => {
    await using watched = await openPage(browser, site)
    const { page, complaints } = watched
    await page.goto('/admin/')
    await page.getByLabel('Username').fill('root')
    await page.getByLabel('Password').fill('wrong')
    await inspect(page)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await inspect(page)
    expect(complaints).toEqual([])
  })

  test.each(Object.entries(kindsOfPage))('%s', async (_kind, path) => {
    const { page, complaints } = signedIn.root as WatchedPage
    const response = await page.goto(path)
    await inspect(page)
    // The browser reports the status of a page that is not there as an error; nothing else may be one.
    expect(complaints.slice()).toEqual(response?.status() === 404 ? [expect.stringContaining('404')] : [])
    complaints.length = 0
  })

  test.each(Object.entries(specialStates))('%s, brought about', async (_state, bring) => {
    const storageState = await signedIn.root!.page.context().storageState()
    for (const viewport of [wide, narrow]) {
      await using watched = await openPage(browser, site, { storageState, viewport })
      const { page, complaints } = watched
      await bring(page)
      await inspectAt(page, viewport)
      expect(complaints).toEqual([])
    }
  })

  test.each([
    ['the front page', '/admin/'],
    ['a list', '/admin/press/story/'],
    ['a row', '/admin/press/story/1/change/'],
  ])('who may only look: %s', async (_kind, path) => {
    const { page, complaints } = signedIn.reader as WatchedPage
    await page.goto(path)
    await inspect(page)
    expect(complaints).toEqual([])
  })
})

/** Axe finds nothing, wide and narrow. */
async function inspect(page: Page): Promise<void> {
  for (const viewport of [narrow, wide]) await inspectAt(page, viewport)
}

/** Axe finds nothing in light and dark, and nothing is wider than the window. */
async function inspectAt(page: Page, viewport: { width: number; height: number }): Promise<void> {
  await expectFits(page, viewport)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await expectAccessibleInBothThemes(page)
}
