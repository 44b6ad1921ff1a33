import { openPage as openPlainPage, type WatchedPage } from '@nuages/test-browser'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { password } from './project/fill.ts'
import type { ServedAdmin } from './served-admin.ts'

export { launchBrowser, narrow, type WatchedPage, wide, withoutBrowser } from '@nuages/test-browser'

export interface OpenOptions extends BrowserContextOptions {
  /** Who signs in; nobody unless given. */
  readonly user?: 'root' | 'reader'
}

export async function openPage(browser: Browser, site: ServedAdmin, options: OpenOptions = {}): Promise<WatchedPage> {
  const { user, ...rest } = options
  const watched = await openPlainPage(browser, { ...rest, baseURL: site.address('/') })
  if (user !== undefined) await signIn(watched.page, user)
  return watched
}

export async function signIn(page: Page, user: string): Promise<void> {
  await page.goto('/admin/')
  await page.getByLabel('Username').fill(user)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.includes('/login/'))
}
