import { contenttypes } from '@nuages/contenttypes'
import { createApplication, defineSettings } from '@nuages/core'
import { Http404, type HttpRequest, HttpResponse, PermissionDenied } from '@nuages/http'
import { sessions } from '@nuages/sessions'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { path } from '@nuages/urls'
import { View } from '@nuages/views'
import { test as base, beforeEach, describe, expect } from 'vitest'
import {
  AllowAllUsersModelBackend,
  type AuthenticationBackend,
  auth,
  authenticate,
  Group,
  loginRequired,
  ModelBackend,
  type PermissionUser,
  permissionRequired,
  User,
  userPassesTest,
} from '../../src/index.ts'

class Document {
  readonly id: number
  readonly owner: string

  constructor(id: number, owner: string) {
    this.id = id
    this.owner = owner
  }
}
const documents = new Map([1, 2, 3].map((id) => [id, new Document(id, id === 1 ? 'ann' : 'bob')]))
const asked: unknown[] = []

/** A project's own: who owns a document may change it, and nobody may have the third one. */
class OwnerBackend implements AuthenticationBackend {
  readonly name = 'owner'

  async authenticate() {
    return null
  }

  async getUser() {
    return null
  }

  async hasPerm(user: PermissionUser, permission: string, object?: object) {
    asked.push([String(user), permission, object])
    if (!(object instanceof Document)) return false
    if (object.id === 3) throw new PermissionDenied('Nobody may.')
    return permission === 'docs.read_document' || object.owner === String(user)
  }
}

const documentOf = (_request: HttpRequest, { id }: { id: number }) => {
  const document = documents.get(id)
  if (document === undefined) throw new Http404(`There is no document ${id}.`)
  return document
}

let ran = 0
class Page extends View<{ id: number }> {
  override dispatch() {
    ran++
    return super.dispatch()
  }

  get(): HttpResponse {
    return new HttpResponse(`page ${this.params.id}`)
  }
}

class Mine extends loginRequired(Page) {
  override get(): HttpResponse {
    return new HttpResponse(`mine ${this.params.id}`)
  }
}

const settings = defineSettings({
  baseDir: import.meta.dirname,
  secretKey: 'only-for-tests-0123456789-abcdefgh',
  allowedHosts: ['example.com'],
  installedApps: [contenttypes, sessions, auth],
  urlconf: async () => ({
    urlpatterns: [
      path('mine/<int:id>/', Mine.asView()),
      path('staff/<int:id>/', userPassesTest(async (user) => user.isStaff)(Page).asView()),
      path('change/<int:id>/', permissionRequired('docs.change_document', { object: documentOf })(Page).asView()),
      path('read/<int:id>/', permissionRequired('docs.read_document', { object: documentOf })(Page.asView())),
      path('model/<int:id>/', permissionRequired('docs.change_document')(Page.asView())),
    ],
  }),
  databases: { default: 'sqlite:never-opened.sqlite3' },
  auth: { backends: [new OwnerBackend(), new ModelBackend(), new AllowAllUsersModelBackend()] },
  logging: { level: 'silent' },
})

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)
let client: Client
const model = new ModelBackend().name

beforeEach(async () => {
  client = new Client(application)
  ran = 0
  asked.length = 0
})

const make = (username: string, more: object = {}) => User.objects.createUser({ username, ...more })
const statusOf = async (url: string) => (await client.get(url)).status

describe('a class behind a guard', () => {
  test('is a class, which can be extended, and asks before anything of it runs', async () => {
    expect((await client.get('/mine/7/')).headers.get('Location')).toBe('/accounts/login/?next=/mine/7/')
    expect(ran).toBe(0)
    await client.forceLogin(await make('ann'), model)
    expect((await client.get('/mine/7/')).text()).toBe('mine 7')
    expect((await client.post('/mine/7/')).status).toBe(405)
    expect(loginRequired(Page).name).toBe('Page')
    expect(new (loginRequired(Page))()).toBeInstanceOf(Page)
  })

  test('may be behind any test', async () => {
    await client.forceLogin(await make('ann'), model)
    expect(await statusOf('/staff/1/')).toBe(403)
    await client.forceLogin(await make('bob', { isStaff: true }), model)
    expect(await statusOf('/staff/1/')).toBe(200)
  })
})

describe('the permission of an object', () => {
  test('is what the backends say of it, for classes and functions', async () => {
    await client.forceLogin(await make('ann'), model)
    expect([await statusOf('/change/1/'), await statusOf('/change/2/')]).toEqual([200, 403])
    expect([await statusOf('/read/1/'), await statusOf('/read/2/')]).toEqual([200, 200])
    expect(asked[0]).toEqual(['ann', 'docs.change_document', documents.get(1)])
    expect(await statusOf('/model/1/')).toBe(403)
    expect(asked.at(-1)).toEqual(['ann', 'docs.change_document', undefined])
  })

  test('is refused for good by a backend that throws, but not to a superuser', async () => {
    await client.forceLogin(await make('ann'), model)
    expect(await statusOf('/read/3/')).toBe(403)
    await client.forceLogin(await make('root', { isSuperuser: true }), model)
    expect(await statusOf('/read/3/')).toBe(200)
  })

  test('of none is 404, and the log-in for who is not logged in', async () => {
    expect(await statusOf('/change/9/')).toBe(302)
    expect(await statusOf('/change/1/')).toBe(302)
    expect(await statusOf('/read/1/')).toBe(200)
    await client.forceLogin(await make('ann'), model)
    expect(await statusOf('/change/9/')).toBe(404)
    expect(ran).toBe(1)
  })
})

test('who is not active may log in by AllowAllUsersModelBackend, and may do nothing', async () => {
  const user = await make('ann', { password: 'correct horse', isActive: false, isSuperuser: true })
  await user.groups.add(await Group.objects.create({ name: 'all' }))
  const found = await authenticate(undefined, { username: 'ann', password: 'correct horse' })
  expect(found?.pk).toBe(user.pk)
  expect(await found?.hasPerm('auth.add_user')).toBe(false)
  expect(await found?.getAllPermissions()).toEqual(new Set())
})
