import { expectAccessibleInBothThemes, expectFits } from '@nuages/test-browser'
import { codeAt } from 'nuages/twofactor'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ServedSite } from '../server/served-site.ts'
import { launchBrowser, narrow, openPage, type WatchedPage, wide, withoutBrowser } from './browser.ts'

const email = 'ines@example.com'
const firstPassword = 'cirrus over the harbour'
const secondPassword = 'fog until the afternoon'

/** RFC 4648 §6, as an app reads what was typed into it. */
function fromBase32(text: string): Uint8Array {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...text.replaceAll(/\s/g, '')].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
  return Uint8Array.from(bits.join('').match(/.{8}/g)!, (byte) => Number.parseInt(byte, 2))
}

describe.skipIf(withoutBrowser)('an account, from sign-up on, in Chromium (needs /usr/bin/chromium)', () => {
  let site: ServedSite
  let browser: Browser
  let watched: WatchedPage
  let page: Page
  const recoveryCodes: string[] = []

  beforeAll(async () => {
    ;[site, browser] = await Promise.all([ServedSite.start({ debug: true }), launchBrowser()])
    watched = await openPage(browser, { viewport: wide, baseURL: site.url.href })
    page = watched.page
  })
  afterAll(async () => {
    await browser.close()
    await site[Symbol.asyncDispose]()
  })

  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
  const press = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name }).click()

  async function logIn(on: Page, password: string): Promise<void> {
    await on.goto('/accounts/login/')
    await on.getByLabel('Email address').fill(email)
    await on.getByLabel('Password').fill(password)
    await on.getByRole('main').getByRole('button', { name: 'Log in' }).click()
  }

  /** Sound in both colours and on a phone; then the screen is wide again. */
  async function sound(): Promise<void> {
    await expectAccessibleInBothThemes(page)
    await expectFits(page, narrow)
    await page.setViewportSize(wide)
  }

  test('signs up, and is told to look into the mail', async () => {
    await page.goto('/accounts/login/')
    await sound()
    await page.getByRole('link', { name: 'Sign up' }).click()
    await heading('Sign up')
    await page.getByLabel('Email address').fill(email)
    await page.getByLabel('Password', { exact: true }).fill('password')
    await page.getByLabel('Password, again').fill('password')
    await press('Sign up')
    await page.locator('.errorlist').first().waitFor()
    await sound()
    await page.getByLabel('Password', { exact: true }).fill(firstPassword)
    await page.getByLabel('Password, again').fill(firstPassword)
    await press('Sign up')
    await heading('Look into your mail')
    await sound()
  })

  test('cannot log in before the address is confirmed', async () => {
    await logIn(page, firstPassword)
    await page.locator('.errorlist').first().waitFor()
    expect(await page.getByText('Logged in as').count()).toBe(0)
  })

  test('confirms the address by the link, which works once', async () => {
    const link = await site.mails.link(email, 'Confirm')
    await page.goto(link)
    await heading('Confirm your address')
    await sound()
    await press('Confirm and log in')
    await page.getByText('Logged in as').waitFor()
    await page.goto(link)
    await heading('This link does not work')
  })

  test('turns the second factor on, and keeps the recovery codes', async () => {
    await page.getByRole('link', { name: 'Account' }).click()
    await heading('Your account')
    await sound()
    await page.getByRole('link', { name: 'Second factor' }).click()
    await page.getByRole('link', { name: 'Turn it on' }).click()
    await heading('Turn the second factor on')
    await sound()
    await page.getByText('Can you not scan it?').click()
    const secret = fromBase32((await page.locator('.secret').textContent())!)
    await page.getByRole('textbox', { name: /code/i }).fill(codeAt(secret, Date.now()))
    await page.getByLabel('Your password').fill(firstPassword)
    await press('Turn it on')
    await heading('Your recovery codes')
    await sound()
    recoveryCodes.push(...(await page.locator('.codes code').allTextContents()))
    expect(recoveryCodes).toHaveLength(10)
  })

  test('logs in with the password and a code of the app', async () => {
    await page.getByRole('banner').getByRole('button', { name: 'Log out' }).click()
    await logIn(page, firstPassword)
    await heading('Second step')
    await sound()
    await page.goto('/accounts/')
    expect(new URL(page.url()).pathname).toBe('/accounts/login/')
    await logIn(page, firstPassword)
    await page.getByRole('textbox', { name: /code/i }).fill('000000')
    await press('Go on')
    await page.locator('.errorlist').first().waitFor()
    await page.getByRole('link', { name: 'Use a recovery code' }).click()
    await page.getByRole('textbox', { name: /code/i }).fill(recoveryCodes[0]!)
    await press('Go on')
    await page.getByText('Logged in as').waitFor()
  })

  test('sees both devices; a new password logs the other one out', async () => {
    await using other = await openPage(browser, { viewport: wide, baseURL: site.url.href })
    await logIn(other.page, firstPassword)
    await other.page.getByRole('link', { name: 'Use a recovery code' }).click()
    await other.page.getByRole('textbox', { name: /code/i }).fill(recoveryCodes[1]!)
    await other.page.getByRole('main').getByRole('button', { name: 'Go on' }).click()
    await other.page.getByText('Logged in as').waitFor()

    await page.goto('/accounts/sessions/')
    expect(await page.locator('.sessions > li').count()).toBe(2)
    await sound()
    await page.goto('/accounts/password_change/')
    await page.getByLabel('Current password').fill(firstPassword)
    await page.getByLabel('New password', { exact: true }).fill(secondPassword)
    await page.getByLabel('New password, again').fill(secondPassword)
    await press(/change/i)
    await page.getByRole('heading', { level: 1, name: /password/i }).waitFor()

    await other.page.goto('/accounts/')
    expect(new URL(other.page.url()).pathname).toBe('/accounts/login/')
    await page.goto('/accounts/sessions/')
    await page.getByText('You are logged in nowhere else.').waitFor()
  })

  test('a script of the page posts with the token of the cookie, and not without', async () => {
    const post = (headers: string) =>
      page.evaluate(
        `fetch('/accounts/logout/', { method: 'POST', headers: ${headers}, redirect: 'manual' }).then((answer) => answer.status)`,
      )
    await page.goto('/accounts/')
    expect(await post('{}')).toBe(403)
    expect(await post('{ "X-CSRFToken": "a".repeat(64) }')).toBe(403)
    expect(await post(`{ 'X-CSRFToken': /csrftoken=([^;]+)/.exec(document.cookie)[1] }`)).toBe(200)
    await page.goto('/accounts/')
    expect(new URL(page.url()).pathname).toBe('/accounts/login/')
  })

  test('wrong passwords are counted, and the right one waits as well', async () => {
    for (let guess = 1; guess <= 10; guess++) await logIn(page, `guess ${guess}`)
    await logIn(page, secondPassword)
    expect(await page.locator('.errorlist').first().textContent()).toMatch(/too many/i)
    await sound()
  })

  test('chooses another password by a link in a mail', async () => {
    await page.goto('/accounts/login/')
    await page.getByRole('link', { name: 'Forgotten your password?' }).click()
    await page.getByLabel('Email').fill(email)
    await sound()
    await press('Send me a link')
    await page.goto(await site.mails.link(email, 'password'))
    await sound()
    for (const field of await page.locator('main input[type=password]').all()) await field.fill('a third of the sky')
    await page.locator('main form button').click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await sound()
  })

  test('the browser complained of nothing but of what was refused', () => {
    expect(watched.complaints.filter((complaint) => !/status of (403|429)/.test(complaint))).toEqual([])
  })
})
