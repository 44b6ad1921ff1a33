import { expectAccessibleInBothThemes, expectFits, withoutBrowser } from '@nuages/test-browser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { account, code, logIn, password, ServedSite, states } from './served-site.ts'

describe.skipIf(withoutBrowser)('the second factor in Chromium (needs /usr/bin/chromium)', { timeout: 180_000 }, () => {
  let site: ServedSite
  beforeAll(async () => {
    site = await ServedSite.start()
  })
  afterAll(() => site[Symbol.asyncDispose]())

  test.each(Object.entries(states))(
    '%s: nothing for axe to find, nothing against the policy, no scrolling sideways',
    async (_name, bring) => {
      await using watched = await site.open()
      const { page, complaints } = watched
      await bring(page)
      await expectAccessibleInBothThemes(page)
      await expectFits(page, { width: 320, height: 640 })
      expect(complaints).toEqual([])
    },
  )

  test('turning it on and logging in with it, by keyboard and without a script', async () => {
    await using watched = await site.open({ javaScriptEnabled: false })
    const { page, complaints } = watched
    await account('kim', false)
    await logIn(page, 'kim')
    await page.waitForURL('/')
    await page.goto('/accounts/two-factor/')
    await page.getByRole('link', { name: 'Turn it on' }).click()
    await page.getByText('Can you not scan it?').click()
    const secret = fromBase32((await page.locator('.secret').textContent())!.replaceAll(' ', ''))
    await page.getByLabel('Code', { exact: true }).fill(code(secret))
    await page.getByLabel('Your password').focus()
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
    const [recoveryCode] = await page.locator('.codes code').allTextContents()
    await page.getByRole('link', { name: 'I have kept them' }).click()
    await page.getByText('10 recovery codes left').waitFor()

    await page.context().clearCookies()
    await logIn(page, 'kim')
    // The field has the focus: who types at once types into it.
    await page.getByRole('heading', { name: 'Second step' }).waitFor()
    await page.getByRole('link', { name: 'Use a recovery code' }).click()
    await page.getByLabel('Recovery code').fill(recoveryCode!)
    await page.keyboard.press('Enter')
    await page.waitForURL('/')
    await page.goto('/accounts/two-factor/')
    await page.getByText('You have 9 recovery codes left.').waitFor()
    expect(complaints).toEqual([])
  })
})

function fromBase32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)))
}
