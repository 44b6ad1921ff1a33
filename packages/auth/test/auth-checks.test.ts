import { contenttypes } from '@nuages/contenttypes'
import { type App, defineSettings, resetSetup, runChecks, setup } from '@nuages/core'
import { sessions } from '@nuages/sessions'
import { afterEach, expect, test } from 'vitest'
import { auth, authenticationMiddleware, ModelBackend } from '../src/index.ts'

async function check(installedApps: readonly App[], more: object = {}, deploy = false): Promise<readonly string[]> {
  const base = { baseDir: import.meta.dirname, debug: true, databases: { default: 'sqlite:never-opened.sqlite3' } }
  await setup(defineSettings({ ...base, installedApps, ...more } as never))
  return (await runChecks({ tags: ['auth'], deploy })).map(({ id, message }) => `${id} ${message}`)
}

afterEach(resetSetup)

test('a project that has all it needs has nothing to be told', async () => {
  expect(await check([contenttypes, sessions, auth])).toEqual([])
})

test('the apps that auth stands on are asked for', async () => {
  expect(await check([contenttypes, auth])).toEqual([
    'auth.E101 The app auth needs the app sessions: it remembers who is logged in.',
  ])
})

test('sessions comes first', async () => {
  const message =
    'auth.W102 installedApps names auth before sessions: what stands between them finds a user without a session.'
  expect(await check([contenttypes, auth, sessions])).toEqual([message])
})

test('a middleware of the settings may do it itself', async () => {
  expect(await check([contenttypes, auth, sessions], { middleware: [authenticationMiddleware] })).toEqual([])
})

test('backends have names of their own', async () => {
  class EmailBackend extends ModelBackend {}
  const backends = [new ModelBackend(), new EmailBackend()]
  expect(await check([contenttypes, sessions, auth], { auth: { backends } })).toEqual([
    "auth.E103 Two of auth.backends have the name 'django.contrib.auth.backends.ModelBackend', so a session does not tell them apart.",
  ])
})

test('guessing without end, and passwords without rules, are named where a site is deployed', async () => {
  const apps = [contenttypes, sessions, auth]
  const found = (section: object, deploy = true) => check(apps, { auth: section }, deploy)
  expect(await found({})).toEqual([])
  await resetSetup()
  expect(await found({ throttle: false, passwordValidators: [] })).toEqual([
    'auth.W110 auth.throttle is off: passwords may be guessed as often as one likes.',
    'auth.W111 auth.passwordValidators is empty: a new password may be a single letter.',
  ])
  await resetSetup()
  expect(await found({ throttle: { account: false } })).toEqual([
    'auth.W110 auth.throttle.account is off: that way passwords may be guessed as often as one likes.',
  ])
  await resetSetup()
  expect(await found({ throttle: false }, false)).toEqual([])
})

test('accounts for addresses that nobody confirms are named where a site is deployed', async () => {
  const found = (signup: object) => check([contenttypes, sessions, auth], { auth: { signup } }, true)
  expect(await found({ open: true, verifyEmail: false })).toEqual([
    'auth.W113 auth.signup.verifyEmail is off: anybody may sign up with an address that is not theirs.',
  ])
  for (const signup of [{ open: true }, { open: false, verifyEmail: false }]) {
    await resetSetup()
    expect(await found(signup)).toEqual([])
  }
})

test('a site whose mails would lead anywhere is named where it is deployed', async () => {
  const apps = [contenttypes, sessions, auth]
  expect(await check(apps, { allowedHosts: ['*'] }, true)).toEqual([
    'auth.W112 allowedHosts lets any host in and auth.siteUrl is not set: mails with links, as to another password, are refused.',
  ])
  await resetSetup()
  const named = { allowedHosts: ['*'], auth: { siteUrl: 'https://example.com' } }
  expect(await check(apps, named, true)).toEqual([])
  await resetSetup()
  expect(await check(apps, { allowedHosts: ['example.com'] }, true)).toEqual([])
})

test('the section of the settings is checked', () => {
  const define = (section: object) => () =>
    defineSettings({ baseDir: '/', debug: true, installedApps: [contenttypes, sessions, auth], auth: section as never })
  expect(define({ loginURL: '/x/' })).toThrow("there is no setting 'loginURL' in auth")
  expect(define({ backends: [] })).toThrow('backends')
  for (const siteUrl of [
    'example.com',
    'ftp://example.com',
    'https://example.com/blog/',
    'https://a@example.com',
    '',
  ]) {
    expect(define({ siteUrl })).toThrow('siteUrl')
  }
  expect(define({ siteUrl: 'http://localhost:8000/' })).not.toThrow()
  expect(define({ passwordHashers: ['argon2'] })).toThrow('passwordHashers')
  expect(define({ throttle: { account: '5/y' } })).toThrow("is no rate: write how many in which time, '10/10m'")
  expect(define({ throttle: true })).toThrow('throttle')
  expect(define({ passwordValidators: [] })).not.toThrow()
})
