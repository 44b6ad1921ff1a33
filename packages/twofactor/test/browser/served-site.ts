import { argon2Hasher, auth, authUrls, User } from '@nuages/auth'
import { createApplication, defineSettings } from '@nuages/core'
import { HttpResponse } from '@nuages/http'
import { messages } from '@nuages/messages'
import { sessions } from '@nuages/sessions'
import { launchBrowser, openPage, type WatchedPage } from '@nuages/test-browser'
import { TestDatabase } from '@nuages/testing'
import { include, path } from '@nuages/urls'
import { TemplateView } from '@nuages/views'
import { type Server, serve } from 'nuages/gateway'
import { staticfiles } from 'nuages/staticfiles'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { contenttypes } from '../../../contenttypes/src/index.ts'
import { secretSealer } from '../../src/device/secret-sealer.ts'
import { codeAt, TotpDevice, twofactor, twofactorUrls } from '../../src/index.ts'

const settings = defineSettings({
  baseDir: import.meta.dirname,
  debug: true,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  installedApps: [staticfiles, contenttypes, sessions, messages, auth, twofactor],
  urlconf: async () => ({
    urlpatterns: [
      path('', TemplateView.asView({ templateName: 'registration/password_change_done.html' })),
      // Browsers ask for it, and complain.
      path('favicon.ico', () => new HttpResponse('', { status: 204 })),
      path('accounts/', include(authUrls)),
      path('accounts/two-factor/', include(twofactorUrls)),
    ],
  }),
  databases: { default: 'sqlite:never-opened.sqlite3' },
  auth: { passwordHashers: [argon2Hasher({ memory: 8, passes: 1 })] },
  logging: { level: 'silent' },
})

export const password = 'correct horse 7'

/** The pages of the second factor on a port of their own, with the policies that are on unless a project says otherwise. */
export class ServedSite implements AsyncDisposable {
  readonly #server: Server
  readonly #database: TestDatabase
  readonly #browser: Browser

  private constructor(server: Server, database: TestDatabase, browser: Browser) {
    this.#server = server
    this.#database = database
    this.#browser = browser
  }

  static async start(): Promise<ServedSite> {
    const database = await TestDatabase.create(settings)
    await database.reset()
    const application = await createApplication(settings)
    const browser = await launchBrowser()
    return new ServedSite(await serve(application, { host: '127.0.0.1', port: 0 }), database, browser)
  }

  open(options: BrowserContextOptions = {}): Promise<WatchedPage> {
    return openPage(this.#browser, { baseURL: new URL('/', this.#server.url).href, ...options })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
    await this.#server.close({ timeoutMs: 1000 })
    await this.#database.close()
  }
}

const secret = Buffer.from('12345678901234567890')

/** A user of their own for each page, who has the second factor or not. */
export async function account(username: string, isOn: boolean): Promise<void> {
  const user = await User.objects.createUser({ username, password })
  if (isOn) await TotpDevice.objects.create({ user, secret: secretSealer.seal(secret, String(user.pk)), lastStep: 0 })
}

export async function logIn(page: Page, username: string): Promise<void> {
  await page.goto('/accounts/login/')
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
}

/** The code of the moment. */
export function code(of: Uint8Array = secret): string {
  return codeAt(of, Date.now())
}

async function logInWhole(page: Page, username: string): Promise<void> {
  await account(username, true)
  await logIn(page, username)
  await page.getByLabel('Code').fill(code())
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.waitForURL('/')
}

let users = 0
const nobody = () => `user${users++}`

/** How to bring each page about, by its name. */
export const states: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  challenge: async (page) => {
    const username = nobody()
    await account(username, true)
    await logIn(page, username)
    await page.getByLabel('Code').fill('000000')
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('This code is not right').waitFor()
  },
  recovery: async (page) => {
    const username = nobody()
    await account(username, true)
    await logIn(page, username)
    await page.getByRole('link', { name: 'Use a recovery code' }).click()
    await page.getByLabel('Recovery code').waitFor()
  },
  off: async (page) => {
    const username = nobody()
    await account(username, false)
    await logIn(page, username)
    await page.waitForURL('/')
    await page.goto('/accounts/two-factor/')
  },
  setup: async (page) => {
    const username = nobody()
    await account(username, false)
    await logIn(page, username)
    await page.waitForURL('/')
    await page.goto('/accounts/two-factor/setup/')
    await page.getByText('Can you not scan it?').click()
  },
  on: async (page) => {
    await logInWhole(page, nobody())
    await page.goto('/accounts/two-factor/')
  },
  'turn-off': async (page) => {
    await logInWhole(page, nobody())
    await page.goto('/accounts/two-factor/turn-off/')
  },
  codes: async (page) => {
    await logInWhole(page, nobody())
    await page.goto('/accounts/two-factor/recovery-codes/')
    await page.getByLabel('Your password').fill(password)
    await page.getByRole('button', { name: 'Make new codes' }).click()
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
  },
}
