import { join } from 'node:path'
import { ContentType, contenttypes } from '@nuages/contenttypes'
import { apps, createApplication, defineSettings, resetSetup } from '@nuages/core'
import { type HttpRequest, HttpResponse, JsonResponse } from '@nuages/http'
import { migrate } from '@nuages/orm/migrations'
import { sessions } from '@nuages/sessions'
import { Client } from '@nuages/testing'
import { include, path } from '@nuages/urls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { twofactor, twofactorUrls } from '../../../twofactor/src/index.ts'
import { auth, authUrls, type CurrentUser, Permission, User } from '../../src/index.ts'
import { askDjango, djangoDatabase } from './real-django.ts'

const password = 'correct horse — 암호'

/** What Django says of a user's permissions. */
interface Permissions {
  readonly all: readonly string[]
  readonly has: readonly string[]
  readonly user: readonly string[]
  readonly group: readonly string[]
  readonly modules: readonly string[]
}

interface Built {
  readonly sessions: Readonly<Record<string, string>>
  readonly permissions: Readonly<Record<string, Permissions>>
}

interface Answers {
  readonly users: Readonly<Record<string, string | null>>
  readonly data: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly passwords: Readonly<Record<string, boolean>>
  readonly hashes: Readonly<Record<string, string>>
  readonly permissions: Readonly<Record<string, Permissions>>
  readonly migrate: string
}

async function permissionsHere(user: CurrentUser): Promise<Permissions> {
  const sorted = async (names: Promise<ReadonlySet<string>>) => [...(await names)].sort()
  const pairs = await Permission.objects.valuesList('contentType__appLabel', 'codename')
  const every = pairs.map(([appLabel, codename]) => `${appLabel}.${codename}`).sort()
  const chosen = async (names: readonly string[], may: (name: string) => Promise<boolean>) => {
    const found: string[] = []
    for (const name of names) if (await may(name)) found.push(name)
    return found
  }
  return {
    all: await sorted(user.getAllPermissions()),
    has: await chosen(every, (name) => user.hasPerm(name)),
    user: await sorted(user.getUserPermissions()),
    group: await sorted(user.getGroupPermissions()),
    modules: await chosen(['auth', 'contenttypes', 'sessions', 'nothing'], (app) => user.hasModulePerms(app)),
  }
}

function withoutTwofactor(permissions: Permissions): Permissions {
  const ours = (name: string) => !name.startsWith('twofactor.')
  const { all, has, user, group, modules } = permissions
  return { all: all.filter(ours), has: has.filter(ours), user: user.filter(ours), group: group.filter(ours), modules }
}

/** A database that Django's `migrate` made and filled, used by both. */
export function djangoSiteOn(urlOf: () => string): void {
  let built: Built
  let application: Awaited<ReturnType<typeof createApplication>>
  const clients = new Map<string, Client>()
  const ask = (more: object = {}) =>
    askDjango(
      'django_site.py',
      { do: 'ask', sessions: [], usernames: [], ...more },
      djangoDatabase(urlOf()),
    ) as Promise<Answers>

  beforeAll(async () => {
    built = (await askDjango('django_site.py', { do: 'build' }, djangoDatabase(urlOf()))) as Built
    const settings = defineSettings({
      baseDir: import.meta.dirname,
      secretKey: 'shared-by-both-0123456789-abcdefgh',
      allowedHosts: ['example.com'],
      installedApps: [contenttypes, sessions, auth, twofactor],
      urlconf: async () => ({
        urlpatterns: [
          path('', async (request: HttpRequest) => new HttpResponse(String(await request.user))),
          path('cart/', async (request: HttpRequest) => {
            const cart = (await request.session.get('cart')) ?? null
            await request.session.set('seen', '보았다')
            return new JsonResponse({ cart })
          }),
          path('accounts/', include(authUrls)),
          path('two-factor/', include(twofactorUrls)),
        ],
      }),
      databases: { default: urlOf() },
      logging: { level: 'silent' },
    })
    application = await createApplication(settings)
  }, 240_000)
  afterAll(resetSetup)

  const clientOf = (key: string) => {
    const client = new Client(application)
    client.cookies.set('sessionid', key)
    return client
  }
  const logIn = async (username: string, word = password) => {
    const client = new Client(application)
    clients.set(username, client)
    return (await client.post('/accounts/login/', { form: { username, password: word } })).status
  }

  describe('a database that Django made', () => {
    test('gets what is missing by migrate, and nothing else', async () => {
      const described = apps.all().map(({ name, dir }) => ({
        label: name,
        models: apps.models(name),
        migrationsDir: join(dir, 'migrations'),
      }))
      const ran = await migrate({ apps: described })
      expect(ran.map(({ app, name }) => `${app}.${name}`)).toEqual(['twofactor.0001_initial'])
      expect(await migrate({ apps: described })).toEqual([])
      const models = await ContentType.objects.filter({ appLabel: 'auth' }).orderBy('model')
      expect(models.map(({ model }) => model)).toEqual(['group', 'permission', 'user'])
    })

    test('says of each user what they may do as Django does', async () => {
      for (const user of await User.objects.all()) {
        const theirs = built.permissions[user.username]!
        expect(withoutTwofactor(await permissionsHere(user)), user.username).toEqual(theirs)
      }
      // The permissions that were added are known to Django as well.
      const { permissions } = await ask()
      for (const user of await User.objects.all()) {
        expect(await permissionsHere(user), user.username).toEqual(permissions[user.username])
      }
    })

    test('has its sessions: who is logged in, what is in them, and Django reads what is added', async () => {
      for (const [username, key] of Object.entries(built.sessions)) {
        const client = clientOf(key)
        expect(await (await client.get('/')).text()).toBe(username)
        const { cart } = (await client.get('/cart/')).json() as { cart: unknown }
        expect(cart).toEqual([1, 2.5, null, { 이름: 'x'.repeat(5000) }])
      }
      const keys = Object.values(built.sessions)
      const { users, data } = await ask({ sessions: keys })
      expect(users).toEqual(
        Object.fromEntries(Object.entries(built.sessions).map(([username, key]) => [key, username])),
      )
      for (const key of keys) expect(data[key]!.seen).toBe('보았다')
    })

    const algorithms = ['argon2', 'pbkdf2_sha256', 'pbkdf2_sha1', 'bcrypt_sha256', 'bcrypt']

    test('lets its users in with their passwords, whatever hashed them, and nobody else', async () => {
      const before = await ask()
      for (const username of ['argon2', 'bcrypt']) expect(await logIn(username, 'wrong'), username).toBe(200)
      for (const username of [...algorithms, 'superuser']) {
        expect(await logIn(username), username).toBe(303)
        expect((await clients.get(username)!.get('/')).text()).toBe(username)
      }
      for (const username of ['unusable', 'inactive', 'inactive superuser', 'nobody']) {
        expect(await logIn(username), username).toBe(200)
        expect((await clients.get(username)!.get('/')).text()).toBe('AnonymousUser')
      }
      // What is stronger than ours stays, the others become argon2; who was not let in may have been upgraded, too.
      for (const username of algorithms) {
        const user = await User.objects.get({ username })
        expect(user.password).toMatch(/^argon2\$argon2id\$/)
        expect(user.password === before.hashes[username]).toBe(username === 'argon2')
        expect(user.lastLogin).not.toBeNull()
      }
      const unusable = await User.objects.get({ username: 'unusable' })
      expect(unusable.password).toBe(before.hashes['unusable'])
    })

    test('is Django’s as before: it knows the hashes and the sessions that were made here', async () => {
      const keys = Object.fromEntries(algorithms.map((name) => [name, clients.get(name)!.cookies.get('sessionid')!]))
      const answers = await ask({
        sessions: Object.values(keys),
        usernames: [...algorithms, 'superuser', 'unusable', 'inactive'],
      })
      expect(answers.users).toEqual(Object.fromEntries(Object.entries(keys).map(([name, key]) => [key, name])))
      expect(answers.passwords).toEqual({
        ...Object.fromEntries([...algorithms, 'superuser'].map((name) => [name, true])),
        unusable: false,
        inactive: false,
      })
      expect(answers.migrate).toContain('No migrations to apply.')
      // Django has hashed them at its own cost meanwhile, which is known here and stays.
      for (const username of algorithms) {
        expect(await logIn(username), username).toBe(303)
        const { password: hash } = await User.objects.get({ username })
        expect(hash).toMatch(/m=102400,t=2,p=8/)
      }
    })
  })
}
