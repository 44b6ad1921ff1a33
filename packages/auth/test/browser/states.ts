import { setTimeout } from 'node:timers/promises'
import { outbox } from '@nuages/mail'
import { SessionStore } from '@nuages/sessions'
import type { Page } from 'playwright-core'
import { linksIn } from '../links-in.ts'
import { Person } from '../project-by-address/models.ts'

export const password = 'correct horse 7'

/** Somebody who may log in. */
export async function account(email = 'ann@example.com'): Promise<Person> {
  return (await Person.objects.filter({ email }).first()) ?? (await Person.objects.createUser({ email, password }))
}

/** The link of the last mail, once it has come. */
export async function mailedLink(to: string): Promise<string> {
  for (let left = 100; left > 0; left--) {
    const mail = outbox.findLast((each) => each.to.includes(to))
    if (mail !== undefined) return linksIn(mail)[0]!
    await setTimeout(50)
  }
  throw new Error(`No mail has come to ${to}.`)
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

export async function logIn(page: Page, email = 'ann@example.com', secret = password): Promise<void> {
  await page.goto('/accounts/login/')
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password').fill(secret)
  await button(page, 'Log in').click()
}

export async function signUp(page: Page, email: string): Promise<void> {
  await page.goto('/accounts/signup/')
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Password, again').fill(password)
  await button(page, 'Sign up').click()
  await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
}

async function askForReset(page: Page): Promise<void> {
  await account()
  outbox.length = 0
  await page.goto('/accounts/password_reset/')
  await page.getByLabel('Email address').fill('ann@example.com')
  await button(page, 'Send me a link').click()
}

async function changeAddress(page: Page, newEmail: string): Promise<void> {
  await account()
  await logIn(page)
  await page.waitForURL('/')
  outbox.length = 0
  await page.goto('/accounts/email_change/')
  await page.getByLabel('New email address').fill(newEmail)
  await page.getByLabel('Password').fill(password)
  await button(page, 'Send me a link').click()
}

/** Logs somebody in who has no password, and did so long ago. */
async function logInLongAgo(page: Page, email: string): Promise<void> {
  const guest = await Person.objects.createUser({ email })
  const session = new SessionStore()
  await session.set('_auth_user_id', String(guest.pk))
  await session.set('_auth_user_backend', 'django.contrib.auth.backends.ModelBackend')
  await session.set('_auth_user_hash', guest.getSessionAuthHash())
  await session.set('_auth_login_time', 0)
  await session.save()
  await page.goto('/accounts/login/')
  await page.context().addCookies([{ name: 'sessionid', value: session.sessionKey!, url: new URL(page.url()).origin }])
}

/** How to bring each page about, by its name. */
export const states: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  login: (page) => page.goto('/accounts/login/'),
  'login-refused': async (page) => {
    await account()
    await logIn(page, 'ann@example.com', 'wrong')
    await page.getByText('do not match').waitFor()
  },
  'logged-out': async (page) => {
    await account()
    await logIn(page)
    await page.waitForURL('/')
    await page.goto('/members/')
    await button(page, 'Log out').click()
  },
  signup: (page) => page.goto('/accounts/signup/'),
  'signup-refused': async (page) => {
    await page.goto('/accounts/signup/')
    await page.getByLabel('Email address').fill('bob@example.com')
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByLabel('Password, again').fill('short')
    await button(page, 'Sign up').click()
    await page.getByText('too short').waitFor()
  },
  'signup-done': (page) => signUp(page, 'bob@example.com'),
  'signup-resend': (page) => page.goto('/accounts/signup/resend/'),
  'signup-verify': async (page) => {
    await signUp(page, 'cem@example.com')
    await page.goto(new URL(await mailedLink('cem@example.com')).pathname)
    await page.getByRole('heading', { name: 'Confirm your address' }).waitFor()
  },
  'signup-verify-elsewhere': async (page) => {
    await signUp(page, 'dee@example.com')
    await page.context().clearCookies()
    await page.goto(new URL(await mailedLink('dee@example.com')).pathname)
    await page.getByLabel('Password').waitFor()
  },
  'signup-verify-dead': (page) => page.goto('/accounts/signup/verify/MQ/x-y/'),
  'reset-form': (page) => page.goto('/accounts/password_reset/'),
  'reset-done': async (page) => {
    await askForReset(page)
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  },
  'reset-confirm': async (page) => {
    await askForReset(page)
    await page.goto(new URL(await mailedLink('ann@example.com')).pathname)
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor()
  },
  'reset-dead': (page) => page.goto('/accounts/reset/MQ/x-y/'),
  'reset-complete': (page) => page.goto('/accounts/reset/done/'),
  'password-change': async (page) => {
    await account()
    await logIn(page)
    await page.waitForURL('/')
    await page.goto('/accounts/password_change/')
  },
  'email-change': async (page) => {
    await account()
    await logIn(page)
    await page.waitForURL('/')
    await page.goto('/accounts/email_change/')
  },
  'log-in-again': async (page) => {
    await logInLongAgo(page, `guest${Date.now()}@example.com`)
    await page.goto('/accounts/email_change/')
    await page.getByRole('heading', { name: 'Log in again' }).waitFor()
  },
  'email-change-done': async (page) => {
    await changeAddress(page, 'anna@example.org')
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor()
  },
  'email-change-confirm': async (page) => {
    await changeAddress(page, 'anna@example.org')
    await page.goto(new URL(await mailedLink('anna@example.org')).pathname)
    await page.getByRole('heading', { name: 'Confirm your new address' }).waitFor()
  },
}
