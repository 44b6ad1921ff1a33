import { createApplication } from '@nuages/core'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, describe, expect } from 'vitest'
import { Person } from '../project-by-address/models.ts'
import settings from '../project-by-address/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)

const logIn = (username: string, password: string, who: Client) =>
  who.post('/accounts/login/', { form: { username, password } })

describe('logging in with an address', () => {
  test('takes it in any case, and asks for it so that phones show the right keys', async () => {
    await Person.objects.createUser({ email: 'Ann@Example.COM', password: 'correct horse' })
    expect((await Person.objects.get()).email).toBe('ann@example.com')
    const client = new Client(application)
    const page = (await client.get('/accounts/login/')).text()
    for (const part of [
      'Email address</label>',
      'inputmode="email"',
      'autocomplete="username"',
      'autocapitalize="none"',
    ]) {
      expect(page).toContain(part)
    }
    expect((await logIn('ANN@example.com', 'wrong', client)).text()).toContain(
      'That email address and password do not match. Mind upper and lower case in the password.',
    )
    expect((await logIn('ANN@EXAMPLE.com', 'correct horse', client)).status).toBe(303)
  })

  test('leads to signing up and to another password, where there are such pages, and on from there', async () => {
    const page = (await new Client(application).get('/accounts/login/?next=/members/')).text()
    expect(page).toContain('href="/accounts/password_reset/"')
    expect(page).toContain('href="/accounts/signup/?next=%2Fmembers%2F"')
  })
})

test('too many attempts are answered with 429 and the page, whoever is asked for', async () => {
  await Person.objects.createUser({ email: 'ann@example.com', password: 'correct horse' })
  for (const address of ['ann@example.com', 'nobody@example.com']) {
    const client = new Client(application, { clientAddress: '192.0.2.9' })
    let response = await logIn(address, 'wrong', client)
    for (let count = 0; count < 50 && response.status === 200; count++) response = await logIn(address, 'wrong', client)
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect(response.text()).toMatch(/Too many attempts\. Try again in \d+ minutes?\./)
    expect(response.text()).not.toContain('do not match')
    // The right password is refused as well, in the same words.
    expect((await logIn(address, 'correct horse', client)).status).toBe(429)
  }
})
