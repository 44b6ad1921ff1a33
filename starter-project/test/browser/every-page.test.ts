import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ServedSite } from '../server/served-site.ts'
import { kindsOfPage, launchBrowser, openPage, withoutBrowser } from './browser.ts'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const wide = { width: 1280, height: 800 }
const narrow = { width: 390, height: 844 }

describe.skipIf(withoutBrowser)('every page in Chromium (needs /usr/bin/chromium)', () => {
  let site: ServedSite
  let browser: Browser
  beforeAll(async () => {
    ;[site, browser] = await Promise.all([ServedSite.start(), launchBrowser()])
  })
  afterAll(async () => {
    await browser.close()
    await site[Symbol.asyncDispose]()
  })

  describe.each(kindsOfPage)('%s', (_kind, path) => {
    test.each(['light', 'dark'] as const)('is accessible and loads cleanly in %s colours', async (colorScheme) => {
      const { page, complaints } = await openPage(browser, { colorScheme, viewport: wide })
      const response = await page.goto(site.address(path))
      await page.evaluate(axe)
      const { violations } = (await page.evaluate('axe.run()')) as AxeResults
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([])
      // The browser reports the status of a page that is not there as an error; nothing else may be one.
      const expected = response?.status() === 404 ? [expect.stringContaining('404')] : []
      expect(complaints).toEqual(expected)
      await page.context().close()
    })

    test('fits a narrow screen', async () => {
      const { page } = await openPage(browser, { viewport: narrow })
      await page.goto(site.address(path))
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(narrow.width)
      await page.context().close()
    })
  })
})
