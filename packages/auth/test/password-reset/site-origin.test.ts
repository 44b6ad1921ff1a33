import { createApplication } from '@nuages/core'
import { outbox } from '@nuages/mail'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, expect } from 'vitest'
import { Person } from '../project-by-address/models.ts'
import { settingsWith } from '../project-by-address/settings.ts'

const open = settingsWith({ allowedHosts: ['*'] })
const test = base.extend<DatabaseFixtures>(testDatabase(open))

const ask = async (email: string) => {
  const client = new Client(await createApplication(open), { host: 'evil.example' })
  return client.post('/accounts/password_reset/', { form: { email } })
}

test('where any host is let in no link is mailed, whoever is asked for, until the settings name the site', async () => {
  await Person.objects.createUser({ email: 'ann@example.com', password: 'correct horse' })
  for (const email of ['ann@example.com', 'nobody@example.com']) {
    await expect(ask(email)).rejects.toThrow(
      "A link is to be mailed, and allowedHosts lets any host in: it may lead to 'evil.example'",
    )
  }
  expect(outbox).toEqual([])
})
