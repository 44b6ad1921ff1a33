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

  test.each(kindsOfPage)(
    '%s: accessible in light and dark, without complaints, fit for a phone',
    async (_kind, path) => {
      await using watched = await openPage(browser, { colorScheme: 'light', viewport: wide })
      const { page, complaints } = watched
      const response = await page.goto(site.address(path))
      await page.evaluate(axe)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const { violations } = (await page.evaluate('axe.run()')) as AxeResults
        expect(violations.map(({ id, nodes }) => [colorScheme, id, ...nodes.map((node) => node.html)])).toEqual([])
      }
      await page.setViewportSize(narrow)
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(narrow.width)
      // The browser reports the status of a page that is not there as an error; nothing else may be one.
      expect(complaints).toEqual(response?.status() === 404 ? [expect.stringContaining('404')] : [])
    },
  )
})
