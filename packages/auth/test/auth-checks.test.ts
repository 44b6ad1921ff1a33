import { contenttypes } from '@nuages/contenttypes'
import { type App, defineSettings, resetSetup, runChecks, setup } from '@nuages/core'
import { ratelimit } from '@nuages/ratelimit'
import { sessionMiddleware, sessions } from '@nuages/sessions'
import { afterEach, expect, test } from 'vitest'
import {
  AllowAllUsersModelBackend,
  AllowAllUsersRemoteUserBackend,
  argon2Hasher,
  auth,
  authenticationMiddleware,
  bcryptHasher,
  bcryptSha256Hasher,
  ModelBackend,
  pbkdf2Hasher,
  RemoteUserBackend,
  scryptHasher,
} from '../src/index.ts'

async function check(installedApps: readonly App[], more: object = {}, deploy = false): Promise<readonly string[]> {
  const base = { baseDir: import.meta.dirname, debug: true, databases: { default: 'sqlite:never-opened.sqlite3' } }
  await setup(defineSettings({ ...base, installedApps, ...more } as never))
  return (await runChecks({ tags: ['auth'], deploy })).map(({ id, message }) => `${id} ${message}`)
}

const all = [contenttypes, ratelimit, sessions, auth]

/** What is found where a site is deployed that has all it needs, with one section of its own. */
async function deployed(section: object, more: object = {}): Promise<readonly string[]> {
  await resetSetup()
  return check(all, { ratelimit: { client: '600/m' }, auth: section, ...more }, true)
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
  const middleware = [sessionMiddleware, authenticationMiddleware]
  expect(await check([contenttypes, auth, sessions], { middleware })).toEqual([])
  await resetSetup()
  expect(await check([contenttypes, sessions, auth], { middleware: [authenticationMiddleware] })).toEqual([
    'auth.W102 authenticationMiddleware comes before sessionMiddleware: what stands between them finds a user without a session.',
  ])
})

test('backends have names of their own', async () => {
  class EmailBackend extends ModelBackend {}
  const backends = [new ModelBackend(), new EmailBackend()]
  expect(await check([contenttypes, sessions, auth], { auth: { backends } })).toEqual([
    "auth.E103 Two of auth.backends have the name 'django.contrib.auth.backends.ModelBackend', so a session does not tell them apart.",
  ])
})

test('guessing without end, and passwords without rules, are named where a site is deployed', async () => {
  expect(await deployed({})).toEqual([])
  expect(await deployed({ throttle: false, passwordValidators: [] })).toEqual([
    'auth.W110 auth.throttle is off: passwords may be guessed as often as one likes.',
    'auth.W111 auth.passwordValidators is empty: a new password may be a single letter.',
  ])
  expect(await deployed({ throttle: { account: false } })).toEqual([
    'auth.W110 auth.throttle.account is off: that way passwords may be guessed as often as one likes.',
  ])
  await resetSetup()
  expect(await check(all, { auth: { throttle: false } })).toEqual([])
})

test('a site whose clients may ask for as much as they like is told so where it is deployed', async () => {
  const rest = 'wrong passwords, one client may ask for as much as it likes.'
  expect(await deployed({}, { ratelimit: {} })).toEqual([
    `auth.I110 ratelimit.client is not set: beyond what has a limit of its own, such as ${rest}`,
  ])
  expect(await deployed({ signup: { open: true } }, { ratelimit: {} })).toEqual([
    `auth.I110 ratelimit.client is not set: beyond what has a limit of its own, such as signing up and ${rest}`,
  ])
  await resetSetup()
  expect(await check([contenttypes, sessions, auth], {}, true)).toEqual([
    `auth.I110 the app ratelimit is not installed: beyond what has a limit of its own, such as ${rest}`,
  ])
})

test('accounts for addresses that nobody confirms are named where a site is deployed', async () => {
  expect(await deployed({ signup: { open: true, verifyEmail: false } })).toEqual([
    'auth.W113 auth.signup.verifyEmail is off: anybody may sign up with an address that is not theirs.',
  ])
  for (const signup of [{ open: true }, { open: false, verifyEmail: false }]) {
    expect(await deployed({ signup })).toEqual([])
  }
})

test('a site whose mails would lead anywhere is named where it is deployed', async () => {
  expect(await deployed({}, { allowedHosts: ['*'] })).toEqual([
    'auth.W112 allowedHosts lets any host in and auth.siteUrl is not set: mails with links, as to another password, are refused.',
  ])
  expect(await deployed({ siteUrl: 'https://example.com' }, { allowedHosts: ['*'] })).toEqual([])
  expect(await deployed({}, { allowedHosts: ['example.com'] })).toEqual([])
})

test('links in mails that others can read are named where a site is deployed', async () => {
  expect(await deployed({ siteUrl: 'http://example.com' })).toEqual([
    "auth.W114 auth.siteUrl is 'http://example.com': who is between a user and the site can read the links in mails, as to another password.",
  ])
  expect(await deployed({ siteUrl: 'https://example.com' })).toEqual([])
})

test('back ends that let in whose account was closed are named where a site is deployed', async () => {
  for (const backend of [new AllowAllUsersModelBackend(), new AllowAllUsersRemoteUserBackend()]) {
    expect(await deployed({ backends: [new ModelBackend(), backend] })).toEqual([
      `auth.W115 auth.backends holds ${backend.constructor.name}: users whose account was closed (isActive off) get in.`,
    ])
  }
  expect(await deployed({ backends: [new ModelBackend(), new RemoteUserBackend()] })).toEqual([])
})

test('hashes that are made too fast are named where a site is deployed', async () => {
  const sha1 = { digest: 'sha1' } as const
  const cheap = [
    argon2Hasher({ memory: 8, passes: 1, parallelism: 1 }),
    argon2Hasher({ memory: 7168, passes: 4, parallelism: 1 }),
    scryptHasher({ workFactor: 8192, parallelism: 9 }),
    bcryptHasher({ rounds: 9 }),
    bcryptSha256Hasher({ rounds: 4 }),
    pbkdf2Hasher({ iterations: 599_999 }),
    pbkdf2Hasher({ ...sha1, iterations: 1000 }),
    { ...argon2Hasher(), algorithm: 'md5' },
  ]
  for (const hasher of cheap) {
    expect(await deployed({ passwordHashers: [hasher, argon2Hasher()] })).toEqual([
      `auth.W116 auth.passwordHashers makes hashes of '${hasher.algorithm}' that take too little work: who gets hold of them finds out passwords.`,
    ])
  }
  const slow = [
    argon2Hasher({ memory: 7168, passes: 5, parallelism: 1 }),
    scryptHasher({ workFactor: 8192, parallelism: 10 }),
    bcryptHasher({ rounds: 10 }),
    bcryptSha256Hasher({ rounds: 10 }),
    pbkdf2Hasher({ iterations: 600_000 }),
    pbkdf2Hasher({ ...sha1, iterations: 1_300_000 }),
    scryptHasher(),
    { ...argon2Hasher(), algorithm: 'own' },
  ]
  for (const hasher of slow) expect(await deployed({ passwordHashers: [hasher, cheap[0]] })).toEqual([])
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
