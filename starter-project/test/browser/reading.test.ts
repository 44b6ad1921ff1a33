import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ServedSite } from '../server/served-site.ts'
import { launchBrowser, openPage, type WatchedPage, withoutBrowser } from './browser.ts'

describe.skipIf(withoutBrowser)('a reader in Chromium (needs /usr/bin/chromium)', () => {
  let site: ServedSite
  let browser: Browser
  let watched: WatchedPage
  let page: Page
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([ServedSite.start(), launchBrowser()])
  })
  beforeEach(async () => {
    watched = await openPage(browser, { colorScheme: 'light' })
    page = watched.page
  })
  afterEach(async () => {
    await watched[Symbol.asyncDispose]()
    expect(watched.complaints).toEqual([])
  })
  afterAll(async () => {
    await browser.close()
    await site[Symbol.asyncDispose]()
  })

  const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent.trim()')
  const choose = (name: string): Promise<unknown> =>
    Promise.all([page.waitForEvent('load'), page.getByRole('button', { name }).click()])
  const says = (text: string): Promise<void> => page.getByRole('status').filter({ hasText: text }).waitFor()
  const background = (): Promise<string> => page.evaluate('getComputedStyle(document.body).backgroundColor')

  test('finds the way from the front page to a post, its tag and its author', async () => {
    await page.goto(site.address('/'))
    await page.getByRole('link', { name: 'Instructions for borrowing a barometer' }).click()
    await page.getByRole('heading', { level: 1, name: 'Instructions for borrowing a barometer' }).waitFor()
    await page.getByRole('link', { name: 'Instruments' }).click()
    await page.getByRole('heading', { level: 1, name: 'Instruments' }).waitFor()
    await page.getByRole('link', { name: 'Idris Calloway' }).first().click()
    await page.waitForURL('**/authors/idris-calloway/')
  })

  test('turns the pages of the list, forward and back', async () => {
    await page.goto(site.address('/'))
    await page.getByRole('link', { name: 'Older' }).click()
    await page.getByRole('heading', { level: 1, name: 'All posts, page 2' }).waitFor()
    expect(await page.getByRole('link', { name: 'Page 2' }).getAttribute('aria-current')).toBe('page')
    expect(await page.getByRole('article').count()).toBe(10)
    await page.getByRole('link', { name: 'Newer' }).click()
    await page.waitForURL('**/?page=1')
  })

  test('moves by keyboard: past the menu, and through it', async () => {
    await page.goto(site.address('/about/'))
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to content')
    await page.keyboard.press('Enter')
    await page.locator('#content:focus').waitFor()
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('archive')

    await page.goto(site.address('/about/'))
    for (const name of ['Skip to content', 'Mackerel Sky', 'Posts', 'Archive']) {
      await page.keyboard.press('Tab')
      expect(await focused()).toBe(name)
    }
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Archive' }).waitFor()
    expect(await page.getByRole('link', { name: 'Archive', exact: true }).getAttribute('aria-current')).toBe('page')
  })

  test('comments by keyboard', async () => {
    await page.goto(site.address('/posts/counting-oktas/'))
    await page.getByLabel('Name').focus()
    for (const text of ['Rósa', 'rosa@example.org', 'Eight, today.']) {
      await page.keyboard.type(text)
      await page.keyboard.press('Tab')
    }
    expect(await focused()).toBe('Send')
    await page.keyboard.press('Enter')
    await says('Thank you. Your comment is shown once somebody has read it.')
    expect(await page.getByText('Eight, today.').count()).toBe(0)
  })

  test('searches from the head of any page', async () => {
    await page.goto(site.address('/tags/'))
    await page.getByRole('searchbox', { name: 'Search posts' }).fill('barometer <b>')
    await page.keyboard.press('Enter')
    await says('nothing matches “barometer <b>”')
    await page.getByRole('searchbox', { name: 'Words in the title or the text' }).fill('wind rose')
    await page.keyboard.press('Enter')
    await says('for “wind rose”')
    expect(await page.getByRole('link', { name: 'The wind rose on the shed' }).count()).toBe(1)
  })

  test('chooses colours, which stay, and stays on the page', async () => {
    await page.goto(site.address('/search/?q=fog'))
    const light = await background()
    await choose('Dark')
    expect(page.url()).toBe(site.address('/search/?q=fog'))
    const dark = await background()
    expect(dark).not.toBe(light)
    expect(await page.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed')).toBe('true')
    await page.goto(site.address('/about/'))
    expect(await background()).toBe(dark)
    await choose('Auto')
    expect(await background()).toBe(light)
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await background()).toBe(dark)
  })

  test('goes through the archive', async () => {
    await page.goto(site.address('/archive/'))
    await page.getByRole('link', { name: /^Mar.*2026: 3 posts$/ }).click()
    await page.getByRole('heading', { level: 1, name: 'March 2026' }).waitFor()
    await page.getByRole('link', { name: '2026', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '2026' }).waitFor()
    await page.getByRole('link', { name: 'Hangul for rain' }).click()
    expect(await page.getByText('이슬비').first().isVisible()).toBe(true)
  })
})
