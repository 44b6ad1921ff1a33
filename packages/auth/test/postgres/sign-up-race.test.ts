import { createApplication } from '@nuages/core'
import { outbox } from '@nuages/mail'
import { Client, TestDatabase } from '@nuages/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { linksIn } from '../links-in.ts'
import { Person } from '../project-by-address/models.ts'
import { settingsWith } from '../project-by-address/settings.ts'

const server = inject('postgres' as never) as { url: string } | { absent: string }

describe.skipIf('absent' in server)('on PostgreSQL, where both are written at once', () => {
  let database: TestDatabase
  let application: Awaited<ReturnType<typeof createApplication>>
  beforeAll(async () => {
    const { url } = server as { url: string }
    const settings = settingsWith({
      database: Object.assign(new URL(url), { pathname: `sign up race ${process.pid}` }).href,
    })
    database = await TestDatabase.create(settings)
    await database.reset()
    application = await createApplication(settings)
  })
  afterAll(() => database?.close())

  const fields = { email: 'ann@example.com', password1: 'correct horse', password2: 'correct horse' }

  test('sign-ups with one address make one account, and all see the same page', async () => {
    const clients = Array.from({ length: 5 }, () => new Client(application))
    const answers = await Promise.all(clients.map((client) => client.post('/accounts/signup/', { form: fields })))
    expect(answers.map(({ status, headers }) => [status, headers.get('Location')])).toEqual(
      Array(5).fill([303, '/accounts/signup/done/']),
    )
    expect(await Person.objects.count()).toBe(1)
  })

  test('clicks on one link confirm it once, whoever is first', async () => {
    const link = new URL(linksIn(outbox.at(-1)!)[0]!).pathname
    const clients = Array.from({ length: 5 }, () => new Client(application))
    const paths = await Promise.all(clients.map(async (client) => (await client.get(link)).headers.get('Location')!))
    const form = { password: 'correct horse' }
    const answers = await Promise.all(clients.map((client, index) => client.post(paths[index]!, { form })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 303])
    expect((await Person.objects.get()).hasUsablePassword()).toBe(true)
  })

  test('a link with a key that no column can hold is no link', async () => {
    for (const key of ['9'.repeat(30), '-1', '1e3', 'x', '']) {
      const uid = Buffer.from(key).toString('base64url') || '-'
      const page = await new Client(application).get(`/accounts/reset/${uid}/x-y/`)
      expect([page.status, page.text().includes('This link does not work')]).toEqual([200, true])
    }
  })

  test('an address that two users want becomes that of one', async () => {
    const users = await Promise.all(
      ['bob', 'cem'].map((name) =>
        Person.objects.createUser({ email: `${name}@example.com`, password: 'correct horse' }),
      ),
    )
    const clients = await Promise.all(
      users.map(async (user) => {
        const client = new Client(application)
        await client.forceLogin(user as never)
        return client
      }),
    )
    const form = { newEmail: 'new@example.com', password: 'correct horse' }
    const paths: string[] = []
    for (const client of clients) {
      await client.post('/accounts/email_change/', { form })
      const link = new URL(linksIn(outbox.findLast(({ to }) => to.includes('new@example.com'))!)[0]!).pathname
      paths.push((await client.get(link)).headers.get('Location')!)
    }
    const answers = await Promise.all(clients.map((client, index) => client.post(paths[index]!)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 303])
    expect(answers.find(({ status }) => status === 200)!.text()).toContain('has another account by now')
    expect(await Person.objects.filter({ email: 'new@example.com' }).count()).toBe(1)
  })
})
