import { createApplication } from '@nuages/core'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, beforeEach, describe, expect } from 'vitest'
import { makePassword, pbkdf2Hasher, User } from '../../src/index.ts'
import settings from '../project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)
let client: Client
let elsewhere: Client

beforeEach(() => {
  client = new Client(application)
  elsewhere = new Client(application)
})

const change = (
  oldPassword: string,
  newPassword1: string,
  newPassword2 = newPassword1,
  path = '/accounts/password_change/',
) => client.post(path, { form: { oldPassword, newPassword1, newPassword2 } })
const whoami = async (who: Client) => (await who.get('/')).text()

async function logIn(): Promise<void> {
  const user = await User.objects.createUser({ username: 'ann', password: 'correct horse' })
  await client.forceLogin(user)
  await elsewhere.forceLogin(user)
}

describe('changing the password', () => {
  test('is for who is logged in', async () => {
    for (const path of ['/accounts/password_change/', '/accounts/password_change/done/']) {
      expect((await client.get(path)).headers.get('Location')).toBe(`/accounts/login/?next=${path}`)
      expect((await client.post(path)).status).toBe(302)
    }
  })

  test('keeps this session, under another key, and ends the others', async () => {
    await logIn()
    const before = client.cookies.get('sessionid')
    const page = await client.get('/accounts/password_change/')
    expect(page.text()).toContain('At least 8 characters.')
    const response = await change('correct horse', 'battery staple')
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/accounts/password_change/done/'])
    expect((await client.get('/accounts/password_change/done/')).text()).toContain('Your password is changed')
    expect(client.cookies.get('sessionid')).not.toBe(before)
    expect([await whoami(client), await whoami(elsewhere)]).toEqual(['ann', 'nobody'])
    expect(await (await User.objects.get()).checkPassword('battery staple')).toBe(true)
  })

  test('says what is wrong, and shows no password', async () => {
    await logIn()
    const cases: [Parameters<typeof change>, string][] = [
      [['wrong', 'battery staple'], 'This is not your current password.'],
      [['correct horse', 'battery staple', 'battery stable'], 'The two passwords are not the same.'],
      [['correct horse', 'shortie'], 'This password is too short: it needs at least 8 characters.'],
      [['correct horse', '1234567890'], 'This password is only a number.'],
      [['correct horse', 'ann12345', ''], 'This field is required.'],
    ]
    for (const [fields, message] of cases) {
      const response = await change(...fields)
      expect(response.status).toBe(200)
      expect(response.text()).toContain(message)
      expect(response.text()).not.toContain(fields[1])
    }
    expect(await (await User.objects.get()).checkPassword('correct horse')).toBe(true)
    expect(await whoami(elsewhere)).toBe('ann')
  })

  test('lets nobody guess the password for long, and ends no session where a better hash is due', async () => {
    await logIn()
    const user = await User.objects.get()
    user.password = await makePassword('correct horse', { hasher: pbkdf2Hasher({ iterations: 1000 }) })
    await user.save()
    await client.forceLogin(user)
    expect((await change('correct horse', 'short')).status).toBe(200)
    expect(await whoami(client)).toBe('ann')
    const answers: number[] = []
    for (let count = 0; count < 11; count++) answers.push((await change(`wrong ${count}`, 'battery staple')).status)
    expect(answers).toEqual([...Array(10).fill(200), 429])
    expect(await whoami(client)).toBe('ann')
  })

  test('works where the pages stand in a namespace', async () => {
    await logIn()
    const response = await change('correct horse', 'battery staple', undefined, '/again/password_change/')
    expect(response.headers.get('Location')).toBe('/again/password_change/done/')
  })
})
