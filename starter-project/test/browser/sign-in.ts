import type { Page } from 'playwright-core'

/** Signs in on the site's own page. */
export async function signIn(page: Page, account: { email: string; password: string }): Promise<void> {
  await page.goto('/accounts/login/')
  await page.getByLabel('Email address').fill(account.email)
  await page.getByLabel('Password').fill(account.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByText('Logged in as').waitFor()
}
