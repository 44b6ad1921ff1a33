import { createApplication } from '@nuages/core'
import { launchBrowser, openPage, type WatchedPage } from '@nuages/test-browser'
import { TestDatabase } from '@nuages/testing'
import { type Server, serve } from 'nuages/gateway'
import type { Browser, BrowserContextOptions } from 'playwright-core'
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
    const browser = await launchBrowser()
    return new ServedPages(await serve(application, { host: '127.0.0.1', port: 0 }), database, browser)
  }

  open(options: BrowserContextOptions = {}): Promise<WatchedPage> {
    return openPage(this.browser, { baseURL: new URL('/', this.#server.url).href, ...options })
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
