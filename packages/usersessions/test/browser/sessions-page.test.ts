import { expectAccessible, narrow, withoutBrowser } from '@nuages/test-browser'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UserSession } from '../../src/index.ts'
import { ServedPage } from './served-page.ts'

const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

/** To look at: `SHOTS=folder` keeps a picture of each state. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS']
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

describe.skipIf(withoutBrowser)('the page in Chromium (needs /usr/bin/chromium)', { timeout: 120_000 }, () => {
  let site: ServedPage
  beforeAll(async () => {
    site = await ServedPage.start()
  })
  afterAll(() => site[Symbol.asyncDispose]())

  test('ends one device, then all others, on a wide screen and a phone, in light and dark', async () => {
    await using other = await site.logIn({ userAgent: safari, viewport: narrow })
    await using third = await site.logIn({ userAgent: 'curl/8.14.1' })
    await using here = await site.logIn()
    const { page } = here
    await UserSession.objects.filter({ userAgent: safari }).update({ address: '2001:db8:85a3:8d3:1319:8a2e:370:7348' })
    await page.reload()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expectAccessible(page)
      await shot(page, `three-wide-${colorScheme}`)
    }
    const items = page.getByRole('listitem')
    expect(await items.count()).toBe(3)
    expect(await items.first().textContent()).toMatch(/Chrome on Linux\s+this device/)
    await page.getByRole('button', { name: /^Log out: curl/ }).click()
    await page.getByText('curl was logged out.').waitFor()
    await expectAccessible(page)
    await shot(page, 'one-ended')
    await third.page.reload()
    expect(new URL(third.page.url()).pathname).toBe('/accounts/login/')

    for (const colorScheme of ['light', 'dark'] as const) {
      await other.page.emulateMedia({ colorScheme })
      await other.page.reload()
      expect(await other.page.evaluate('document.documentElement.scrollWidth')).toBe(narrow.width)
      await expectAccessible(other.page)
      await shot(other.page, `phone-${colorScheme}`)
    }
    await page.getByRole('button', { name: 'Log out all other devices' }).click()
    await page.getByText('One other device was logged out.').waitFor()
    await page.getByText('You are logged in nowhere else.').waitFor()
    await shot(page, 'alone')
    await other.page.reload()
    expect(new URL(other.page.url()).pathname).toBe('/accounts/login/')
    for (const { complaints } of [here, other, third]) expect(complaints).toEqual([])
  })

  test('works without scripts', async () => {
    await using other = await site.logIn({ userAgent: safari })
    await using here = await site.logIn({ javaScriptEnabled: false })
    await here.page.getByRole('button', { name: 'Log out all other devices' }).click()
    await here.page.getByText(/logged out\./).waitFor()
    await other.page.reload()
    expect(new URL(other.page.url()).pathname).toBe('/accounts/login/')
    expect(here.complaints).toEqual([])
  })
})
