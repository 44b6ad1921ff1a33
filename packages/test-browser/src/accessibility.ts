import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Fails where axe finds something on the page as it stands. `rules: 'colours'` asks for those rules alone. */
export async function expectAccessible(
  page: Page,
  { rules = 'all' }: { rules?: 'all' | 'colours' } = {},
): Promise<void> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe)
  // Without resultTypes axe describes each of the thousand things that are right as well.
  const options = {
    resultTypes: ['violations'],
    ...(rules === 'colours' ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {}),
  }
  const { violations } = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as AxeResults
  expect(violations.map(({ id, nodes }) => [page.url(), id, ...nodes.map((node) => node.html)])).toEqual([])
}

/** The same in light and in dark, which differ in colours alone. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' })
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page, { rules: 'colours' })
}

/** Fails where the page has to be scrolled sideways in a window of that size, in CSS pixels, which it keeps. */
export async function expectFits(page: Page, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(size.width)
}
