import { expectAccessibleInBothThemes, expectFits, withoutBrowser } from '@nuages/test-browser'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ServedPages } from './served-pages.ts'
import { logIn, mailedLink, password, signUp, states } from './states.ts'

describe.skipIf(withoutBrowser)(
  'the pages of users, in Chromium (needs /usr/bin/chromium)',
  { timeout: 120_000 },
  () => {
    let site: ServedPages
    beforeAll(async () => {
      site = await ServedPages.start()
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

    test('signing up, logging out, another password and logging in, by keyboard and without a script', {
      timeout: 240_000,
    }, async () => {
      await using watched = await site.open({ javaScriptEnabled: false })
      const { page, complaints } = watched
      await page.goto('/accounts/signup/')
      await typeInto(page, 'Email address', 'kim@example.com')
      await typeInto(page, 'Password', password)
      await typeInto(page, 'Password, again', password)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
      await page.goto(new URL(await mailedLink('kim@example.com')).pathname)
      expect(new URL(page.url()).pathname).toMatch(/\/confirm\/$/)
      await pressButton(page, 'Confirm and log in')
      await page.waitForURL('/')
      await page.goto('/members/')
      await page.getByRole('heading', { name: 'Hello, kim@example.com' }).waitFor()
      await pressButton(page, 'Log out')
      await page.getByRole('heading', { name: 'You are logged out' }).waitFor()

      await page.goto('/accounts/login/')
      await page.getByRole('link', { name: 'Forgotten your password?' }).click()
      await typeInto(page, 'Email address', 'kim@example.com')
      const before = await mailedLink('kim@example.com')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
      await expect.poll(() => mailedLink('kim@example.com')).not.toBe(before)
      await page.goto(new URL(await mailedLink('kim@example.com')).pathname)
      await typeInto(page, 'New password', 'battery staple 8')
      await typeInto(page, 'New password, again', 'battery staple 8')
      await page.keyboard.press('Enter')
      await page.getByRole('link', { name: 'Log in' }).click()
      await logIn(page, 'kim@example.com', password)
      await page.getByText('do not match').waitFor()
      await logIn(page, 'kim@example.com', 'battery staple 8')
      await page.waitForURL('/')
      expect(complaints).toEqual([])
    })

    test('who has no password comes back from the log-in that is asked of them', async () => {
      await using watched = await site.open({ javaScriptEnabled: false })
      const { page } = watched
      await states['log-in-again']!(page)
      await pressButton(page, 'Log out and in again')
      await page.waitForURL('/accounts/login/?next=/accounts/email_change/')
      expect(watched.complaints).toEqual([])
    })

    test('the token of a link is told to nobody: neither the address nor what a link sends along has it', async () => {
      await using watched = await site.open()
      const { page } = watched
      await signUp(page, 'lea@example.com')
      const link = new URL(await mailedLink('lea@example.com'))
      const token = link.pathname.split('/').at(-2)!
      const told: string[] = []
      page.on('request', (request) => {
        if (!request.url().includes(token)) told.push(JSON.stringify(request.headers()))
      })
      await page.goto(link.pathname)
      await page.getByRole('button', { name: 'Confirm and log in' }).waitFor()
      expect(page.url()).not.toContain(token)
      expect(told.length).toBeGreaterThan(0)
      expect(told.filter((headers) => headers.includes(token))).toEqual([])
      expect(await page.content()).not.toContain(token)
    })
  },
)

async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).focus()
  await page.keyboard.type(text)
}

/** By keyboard, as who has no mouse does. */
async function pressButton(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).focus()
  await page.keyboard.press('Enter')
}
