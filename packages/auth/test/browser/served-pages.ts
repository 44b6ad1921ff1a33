import { createApplication } from '@nuages/core'
import { TestDatabase } from '@nuages/testing'
import { type Server, serve } from 'nuages/gateway'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import settings from './project.ts'

/** The pages of users on a port of their own, with a fresh database. */
export class ServedPages implements AsyncDisposable {
  readonly #server: Server
  readonly #database: TestDatabase
  readonly browser: Browser

  private constructor(server: Server, database: TestDatabase, browser: Browser) {
    this.#server = server
    this.#database = database
    this.browser = browser
  }

  static async start(): Promise<ServedPages> {
    const database = await TestDatabase.create(settings)
    await database.reset()
    const application = await createApplication(settings)
    const browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    })
    return new ServedPages(await serve(application, { host: '127.0.0.1', port: 0 }), database, browser)
  }

  async open(options: BrowserContextOptions = {}): Promise<WatchedPage> {
    const context = await this.browser.newContext({ baseURL: new URL('/', this.#server.url).href, ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(45_000)
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
  }

  async reset(): Promise<void> {
    await this.#database.reset()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close()
    await this.#server.close({ timeoutMs: 1000 })
    await this.#database.close()
  }
}

/** A page, and what the browser had to complain about: errors, and whatever the policy of the pages forbids. */
export interface WatchedPage extends AsyncDisposable {
  readonly page: Page
  readonly complaints: readonly string[]
}
