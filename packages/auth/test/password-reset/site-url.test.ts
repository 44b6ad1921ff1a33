import { createApplication } from '@nuages/core'
import { outbox } from '@nuages/mail'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, expect } from 'vitest'
import { linksIn } from '../links-in.ts'
import { Person } from '../project-by-address/models.ts'
import { settingsWith } from '../project-by-address/settings.ts'

const named = settingsWith({ allowedHosts: ['*'], auth: { signup: { open: true }, siteUrl: 'https://example.com' } })
const test = base.extend<DatabaseFixtures>(testDatabase(named))

test('links lead to the site that the settings name, whichever host is asked for', async () => {
  await Person.objects.createUser({ email: 'ann@example.com', password: 'correct horse' })
  const client = new Client(await createApplication(named), { host: 'evil.example' })
  await client.post('/accounts/password_reset/', { form: { email: 'ann@example.com' } })
  await client.post('/accounts/signup/', {
    form: { email: 'ann@example.com', password1: 'battery staple', password2: 'battery staple' },
  })
  const origins = outbox.flatMap(linksIn).map((link) => new URL(link).origin)
  expect(new Set(origins)).toEqual(new Set(['https://example.com']))
  expect(outbox.map(({ subject }) => subject)).toEqual([
    'A new password for example.com',
    'You have an account at example.com',
  ])
})
