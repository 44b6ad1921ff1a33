import { createApplication, type Settings } from '@nuages/core'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, expect } from 'vitest'
import { projectSettings } from './project/settings.ts'

const settings = projectSettings({ sessions: { saveEveryRequest: true } }) as Settings
const test = base.extend<DatabaseFixtures>(testDatabase(settings))

test('CVE-2026-35192: an answer that renews the cookie of a session varies by it, touched or not', async () => {
  const client = new Client(await createApplication(settings))
  await client.get('/visit/')
  for (const path of ['/', '/show/', '/key/', '/nowhere/']) {
    const answer = await client.get(path)
    expect(answer.cookies.get('sessionid')?.value).toBe(client.cookies.get('sessionid'))
    expect(answer.headers.get('Vary')).toMatch(/\bCookie\b/)
  }
  // Who has no session is given none, and the page is everybody's.
  const stranger = await new Client(await createApplication(settings)).get('/')
  expect(stranger.cookies.size).toBe(0)
})
