import { existsSync } from 'node:fs'
import { User } from '@nuages/auth'
import { createApplication, resetSetup, type Settings } from '@nuages/core'
import { TestDatabase } from '@nuages/testing'
import { auth } from 'nuages/auth'
import { contenttypes } from 'nuages/contenttypes'
import { type Server, serve } from 'nuages/gateway'
import { messages } from 'nuages/messages'
import { sessions } from 'nuages/sessions'
import { staticfiles } from 'nuages/staticfiles'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { usersessions } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

const executablePath = '/usr/bin/chromium'

/** Whether browser tests are left out. On CI they never are: without a browser they fail. */
export const withoutBrowser = !existsSync(executablePath) && process.env['CI'] !== 'true'

/** A page, and what the browser had to complain about: errors, and whatever the policy of the page forbids. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page
  readonly complaints: readonly string[]
}

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
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
    return new ServedPage(await serve(application, { host: '127.0.0.1', port: 0 }), database, browser)
  }

  /** A device on which ann has just logged in. */
  async logIn(options: BrowserContextOptions = {}): Promise<WatchedPage> {
    const context = await this.#browser.newContext({ baseURL: new URL('/', this.#server.url).href, ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto('/accounts/login/?next=/accounts/sessions/')
    await page.getByLabel('Username').fill('ann')
    await page.getByLabel('Password').fill('correct horse')
    await page.getByRole('button', { name: 'Log in', exact: true }).click()
    await page.waitForURL('/accounts/sessions/')
    return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
    await this.#server.close({ timeoutMs: 1000 })
    await this.#database.close()
    await resetSetup()
  }
}
