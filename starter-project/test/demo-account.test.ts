import type { Application } from 'nuages/gateway'
import { Client } from 'nuages/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { User } from '../accounts/models.ts'
import { demoAccount } from '../blog/demo/demo-account.ts'
import { openSite } from './site.ts'

const { email, password } = demoAccount

describe('where debug is off', () => {
  let client: Client
  let application: Application
  beforeAll(async () => {
    application = await openSite({ debug: false, allowedHosts: ['localhost'], secretKey: 'b'.repeat(50) })
    client = new Client(application)
  })

  test.each(['/accounts/login/', '/admin/login/'])('the demo account is refused at %s', async (path) => {
    expect((await client.post(path, { form: { username: email, password } })).status).toBe(200)
    expect((await client.get('/write/')).status).toBe(302)
  })

  test('a session that it has from before is nobody’s', async () => {
    await client.forceLogin(await User.objects.get({ email }))
    expect((await client.get('/write/')).status).toBe(302)
    expect((await client.get('/admin/')).status).toBe(302)
  })

  test('others log in as ever', async () => {
    await User.objects.createUser({ email: 'ann@example.com', password: 'correct horse' })
    const ann = new Client(application)
    const form = { username: 'ann@example.com', password: 'correct horse' }
    expect((await ann.post('/accounts/login/', { form })).status).toBe(303)
    expect((await ann.get('/write/')).status).toBe(403)
  })
})
