import { auth, authenticationMiddleware } from '@nuages/auth'
import { type App, defineSettings, resetSetup, runChecks, setup } from '@nuages/core'
import { sessionMiddleware, sessions } from '@nuages/sessions'
import { afterEach, expect, test } from 'vitest'
import { contenttypes } from '../../contenttypes/src/index.ts'
import { usersessions } from '../src/index.ts'
import { userSessionsMiddleware } from '../src/user-sessions-middleware.ts'

afterEach(resetSetup)

async function found(installedApps: readonly App[], more: object = {}): Promise<string[]> {
  await resetSetup()
  const base = { baseDir: import.meta.dirname, debug: true, databases: { default: 'sqlite:never-opened.sqlite3' } }
  await setup(defineSettings({ ...base, installedApps, ...more } as never))
  return (await runChecks({ tags: ['usersessions'] })).map(({ id, message }) => `${id} ${message}`)
}

const before = (name: string) =>
  `usersessions.E001 installedApps names usersessions before ${name}: nobody looks whether a session was ended.`

test('sessions and auth come first', async () => {
  expect(await found([contenttypes, sessions, auth, usersessions])).toEqual([])
  expect(await found([contenttypes, sessions, usersessions, auth])).toEqual([before('auth')])
  expect(await found([contenttypes, usersessions, sessions, auth])).toEqual([before('sessions'), before('auth')])
  expect(await found([contenttypes, auth, usersessions, sessions])).toEqual([before('sessions')])
})

test('it is the order of their middleware that counts', async () => {
  const apps = [contenttypes, usersessions, sessions, auth]
  expect(await found(apps, { middleware: [sessionMiddleware, authenticationMiddleware] })).toEqual([])
  const early = { middleware: [userSessionsMiddleware] }
  expect(await found([contenttypes, sessions, auth, usersessions], early)).toEqual([before('sessions'), before('auth')])
})

test('without them it cannot be', async () => {
  expect(await found([contenttypes, usersessions])).toEqual([
    'usersessions.E001 The app usersessions needs the app sessions.',
    'usersessions.E001 The app usersessions needs the app auth.',
  ])
})
