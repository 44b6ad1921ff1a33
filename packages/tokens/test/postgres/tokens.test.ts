import { User } from '@nuages/auth'
import { createApplication, resetSetup, type Settings } from '@nuages/core'
import { Client, TestDatabase } from '@nuages/testing'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { AccessToken, createToken } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

// Who provides it is the set-up of the ORM's tests.
const server = inject('postgres' as never) as { url: string } | { absent: string }
const absent = 'absent' in server
const url = () =>
  Object.assign(new URL(absent ? 'postgres://none' : server.url), { pathname: `tokens ${process.pid}` }).href
const settings = projectSettings({ databases: { default: url() } }) as Settings

let database: TestDatabase
beforeAll(async () => {
  if (!absent) database = await TestDatabase.create(settings)
})
beforeEach(async (context) => {
  if (absent) context.skip(server.absent)
  await database.reset()
})
afterAll(async () => {
  if (absent) return
  await database.close()
  await resetSetup()
})

test('a token is made, used and revoked, on PostgreSQL', async () => {
  const ann = await User.objects.createUser({ username: 'ann' })
  const { text, token } = await createToken(ann, { name: 'test', scopes: ['posts:read', '*'] })
  const client = new Client(await createApplication(settings), {
    secure: true,
    headers: { Authorization: `Bearer ${text}` },
  })
  expect((await client.get('/api/read/')).json()).toMatchObject({ user: 'ann', scopes: ['posts:read', '*'] })
  expect((await AccessToken.objects.get()).lastUsed).not.toBeNull()
  await token.revoke()
  expect((await client.get('/api/read/')).status).toBe(401)
})
