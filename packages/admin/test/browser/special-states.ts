import type { Page } from 'playwright-core'
import { narrow } from './browser.ts'

/** Pages that have to be brought about first, by their name in the pictures. */
export const specialStates: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async 'list-selected'(page) {
    await page.goto('/admin/press/story/')
    for (const index of [1, 2, 4]) await page.locator('.row-select').nth(index).check()
  },
  async 'list-filters'(page) {
    await page.goto('/admin/press/story/')
    const button = page.getByRole('button', { name: 'Filters', exact: true })
    if (await button.isVisible()) await button.click()
    else await page.getByText('Published', { exact: true }).last().scrollIntoViewIfNeeded()
  },
  async menu(page) {
    await page.goto('/admin/press/')
    const button = page.getByRole('button', { name: 'Menu' })
    if (await button.isVisible()) await button.click()
    else {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Jump to' }).fill('st')
    }
  },
  async autocomplete(page) {
    await page.goto('/admin/press/story/1/change/')
    await page.getByRole('combobox', { name: 'Author' }).click()
    await page.getByRole('option').first().waitFor()
    await page.keyboard.type('corr')
    await page.getByRole('option').first().filter({ hasText: 'Correspondent' }).waitFor()
    await page.keyboard.press('ArrowDown')
  },
  async inlines(page) {
    await page.goto('/admin/press/story/1/change/')
    await page.getByRole('button', { name: 'Add comment' }).click()
    await page.getByRole('region', { name: 'Comments' }).getByRole('checkbox', { name: 'Delete' }).first().check()
    await page.getByRole('heading', { name: 'Comments' }).evaluate((element) => element.scrollIntoView())
  },
  async errors(page) {
    await page.goto('/admin/press/story/1/change/')
    await page.getByRole('textbox', { name: 'Title' }).fill('')
    await page.getByRole('textbox', { name: 'Slug' }).fill('not a slug')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('alert').waitFor()
    await page.waitForLoadState()
  },
  async conflict(page) {
    const key = page.viewportSize()?.width === narrow.width ? 4 : 3
    const other = await page.context().newPage()
    for (const [sheet, title] of [
      [page, 'A rain gauge with principles'],
      [other, 'A rain gauge without any'],
    ] as const) {
      await sheet.goto(`/admin/press/story/${key}/change/`)
      await sheet.getByRole('textbox', { name: 'Title' }).fill(title)
    }
    await other.getByRole('button', { name: 'Save', exact: true }).click()
    await other.waitForURL('**/press/story/')
    await other.close()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('alert').waitFor()
    await page.waitForLoadState()
  },
  async saved(page) {
    await page.goto('/admin/press/story/2/change/')
    await page.getByRole('textbox', { name: 'Standfirst' }).fill(`Written at ${Date.now()}`)
    await page.keyboard.press('Control+s')
    await page.getByRole('status').first().waitFor()
    await page.waitForLoadState()
  },
  async 'action-confirmation'(page) {
    await page.goto('/admin/press/author/')
    for (const index of [0, 3]) await page.locator('.row-select').nth(index).check()
    await page.getByRole('button', { name: /^Delete/ }).click()
    await page.getByText('What').first().waitFor()
  },
}
