import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, openPage, withoutBrowser } from './browser.ts'
import { picture } from './project/picture.ts'
import { Author, Comment, Story } from './project/press/models.ts'
import { ServedAdmin } from './served-admin.ts'

describe.skipIf(withoutBrowser)('what the scripts add', () => {
  let site: ServedAdmin
  let browser: Browser
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([ServedAdmin.start(), launchBrowser()])
  })
  afterAll(async () => {
    await browser.close()
    await site[Symbol.asyncDispose]()
  })

  async function open(path: string) {
    const watched = await openPage(browser, site, { user: 'root' })
    await watched.page.goto(path)
    return watched
  }

  test('rows of an inline are added, taken back, numbered anew and deleted', async () => {
    await using watched = await open('/admin/press/story/1/change/')
    const { page, complaints } = watched
    const comments = page.getByRole('region', { name: 'Comments' })
    const rows = comments.locator('[data-inline-row]')
    expect(await rows.count()).toBe(2)
    await comments.getByRole('button', { name: 'Add comment' }).click()
    expect(await page.evaluate('document.activeElement.name')).toBe('comments-2-name')
    await page.keyboard.type('One')
    await comments.getByRole('button', { name: 'Add comment' }).click()
    await page.keyboard.type('Two')
    await page.locator('[name="comments-3-body"]').fill('Kept.')
    await comments.getByRole('button', { name: 'Remove this comment' }).first().click()
    expect(await page.locator('[name="comments-2-name"]').inputValue()).toBe('Two')
    await comments.getByRole('checkbox', { name: 'Delete' }).first().check()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.waitForURL('**/press/story/')
    const left = await Comment.objects.filter({ story__id: 1 }).orderBy('id')
    expect(left.map(({ name }) => name)).toEqual(['Bo', 'Two'])
    expect(complaints).toEqual([])
  })

  test('the link to a related row follows the choice, whatever its key', async () => {
    await using watched = await open('/admin/press/story/1/change/')
    const { page } = watched
    const hrefs = await page.evaluate(`['7', 'a/b_41%', '..'].map((key) => {
      const link = document.querySelector('[data-related="change"]')
      const box = document.getElementById(link.dataset.for)
      const input = box.closest('[data-autocomplete]')?.querySelector('input[type="hidden"]') ?? box
      input.value = key
      input.dispatchEvent(new Event('change', { bubbles: true }))
      return link.pathname.split('/').at(-3)
    })`)
    expect(hrefs).toEqual(['7', 'a_2Fb_5F41_25', '_2E_2E'])
  })

  test('the slug follows the title until it is written by hand', async () => {
    await using watched = await open('/admin/press/story/add/')
    const { page } = watched
    await page.getByLabel('Title').pressSequentially('Æther & Straße')
    expect(await page.getByLabel('Slug').inputValue()).toBe('aether-strasse')
    await page.getByLabel('Slug').press('End')
    await page.keyboard.type('-x')
    await page.getByLabel('Title').press('End')
    await page.keyboard.type(' again')
    expect(await page.getByLabel('Slug').inputValue()).toBe('aether-strasse-x')
  })

  test('an image is seen before it is sent, and what was typed is not left without a question', async () => {
    await using watched = await open('/admin/press/story/2/change/')
    const { page } = watched
    const questions: string[] = []
    page.on('dialog', (dialog) => {
      questions.push(dialog.type())
      void dialog.accept()
    })
    await page
      .getByLabel('Cover')
      .setInputFiles({ name: 'sky.png', mimeType: 'image/png', buffer: Buffer.from(picture()) })
    await expect.poll(() => page.evaluate('document.querySelector("img.preview")?.naturalWidth')).toBe(320)
    await page.goto('/admin/')
    expect(questions).toEqual(['beforeunload'])
  })

  test('an author is added in a window of its own, and chosen', async () => {
    await using watched = await open('/admin/press/story/add/')
    const { page } = watched
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Add another author', exact: true }).click(),
    ])
    await popup.getByLabel('Name').fill('Brand New')
    await Promise.all([popup.waitForEvent('close'), popup.getByRole('button', { name: 'Save', exact: true }).click()])
    await expect.poll(() => page.getByRole('combobox', { name: 'Author' }).inputValue()).toBe('Brand New')
    const author = await Author.objects.get({ name: 'Brand New' })
    expect(await page.locator('[name="author"]').inputValue()).toBe(String(author.id))
  })

  test('of two who edit a story, the second is told, keeps what was entered, and may overwrite', async () => {
    await using first = await open('/admin/press/story/5/change/')
    await using second = await open('/admin/press/story/5/change/')
    const title = (page: Page) => page.getByRole('textbox', { name: 'Title' })
    await title(first.page).fill('The first')
    await title(second.page).fill('The second')
    await first.page.keyboard.press('Control+s')
    await first.page.waitForURL('**/press/story/')
    await second.page.keyboard.press('Control+s')
    await second.page.getByRole('alert').filter({ hasText: 'The first' }).waitFor()
    expect(await title(second.page).inputValue()).toBe('The second')
    expect((await Story.objects.get({ id: 5 })).title).toBe('The first')
    await second.page.getByRole('button', { name: 'Save over the other changes' }).click()
    await second.page.waitForURL('**/press/story/')
    expect((await Story.objects.get({ id: 5 })).title).toBe('The second')
  })

  test('every row of the page is chosen, and then of all pages', async () => {
    await using watched = await open('/admin/press/story/')
    const { page } = watched
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    await page.getByRole('status').filter({ hasText: '10 selected' }).waitFor()
    await page.getByRole('checkbox', { name: /all/ }).nth(1).check()
    await page.getByRole('button', { name: 'Publish' }).click()
    await page.getByRole('status').filter({ hasText: 'stories are published' }).waitFor()
    expect(await Story.objects.exclude({ status: 'published' }).count()).toBe(0)
  })

  test('columns are edited in the list, and counted', async () => {
    await using watched = await open('/admin/press/comment/')
    const { page } = watched
    const box = page.getByRole('checkbox', { name: /^Approved: Bo/ }).first()
    await box.check()
    await page.getByText('1 row changed').waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page
      .getByRole('status')
      .filter({ hasText: /changed/i })
      .first()
      .waitFor()
    expect(await Comment.objects.filter({ name: 'Bo', isApproved: true }).count()).toBe(1)
  })

  test('the theme changes at once and stays; a message goes', async () => {
    await using watched = await open('/admin/')
    const { page } = watched
    await page.getByRole('button', { name: 'Dark' }).click()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.goto('/admin/press/story/3/change/')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    expect(await page.locator('.messages').count()).toBe(0)
  })
})
