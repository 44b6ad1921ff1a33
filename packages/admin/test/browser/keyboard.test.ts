import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, openPage, withoutBrowser } from './browser.ts'
import { Story } from './project/press/models.ts'
import { ServedAdmin } from './served-admin.ts'

/** Presses Tab until the focus is on what `selector` names. */
async function tabTo(page: Page, selector: string, limit = 60): Promise<void> {
  for (let count = 0; count < limit; count++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
  }
  throw new Error(`Tab did not reach ${selector} in ${limit} steps.`)
}

const options = (page: Page) => page.getByRole('listbox').getByRole('option')

describe.skipIf(withoutBrowser)('with the keyboard alone', () => {
  let site: ServedAdmin
  let browser: Browser
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([ServedAdmin.start(), launchBrowser()])
  })
  afterAll(async () => {
    await browser.close()
    await site[Symbol.asyncDispose]()
  })

  test('a story is written, with an author and tags that are searched for', async () => {
    await using watched = await openPage(browser, site, { user: 'root' })
    const { page, complaints } = watched
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('add story')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/press/story/add/')

    await tabTo(page, '.skip-link')
    await page.keyboard.press('Enter')
    await tabTo(page, '[name="title"]')
    await page.keyboard.type('Über die Föhnmauer')
    await tabTo(page, '#id_author')
    await page.keyboard.type('lindqvist')
    await options(page).filter({ hasText: 'Ada Lindqvist' }).waitFor()
    await page.keyboard.press('Enter')
    expect(await page.getByRole('combobox', { name: 'Author' }).inputValue()).toBe('Ada Lindqvist')

    await tabTo(page, '#id_section')
    await page.keyboard.type('Notes')
    await tabTo(page, '#id_tags')
    for (const tag of ['fog', 'snow']) {
      await page.keyboard.type(tag)
      await options(page).filter({ hasText: tag }).waitFor()
      await page.keyboard.press('Enter')
    }
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Control+s')
    await page.waitForURL('**/press/story/')
    await page.getByRole('status').filter({ hasText: 'Über die Föhnmauer' }).waitFor()

    const story = await Story.objects.selectRelated('author', 'section').get({ title: 'Über die Föhnmauer' })
    expect([story.slug, story.author.name, story.section.name]).toEqual([
      'uber-die-fohnmauer',
      'Ada Lindqvist',
      'Notes',
    ])
    expect((await story.tags).map(({ name }) => name)).toEqual(['fog'])
    expect(complaints).toEqual([])
  })

  test('a combobox brings page after page, is closed by Escape and cleared', async () => {
    await using watched = await openPage(browser, site, { user: 'root' })
    const { page } = watched
    await page.goto('/admin/press/story/1/change/')
    const author = page.getByRole('combobox', { name: 'Author' })
    const before = await author.inputValue()
    await author.focus()
    await page.keyboard.press('ArrowDown')
    await options(page).first().waitFor()
    const first = await options(page).count()
    for (let count = 0; count < first; count++) await page.keyboard.press('ArrowDown')
    await expect.poll(() => options(page).count()).toBeGreaterThan(first)
    await page.keyboard.press('Escape')
    expect(await author.getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('Tab')
    expect(await author.inputValue()).toBe(before)

    const editor = page.getByRole('combobox', { name: 'Editor' })
    await editor.focus()
    await page.keyboard.type('no such person')
    await page.getByRole('status').filter({ hasText: 'Nothing found' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    expect(await editor.inputValue()).toBe('')
  })

  test('"/" goes to the search, and Enter in a row never runs an action', async () => {
    await using watched = await openPage(browser, site, { user: 'root' })
    const { page } = watched
    await page.goto('/admin/press/story/')
    await page.keyboard.press('/')
    await page.keyboard.type('lighthouse')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/?q=lighthouse*')
    const address = page.url()
    const box = page.getByRole('checkbox', { name: /^Select The last lighthouse/ }).first()
    await box.focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    expect([await box.isChecked(), page.url()]).toEqual([true, address])
    await page.getByRole('status').filter({ hasText: '1 selected' }).waitFor()
  })

  test('after a mistake the focus is on what is wrong, and a link leads to the field', async () => {
    await using watched = await openPage(browser, site, { user: 'root' })
    const { page } = watched
    await page.goto('/admin/press/story/add/')
    await page.keyboard.press('Control+s')
    const summary = page.getByRole('alert')
    await summary.waitFor()
    await expect.poll(() => page.evaluate('document.activeElement.role')).toBe('alert')
    await tabTo(page, '.error-summary a')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.name')).toBe('title')
  })
})
