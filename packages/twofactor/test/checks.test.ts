import { auth } from '@nuages/auth'
import { type App, defineSettings, resetSetup, runChecks, setup } from '@nuages/core'
import { sessions } from '@nuages/sessions'
import { afterEach, expect, test } from 'vitest'
import { contenttypes } from '../../contenttypes/src/index.ts'
import { twofactor } from '../src/index.ts'

afterEach(resetSetup)

async function check(installedApps: readonly App[]): Promise<readonly string[]> {
  const base = { baseDir: import.meta.dirname, debug: true, databases: { default: 'sqlite:never-opened.sqlite3' } }
  await setup(defineSettings({ ...base, installedApps } as never))
  return (await runChecks({ tags: ['twofactor'] })).map(({ id, message }) => `${id} ${message}`)
}

test('a project without its pages is told that nobody could log in', async () => {
  expect(await check([contenttypes, sessions, auth, twofactor])).toEqual([
    "twofactor.E002 There is no URL named 'twofactor_challenge': who turned the second factor on could not log in.",
  ])
})

test('the apps that it stands on come before it', async () => {
  const noPages = expect.stringMatching(/^twofactor\.E002/)
  const early = (name: string) =>
    expect.stringMatching(`^twofactor\\.W001 installedApps names twofactor before ${name},`)
  expect(await check([contenttypes, sessions, twofactor, auth])).toEqual([early('auth'), noPages])
  await resetSetup()
  expect(await check([twofactor, contenttypes, sessions, auth])).toEqual([early('sessions'), early('auth'), noPages])
})

test('without them it cannot be', async () => {
  expect(await check([twofactor])).toEqual([
    'twofactor.E001 The app twofactor needs the app sessions.',
    'twofactor.E001 The app twofactor needs the app auth.',
    expect.stringMatching(/^twofactor\.E002/),
  ])
})

test('the section of the settings is checked', () => {
  const define = (section: object) => () =>
    defineSettings({ baseDir: '/', debug: true, installedApps: [twofactor], twofactor: section as never })
  expect(define({ throttle: 'often' })).toThrow("is no rate: write how many in which time, '5/5m'")
  expect(define({ issuer: 'a:b' })).toThrow('has a colon')
  expect(define({ issuer: 'My site', throttle: '3/m' })).not.toThrow()
})
