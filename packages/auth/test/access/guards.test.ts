import { createApplication } from '@nuages/core'
import { HttpRequest } from '@nuages/http'
import { assertNumQueries, Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, beforeEach, describe, expect } from 'vitest'
import {
  AnonymousUser,
  Group,
  loggedInUser,
  NotLoggedIn,
  Permission,
  RequestUser,
  redirectToLogin,
  User,
} from '../../src/index.ts'
import settings from '../project/settings.ts'
import { exempt, secret } from '../project/urls.ts'
import { Secret } from '../project/views.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)
let client: Client

beforeEach(() => {
  client = new Client(application)
})

async function logIn(...codenames: readonly string[]): Promise<User> {
  const user = await User.objects.createUser({ username: 'ann' })
  for (const codename of codenames) await user.userPermissions.add(await Permission.objects.get({ codename }))
  await client.forceLogin(user)
  return user
}

async function locationOf(path: string): Promise<string | undefined> {
  const { status, headers } = await client.get(path)
  expect(status).toBe(302)
  return headers.get('Location')
}

describe('loginRequired', () => {
  test('sends who is not logged in to do so, and back', async () => {
    const login = await locationOf('/secret/3/?q=a b&next=//evil.com')
    expect(login).toBe('/accounts/login/?next=/secret/3/%3Fq%3Da%2520b%26next%3D//evil.com')
    await User.objects.createUser({ username: 'ann', password: 'correct horse' })
    const next = new URL(login!, 'http://example.com').searchParams.get('next')!
    const form = { username: 'ann', password: 'correct horse', next }
    const back = await client.post('/accounts/login/', { form, follow: true })
    expect(back.redirectChain).toEqual([{ url: 'http://example.com/secret/3/?q=a%20b&next=//evil.com', status: 303 }])
    expect(back.text()).toBe('secret 3')
  })

  test('never goes to another host, whatever the path looks like', async () => {
    const response = await client.get('//evil.com/..//secret/3/')
    expect(response.headers.get('Location') ?? '').not.toMatch(/^\/\/|evil.com\/$/)
  })

  test('lets a POST through as it is', async () => {
    expect(await (await client.post('/secret/3/')).status).toBe(302)
    await logIn()
    expect((await client.post('/secret/3/')).text()).toBe('posted')
  })

  test('keeps name, class and marks of the view', () => {
    expect([secret.name, secret.viewClass]).toEqual(['Secret', Secret])
    expect(exempt.name).toBe('untouched')
  })

  test('keeps a view free of CSRF checks that is', async () => {
    const strict = new Client(application, { enforceCsrfChecks: true })
    expect((await strict.post('/exempt/')).status).toBe(302)
    expect((await strict.post('/secret/3/')).status).toBe(403)
  })

  test('goes where it is told', async () => {
    expect(await locationOf('/elsewhere/')).toBe(
      'https://id.example.org/sign-in?a=1&next=http%3A//example.com/elsewhere/#top',
    )
    expect(await locationOf('/by-name/')).toBe('/?then=/by-name/')
    expect(await locationOf('/without-next/')).toBe('/accounts/login/')
  })
})

describe('permissionRequired', () => {
  test('asks who is not logged in to do so, and refuses who may not', async () => {
    expect(await locationOf('/add/')).toBe('/accounts/login/?next=/add/')
    await logIn('change_note')
    const refused = await client.get('/add/')
    expect(refused.status).toBe(403)
    expect((await client.get('/both/')).status).toBe(403)
  })

  test('lets through who may, in person or by a group', async () => {
    const user = await logIn('add_note')
    expect((await client.get('/add/')).status).toBe(200)
    expect((await client.get('/both/')).status).toBe(403)
    const group = await Group.objects.create({ name: 'editors' })
    await group.permissions.add(await Permission.objects.get({ codename: 'change_note' }))
    await user.groups.add(group)
    expect((await client.get('/both/')).status).toBe(200)
  })

  test('lets a superuser through', async () => {
    await client.forceLogin(await User.objects.createSuperuser({ username: 'root' }))
    expect((await client.get('/both/')).status).toBe(200)
  })
})

describe('userPassesTest', () => {
  test('asks a function, which may have to look things up', async () => {
    expect(await locationOf('/staff/')).toBe('/accounts/login/?next=/staff/')
    const user = await logIn()
    expect((await client.get('/staff/')).status).toBe(403)
    expect((await client.get('/slow-test/')).status).toBe(403)
    user.isStaff = true
    await user.save()
    await user.groups.add(await Group.objects.create({ name: 'editors' }))
    expect((await client.get('/staff/')).status).toBe(200)
    expect((await client.get('/slow-test/')).status).toBe(200)
  })
})

test('redirectToLogin replaces a parameter that is there', () => {
  const to = (loginUrl: string) => redirectToLogin('/x/?a=é', { loginUrl }).url
  expect(to('/in/')).toBe('/in/?next=/x/%3Fa%3D%C3%A9')
  expect(to('/in/?next=/y/&lang=de')).toBe('/in/?lang=de&next=/x/%3Fa%3D%C3%A9')
  expect(to('/in/?%6eext=/y/&%zz')).toBe('/in/?%zz&next=/x/%3Fa%3D%C3%A9')
})

describe('templates', () => {
  const lines = async () => (await client.get('/page/')).text().trim().split('\n')

  test('know the user and what they may do', async () => {
    await logIn('add_note')
    expect(await lines()).toEqual(['ann', 'add:yes delete:no notes:yes auth:no'])
  })

  test('ask once for everything', async () => {
    await logIn('add_note')
    // session, user, permissions
    await assertNumQueries(3, () => client.get('/page/'))
  })

  test('have nobody where nobody is logged in, without a query', async () => {
    expect(await assertNumQueries(0, lines)).toEqual(['nobody', 'add:no delete:no notes:no auth:no'])
  })

  test('let a superuser do everything', async () => {
    await client.forceLogin(await User.objects.createSuperuser({ username: 'root' }))
    expect(await assertNumQueries(2, lines)).toEqual(['root', 'add:yes delete:yes notes:yes auth:yes'])
  })
})

describe('loggedInUser', () => {
  const factory = async (): Promise<HttpRequest> => {
    const request = new HttpRequest(new Map() as never)
    return Object.defineProperty(request, 'path', { value: '/notes/' })
  }

  test('is there without waiting once somebody has asked', async () => {
    const user = await User.objects.createUser({ username: 'ann' })
    const request = await factory()
    request.user = new RequestUser(async () => user)
    expect(() => loggedInUser(request)).toThrow('nobody has looked for the user yet')
    await request.user
    expect(loggedInUser(request)).toBe(user)
  })

  test('is an error where nobody is logged in', async () => {
    const request = await factory()
    request.user = RequestUser.of(new AnonymousUser())
    expect(() => loggedInUser(request)).toThrow(NotLoggedIn)
  })
})
