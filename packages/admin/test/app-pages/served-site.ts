import { argon2Hasher, auth, User } from '@nuages/auth'
import { contenttypes } from '@nuages/contenttypes'
import { createApplication, defineSettings } from '@nuages/core'
import { messages } from '@nuages/messages'
import { sessions } from '@nuages/sessions'
import { staticfiles } from '@nuages/staticfiles'
import { launchBrowser, openPage, type WatchedPage } from '@nuages/test-browser'
import { TestDatabase } from '@nuages/testing'
import { include, path } from '@nuages/urls'
import { type Server, serve } from 'nuages/gateway'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { createToken, tokens } from '../../../tokens/src/index.ts'
import { codeAt, newSecret, turnOn, twofactor, twofactorUrls } from '../../../twofactor/src/index.ts'
import { UserSession, usersessions } from '../../../usersessions/src/index.ts'
import { admin } from '../../src/index.ts'

const settings = defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  debug: true,
  installedApps: [staticfiles, contenttypes, sessions, messages, auth, usersessions, twofactor, tokens, admin],
  urlconf: async () => ({
    urlpatterns: [path('admin/', admin.urls), path('two-factor/', include(twofactorUrls))],
  }),
  databases: { default: 'sqlite:never-opened.sqlite3' },
  auth: { passwordHashers: [argon2Hasher({ memory: 8, passes: 1 })] },
  logging: { level: 'silent' },
})

const password = 'weather-or-not-7'
const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

/** The admin of a project with the apps that bring pages along, on a port of its own; `root` may sign in. */
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
    await fill()
    return new ServedSite(await serve(application, { host: '127.0.0.1', port: 0 }), database, await launchBrowser())
  }

  /** A page of root's. */
  async open(options: BrowserContextOptions = {}): Promise<WatchedPage> {
    const watched = await openPage(this.#browser, { ...options, baseURL: new URL('/', this.#server.url).href })
    const { page } = watched
    await page.goto('/admin/')
    await page.getByLabel('Username').fill('root')
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL((url) => !url.pathname.includes('/login/'))
    return watched
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
    await this.#server.close({ timeoutMs: 1000 })
    await this.#database.close()
  }
}

/** Ann, of whom there is one of each, and Bob, whose token was revoked. */
async function fill(): Promise<void> {
  await User.objects.createSuperuser({ username: 'root', password })
  const ann = await User.objects.createUser({ username: 'ann', password })
  const bob = await User.objects.createUser({ username: 'bob', password })
  await createToken(ann, { name: 'backup script', scopes: ['notes:read', 'notes:write'] })
  const old = await createToken(bob, { name: 'old laptop', scopes: ['*'], expires: null })
  await old.token.revoke()
  const secret = newSecret()
  await turnOn(ann, secret, codeAt(secret, Date.now()))
  const seen = Temporal.Now.instant().round('microsecond')
  const facts = { created: seen, lastSeen: seen, expires: seen.add({ hours: 24 }), address: '192.0.2.7' }
  await UserSession.objects.create({ user: ann, sessionHash: 'a', authHash: 'b', userAgent: phone, ...facts })
}
