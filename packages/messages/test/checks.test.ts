import { type App, defineApp, defineSettings, resetSetup, runChecks, setup } from '@nuages/core'
import { sessionMiddleware, sessions } from '@nuages/sessions'
import { afterEach, expect, test } from 'vitest'
import { messages } from '../src/index.ts'

afterEach(resetSetup)

async function found(installedApps: readonly App[], more: object = {}, deploy = false): Promise<string[]> {
  await resetSetup()
  const base = { baseDir: import.meta.dirname, debug: true, databases: { default: 'sqlite:never-opened.sqlite3' } }
  await setup(defineSettings({ ...base, installedApps, ...more } as never))
  return (await runChecks({ tags: ['messages'], deploy })).map(({ id, message }) => `${id} ${message}`)
}

test('sessions come before messages, wherever each is named', async () => {
  expect(await found([sessions, messages])).toEqual([])
  expect(await found([messages, sessions])).toEqual([
    'messages.W001 sessions stands after messages in installedApps: messages that do not fit into a cookie are an error.',
  ])
  expect(await found([messages, sessions], { middleware: [sessionMiddleware] })).toEqual([])
  const own = defineApp({ name: 'own', dir: import.meta.dirname, middleware: [sessionMiddleware] })
  expect(await found([own, messages, sessions])).toEqual([])
  expect(await found([messages, own])).toEqual([expect.stringContaining('messages.W001')])
})

test('a cookie that others can read, or that browsers refuse, is named where a site is deployed', async () => {
  const deployed = (section: object, deploy = true) => found([sessions, messages], { messages: section }, deploy)
  const secure = 'messages.W002 messages.cookieSecure is off: '
  const sameSite =
    'messages.W003 messages.cookieSameSite is off: browsers send the cookie along with what other sites ask for.'
  expect(await deployed({ cookieSecure: false })).toEqual([
    `${secure}browsers send what users are told over plain HTTP as well.`,
  ])
  expect(await deployed({ cookieSameSite: false })).toEqual([sameSite])
  expect(await deployed({ cookieSecure: false, cookieSameSite: 'none' })).toEqual([
    `${secure}browsers refuse such a cookie where cookieSameSite is 'none', so nobody is told anything.`,
    sameSite,
  ])
  expect(await deployed({ cookieSecure: false, cookieSameSite: false }, false)).toEqual([])
  for (const section of [{}, { cookieSecure: true }, { cookieSameSite: 'strict' }]) {
    expect(await deployed(section)).toEqual([])
  }
})
