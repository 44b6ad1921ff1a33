import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { password } from './project/fill.ts'
import type { ServedAdmin } from './served-admin.ts'

const executablePath = '/usr/bin/chromium'

/** Whether browser tests are left out. On CI they never are: without a browser they fail. */
export const withoutBrowser = !existsSync(executablePath) && process.env.CI !== 'true'

export const wide = { width: 1280, height: 800 }
export const narrow = { width: 390, height: 844 }

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
}

/** A page, and what the browser had to complain about: errors, warnings, and whatever the policy of the pages forbids. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page
  readonly complaints: readonly string[]
}

export interface OpenOptions extends BrowserContextOptions {
  /** Who signs in; nobody unless given. */
  readonly user?: 'root' | 'reader'
}

export async function openPage(browser: Browser, site: ServedAdmin, options: OpenOptions = {}): Promise<WatchedPage> {
  const { user, ...rest } = options
  const context = await browser.newContext({ viewport: wide, ...rest, baseURL: site.address('/') })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  if (user !== undefined) await signIn(page, user)
  return {
    page,
    complaints,
    async [Symbol.asyncDispose]() {
      await context.close()
    },
  }
}

export async function signIn(page: Page, user: string): Promise<void> {
  await page.goto('/admin/')
  await page.getByLabel('Username').fill(user)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.includes('/login/'))
}
