import { User } from '@nuages/auth'
import { createApplication, resetSetup, type Settings } from '@nuages/core'
import { launchBrowser, openPage, type WatchedPage } from '@nuages/test-browser'
import { TestDatabase } from '@nuages/testing'
import { auth } from 'nuages/auth'
import { contenttypes } from 'nuages/contenttypes'
import { type Server, serve } from 'nuages/gateway'
import { messages } from 'nuages/messages'
import { sessions } from 'nuages/sessions'
import { staticfiles } from 'nuages/staticfiles'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { usersessions } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

/** The page on a port of its own, as browsers see it, with the policies that are on unless a project says otherwise. */
export class ServedPage implements AsyncDisposable {
  readonly #server: Server
  readonly #database: TestDatabase
  readonly #browser: Browser

  private constructor(server: Server, database: TestDatabase, browser: Browser) {
    this.#server = server
    this.#database = database
    this.#browser = browser
  }

  static async start(): Promise<ServedPage> {
    const settings = projectSettings({
      debug: true,
      allowedHosts: [],
      installedApps: [staticfiles, contenttypes, sessions, auth, messages, usersessions],
    }) as Settings
    const database = await TestDatabase.create(settings)
    await database.reset()
    await User.objects.createUser({ username: 'ann', password: 'correct horse' })
    const application = await createApplication(settings)
    const browser = await launchBrowser()
    return new ServedPage(await serve(application, { host: '127.0.0.1', port: 0 }), database, browser)
  }

  /** A device on which ann has just logged in. */
  async logIn(options: BrowserContextOptions = {}): Promise<WatchedPage> {
    const watched = await openPage(this.#browser, { baseURL: new URL('/', this.#server.url).href, ...options })
    const { page } = watched
    await page.goto('/accounts/login/?next=/accounts/sessions/')
    await page.getByLabel('Username').fill('ann')
    await page.getByLabel('Password').fill('correct horse')
    await page.getByRole('button', { name: 'Log in', exact: true }).click()
    await page.waitForURL('/accounts/sessions/')
    return watched
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
    await this.#server.close({ timeoutMs: 1000 })
    await this.#database.close()
    await resetSetup()
  }
}
