import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, narrow, openPage, wide, withoutBrowser } from './browser.ts'
import { picture } from './project/picture.ts'
import { Comment, Story } from './project/press/models.ts'
import { ServedAdmin } from './served-admin.ts'

const sky = { name: 'sky.png', mimeType: 'image/png', buffer: Buffer.from(picture()) }
const titles = (page: Page) => page.locator('.results tbody th').allTextContents()

describe.skipIf(withoutBrowser).each([
  ['1280', wide],
  ['390', narrow],
])('without JavaScript, %s pixels wide', (_name, viewport) => {
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
    const watched = await openPage(browser, site, { user: 'root', viewport, javaScriptEnabled: false })
    await watched.page.goto(path)
    return watched
  }

  async function openFilters(page: Page): Promise<void> {
    if (viewport === narrow) await page.getByRole('button', { name: 'Filters', exact: true }).click()
  }

  test('the list is searched, filtered, sorted and paged', async () => {
    await using watched = await open('/admin/press/story/')
    const { page, complaints } = watched
    await page.getByRole('searchbox').fill('umbrella')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/?q=umbrella')
    expect((await titles(page)).every((title) => title.includes('umbrella'))).toBe(true)
    await page.getByRole('link', { name: 'Search: umbrella Remove' }).click()

    await openFilters(page)
    await page.getByRole('complementary', { name: 'Filters' }).getByRole('link', { name: 'In review' }).click()
    await page.getByRole('link', { name: /Status: In review/ }).waitFor()
    const total = await Story.objects.filter({ status: 'review' }).count()
    expect(await page.locator('.toolbar .count').textContent()).toContain(String(total))

    if (viewport === wide) {
      await page.getByRole('columnheader', { name: 'Words' }).getByRole('link').click()
    } else {
      await openFilters(page)
      await page.getByText('Sort by').click()
      await page.locator('.sort-choices').getByRole('link', { name: 'Words' }).click()
    }
    const shortest = await Story.objects.filter({ status: 'review' }).orderBy('words').first()
    expect((await titles(page))[0]).toBe(shortest?.title)

    await page.goto('/admin/press/story/')
    await page.getByRole('link', { name: 'Next page' }).click()
    await page.getByRole('link', { name: 'Page 2' }).and(page.locator('[aria-current="page"]')).waitFor()
    expect(complaints).toEqual([])
  })

  test('a story is added with two comments and an image, its mistakes put right first', async () => {
    await using watched = await open('/admin/press/story/add/')
    const { page, complaints } = watched
    await page.getByRole('textbox', { name: 'Title' }).fill('Snow without a script')
    await page.getByRole('textbox', { name: 'Author' }).fill('1')
    await page.locator('[name="comments-0-name"]').fill('Maren')
    await page.locator('[name="comments-0-body"]').fill('First.')
    await page.locator('[name="comments-1-name"]').fill('Bo')
    await page.getByRole('button', { name: 'Save', exact: true }).click()

    const summary = page.getByRole('alert')
    await summary.getByRole('link', { name: /Slug/ }).waitFor()
    expect(await page.locator('[name="comments-0-body"]').inputValue()).toBe('First.')
    await page.getByRole('textbox', { name: 'Slug' }).fill('snow-without-a-script')
    await page.locator('[name="comments-1-body"]').fill('Second.')
    await page.getByLabel('Cover').setInputFiles(sky)
    await page.getByRole('combobox', { name: 'Section' }).selectOption('Notes')
    await page.getByRole('textbox', { name: 'Tags' }).fill('1,2')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('status').filter({ hasText: 'Snow without a script' }).waitFor()

    const story = await Story.objects.get({ slug: 'snow-without-a-script' })
    expect([story.cover?.name, await story.tags.count()]).toEqual(['covers/sky.png', 2])
    expect(await Comment.objects.filter({ story }).count()).toBe(2)
    expect(complaints).toEqual([])
  })

  test('rows are chosen, published and deleted', async () => {
    await using watched = await open('/admin/press/story/?q=lighthouse')
    const { page } = watched
    const boxes = page.getByRole('checkbox', { name: /^Select The last lighthouse/ })
    const count = await boxes.count()
    for (let index = 0; index < count; index++) await boxes.nth(index).check()
    await page.getByRole('button', { name: 'Publish' }).click()
    await page
      .getByRole('status')
      .filter({ hasText: `${count} stories are published` })
      .waitFor()

    await boxes.first().check()
    await page.getByRole('button', { name: /^Delete/ }).click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('button', { name: /delete/i }).click()
    await page
      .getByRole('status')
      .filter({ hasText: /deleted/i })
      .waitFor()
    expect(await Story.objects.filter({ title__startswith: 'The last lighthouse' }).count()).toBe(count - 1)
  })

  test('a story is deleted with its comments, and its history is read', async () => {
    await using watched = await open('/admin/press/story/1/change/')
    const { page } = watched
    await page.getByRole('textbox', { name: 'Title' }).fill('A gauge')
    if (viewport === narrow) await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('button', { name: 'Save and continue editing' }).click()
    await page.getByRole('link', { name: 'History' }).click()
    await page.getByText('A rain gauge with a conscience').first().waitFor()
    expect(await page.locator('.changes ins').first().textContent()).toContain('A gauge')

    await page.goto('/admin/press/story/1/change/')
    if (viewport === narrow) await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('link', { name: 'Delete', exact: true }).click()
    await page.getByText('Maren: I like the part').waitFor()
    await page.getByRole('button', { name: 'Yes, delete' }).click()
    await page.waitForURL('**/press/story/')
    expect(await Story.objects.filter({ id: 1 }).exists()).toBe(false)
    expect(await Comment.objects.filter({ story__id: 1 }).exists()).toBe(false)
  })

  test('the theme is chosen and stays', async () => {
    await using watched = await open('/admin/')
    const { page } = watched
    if (viewport === narrow) await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('button', { name: 'Dark' }).click()
    await page.goto('/admin/press/')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
  })
})
