import { expectAccessibleInBothThemes, expectFits } from '@nuages/test-browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ServedSite } from '../server/served-site.ts'
import { kindsOfPage, launchBrowser, narrow, openPage, wide, withoutBrowser } from './browser.ts'

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
      await using watched = await openPage(browser, { viewport: wide })
      const { page, complaints } = watched
      const response = await page.goto(site.address(path))
      await expectAccessibleInBothThemes(page)
      await expectFits(page, narrow)
      // The browser reports the status of a page that is not there as an error; nothing else may be one.
      expect(complaints).toEqual(response?.status() === 404 ? [expect.stringContaining('404')] : [])
    },
  )
})
