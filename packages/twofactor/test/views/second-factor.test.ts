import { makePassword, pbkdf2Hasher, User, userLoggedIn, userLoginFailed } from '@nuages/auth'
import { createApplication, Sealer } from '@nuages/core'
import { database } from '@nuages/orm'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { afterEach, test as base, beforeEach, describe, expect, vi } from 'vitest'
import { caches } from '../../../cache/src/index.ts'
import { disabletwofactor } from '../../src/commands.ts'
import { secretSealer } from '../../src/device/secret-sealer.ts'
import {
  checkSecondFactor,
  codeAt,
  countRecoveryCodes,
  hasSecondFactor,
  makeRecoveryCodes,
  newSecret,
  RecoveryCode,
  TotpDevice,
} from '../../src/index.ts'
import { PasswordForm } from '../../src/views/password-form.ts'
import { SetupForm } from '../../src/views/setup-form.ts'
import settings from '../project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)
const secret = Buffer.from('12345678901234567890')
const password = await makePassword('correct horse')
const challenge = '/accounts/two-factor/challenge/'
let client: Client
/** The clock stands still, and moves when it is told. */
let now = Temporal.Instant.from('2026-05-01T12:00:10Z')
const clock = vi.spyOn(Temporal.Now, 'instant').mockImplementation(() => now)

beforeEach(async () => {
  client = new Client(application)
  now = now.add({ hours: 1 })
  await caches.get('default').clear()
})
afterEach(() => void clock.mockClear())

const code = (seconds = 0) => codeAt(secret, now.epochMilliseconds + seconds * 1000)
const wrongCode = () => String((Number(code()) + 1) % 1_000_000).padStart(6, '0')
const whoami = async (who = client) => (await who.get('/')).text()
const logIn = (who = client, next = '') =>
  who.post('/accounts/login/', { form: { username: 'ann', password: 'correct horse', next } })
const give = (given: string, who = client) => who.post(challenge, { form: { code: given } })
const locationOf = async (url: string) => (await client.get(url)).headers.get('Location')

async function ann(isOn = true): Promise<User> {
  const user = await User.objects.create({ username: 'ann', password })
  if (isOn) await TotpDevice.objects.create({ user, secret: secretSealer.seal(secret, String(user.pk)), lastStep: 0 })
  return user
}

describe('logging in', () => {
  test('takes the password alone where the second factor is off', async () => {
    await ann(false)
    expect((await logIn()).headers.get('Location')).toBe('/')
    expect(await whoami()).toBe('ann')
  })

  test('takes the password and a code where it is on, and goes on to where it was to lead', async () => {
    await ann()
    const told: string[] = []
    const disconnect = userLoggedIn.connect(({ user }) => void told.push(String(user)))
    expect((await logIn(client, '/payroll/')).headers.get('Location')).toBe(challenge)
    expect(await whoami()).toBe('AnonymousUser')
    const page = await client.get(challenge)
    expect(page.headers.get('Cache-Control')).toContain('no-store')
    expect(page.text()).toContain('autocomplete="one-time-code"')
    expect(page.text()).toContain('inputmode="numeric"')
    expect(told).toEqual([])
    const before = client.cookies.get('sessionid')
    const response = await give(code())
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/payroll/'])
    expect(client.cookies.get('sessionid')).not.toBe(before)
    expect((await client.get('/payroll/')).text()).toBe('money')
    expect(told).toEqual(['ann'])
    disconnect()
  })

  test('is not done with a wrong code, nor one from another time', async () => {
    await ann()
    await logIn()
    for (const wrong of [wrongCode(), code(-60), code(60), 'abc', '000000000', '½', code().slice(1)]) {
      if (wrong === code()) continue
      await caches.get('default').clear()
      const response = await give(wrong)
      expect(response.status).toBe(200)
      expect(response.text()).toContain('This code is not right, or was used already.')
    }
    expect(await whoami()).toBe('AnonymousUser')
    expect((await give(code(-30))).status).toBe(303)
  })

  test('takes a code as it is read out', async () => {
    await ann()
    await logIn()
    expect((await give(` ${code().slice(0, 3)} ${code().slice(3)} `)).status).toBe(303)
  })

  test('takes a code once, and none from before it', async () => {
    await ann()
    await logIn()
    expect((await give(code())).status).toBe(303)
    const other = new Client(application)
    await logIn(other)
    expect((await give(code(), other)).status).toBe(200)
    expect((await give(code(-30), other)).status).toBe(200)
    expect((await give(code(30), other)).status).toBe(303)
  })

  test('takes a code once of many who give it at the same time', async () => {
    const user = await ann()
    const request = { clientAddress: '192.0.2.1' } as never
    const answers = await Promise.all(Array.from({ length: 5 }, () => checkSecondFactor(request, user, code())))
    expect(answers.filter((answer) => answer === 'app')).toHaveLength(1)
  })

  test('begins with the password: the page of the code alone is of no use', async () => {
    await ann()
    expect(await locationOf(challenge)).toBe('/accounts/login/?next=/')
    expect((await give(code())).headers.get('Location')).toBe('/accounts/login/?next=/')
    await logIn()
    now = now.add({ seconds: 601 })
    expect((await give(code())).headers.get('Location')).toBe('/accounts/login/?next=/')
    expect(await whoami()).toBe('AnonymousUser')
  })

  test('ends after five wrong codes, for every session of the user, for a while', async () => {
    const user = await ann()
    await logIn()
    for (let index = 0; index < 5; index++) expect((await give(wrongCode())).status).toBe(200)
    const other = new Client(application)
    await logIn(other)
    for (const who of [client, other]) {
      const refused = await give(code(), who)
      expect([refused.status, Number(refused.headers.get('Retry-After')) > 0]).toEqual([429, true])
      expect(refused.text()).toContain('Too many attempts. Try again in')
    }
    expect(await whoami()).toBe('AnonymousUser')
    expect((await TotpDevice.objects.get({ user })).lastStep).toBe(0)
    await caches.get('default').clear()
    expect((await give(code(), other)).status).toBe(303)
  })

  test('tells who listens of a wrong code, and not which', async () => {
    await ann()
    await logIn()
    const told: unknown[] = []
    const disconnect = userLoginFailed.connect(({ credentials }) => void told.push(credentials))
    await give(wrongCode())
    disconnect()
    expect(told).toEqual([{ username: 'ann', code: '********************' }])
  })

  test('by a test client is as before', async () => {
    const user = await ann()
    await client.forceLogin(user)
    expect(await whoami()).toBe('ann')
  })
})

describe('recovery codes', () => {
  test('log in once each, however they are typed', async () => {
    const user = await ann()
    const [first, second] = await makeRecoveryCodes(user)
    expect(first).toMatch(/^[2-9a-hjkmnp-z]{4}-[2-9a-hjkmnp-z]{4}-[2-9a-hjkmnp-z]{4}$/)
    await logIn()
    expect((await client.get(`${challenge}?recovery=1`)).text()).toContain('Recovery code')
    expect((await give(` ${first!.toUpperCase().replaceAll('-', ' ')}`)).status).toBe(303)
    expect(await whoami()).toBe('ann')
    expect(await countRecoveryCodes(user)).toBe(9)
    const other = new Client(application)
    await logIn(other)
    expect((await give(first!, other)).status).toBe(200)
    expect((await give(second!, other)).status).toBe(303)
  })

  test('are ten, and stand in the database as hashes', async () => {
    const user = await ann()
    const codes = await makeRecoveryCodes(user)
    expect(new Set(codes).size).toBe(10)
    const rows = JSON.stringify(await database().all({ sql: 'SELECT * FROM twofactor_recoverycode' }, []))
    for (const one of codes) {
      expect(rows).not.toContain(one)
      expect(rows).not.toContain(one.replaceAll('-', ''))
    }
  })

  test('are one for one of many who use it at the same time, and nobody else’s', async () => {
    const user = await ann()
    const other = await User.objects.create({ username: 'bob', password })
    const [first, second] = await makeRecoveryCodes(user)
    const request = { clientAddress: '192.0.2.1' } as never
    const answers = await Promise.all(Array.from({ length: 5 }, () => checkSecondFactor(request, user, first!)))
    expect(answers.filter((answer) => answer === 'recovery')).toHaveLength(1)
    expect(await checkSecondFactor(request, other, second!)).toBeUndefined()
  })

  test('are made anew with the password, and the former ones work no more', async () => {
    const user = await ann()
    const [first] = await makeRecoveryCodes(user)
    await logIn()
    await give(code())
    const url = '/accounts/two-factor/recovery-codes/'
    expect((await client.post(url, { form: { password: 'wrong' } })).text()).toContain(
      'This is not your current password.',
    )
    expect(await countRecoveryCodes(user)).toBe(10)
    const page = await client.post(url, { form: { password: 'correct horse' } })
    const codes = [...page.text().matchAll(/<code>([\w-]+)<\/code>/g)].map(([, one]) => one!)
    expect(codes).toHaveLength(10)
    expect(page.headers.get('Cache-Control')).toContain('no-store')
    const request = { clientAddress: '192.0.2.1' } as never
    expect(await checkSecondFactor(request, user, first!)).toBeUndefined()
    expect(await checkSecondFactor(request, user, codes[0]!)).toBe('recovery')
  })
})

describe('turning it on', () => {
  const setup = '/accounts/two-factor/setup/'
  const secretOn = (html: string) => /<code class="secret">([A-Z2-7 ]+)<\/code>/.exec(html)![1]!.replaceAll(' ', '')
  const bytesOf = (base32: string) => {
    const bits = [...base32].map((letter) =>
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
    )
    return Buffer.from(
      bits
        .join('')
        .match(/.{8}/g)!
        .map((byte) => Number.parseInt(byte, 2)),
    )
  }

  test('shows a code to scan, and takes one that the app shows, with the password', async () => {
    const user = await ann(false)
    await logIn()
    const html = (await client.get(setup)).text()
    expect(html).toContain('<svg class="qr"')
    expect(html).toContain('aria-label="QR code for your authenticator app"')
    expect(html).not.toMatch(/<script|style=/)
    const shown = bytesOf(secretOn(html))
    expect(secretOn((await client.get(setup)).text())).toBe(secretOn(html))
    const send = (given: string, word = 'correct horse') =>
      client.post(setup, { form: { code: given, password: word } })
    const good = codeAt(shown, now.epochMilliseconds)
    expect((await send('000000')).text()).toContain('This is not the code of the moment.')
    expect((await send(good, 'wrong')).text()).toContain('This is not your current password.')
    expect(await hasSecondFactor(user)).toBe(false)
    const before = client.cookies.get('sessionid')
    const done = await send(good)
    expect([...done.text().matchAll(/<li><code>/g)]).toHaveLength(10)
    expect(client.cookies.get('sessionid')).not.toBe(before)
    expect(await hasSecondFactor(user)).toBe(true)
    expect((await client.get('/vault/')).text()).toBe('gold')
    // Its code is used up, and the page does not begin anew.
    const other = new Client(application)
    await logIn(other)
    expect((await give(good, other)).status).toBe(200)
    expect(await locationOf(setup)).toBe('/accounts/two-factor/')
    expect((await send(good)).headers.get('Location')).toBe('/accounts/two-factor/')
  })

  test('ends the sessions of the user on other devices, and says so', async () => {
    const user = await ann(false)
    const other = new Client(application)
    await logIn()
    await logIn(other)
    const html = (await client.get(setup)).text()
    expect(html).toContain('Other devices have to log in again.')
    const send = (given: string) => client.post(setup, { form: { code: given, password: 'correct horse' } })
    await send('000000')
    expect(await whoami(other)).toBe('ann')
    await send(codeAt(bytesOf(secretOn(html)), now.epochMilliseconds))
    expect([await whoami(), await whoami(other)]).toEqual(['ann', 'AnonymousUser'])
    expect((await client.get('/vault/')).text()).toBe('gold')
    await user.refreshFromDb()
    expect(await user.checkPassword('correct horse')).toBe(true)
  })

  test('ends those of who has no password as well', async () => {
    const user = await User.objects.createUser({ username: 'cy' })
    const other = new Client(application)
    await client.forceLogin(user)
    await other.forceLogin(user)
    const shown = bytesOf(secretOn((await client.get(setup)).text()))
    await client.post(setup, { form: { code: codeAt(shown, now.epochMilliseconds) } })
    expect([await whoami(), await whoami(other)]).toEqual(['cy', 'AnonymousUser'])
    await user.refreshFromDb()
    expect(user.hasUsablePassword()).toBe(false)
  })

  test('does not turn on with a password that has been another since the form was begun', async () => {
    const user = await ann(false)
    const begun = newSecret()
    const data = { code: codeAt(begun, now.epochMilliseconds), password: 'correct horse' }
    const form = new SetupForm({ user, secret: begun, data })
    const changed = await makePassword('another one of hers')
    form.cleanPassword = async (given) => {
      await User.objects.filter({ pk: user.pk }).update({ password: changed })
      return given
    }
    expect([await form.isValid(), form.hasError(null, 'password_incorrect')]).toEqual([false, true])
    expect(await hasSecondFactor(user)).toBe(false)
    expect((await User.objects.get({ pk: user.pk })).password).toBe(changed)
  })

  test('keeps the secret where nobody reads it', async () => {
    await ann(false)
    await logIn()
    const html = (await client.get(setup)).text()
    const session = JSON.stringify(await database().all({ sql: 'SELECT session_data FROM django_session' }, []))
    expect(session).not.toContain(secretOn(html))
    const form = { code: codeAt(bytesOf(secretOn(html)), now.epochMilliseconds), password: 'correct horse' }
    await client.post(setup, { form })
    const [row] = await TotpDevice.objects.all()
    expect(row!.secret).toMatch(/^v1\./)
  })

  test('is for who is logged in, and has a password of their own', async () => {
    for (const url of [setup, '/accounts/two-factor/', '/accounts/two-factor/turn-off/']) {
      expect(await locationOf(url)).toBe(`/accounts/login/?next=${url}`)
    }
    const user = await User.objects.createUser({ username: 'cy' })
    await client.forceLogin(user)
    now = now.add({ minutes: 11 })
    expect((await client.get(setup)).text()).toContain('Log out and in again')
    await client.forceLogin(user)
    const html = (await client.get(setup)).text()
    expect(html).not.toContain('type="password"')
    const form = { code: codeAt(bytesOf(secretOn(html)), now.epochMilliseconds) }
    expect((await client.post(setup, { form })).text()).toContain('recovery codes')
    expect(await hasSecondFactor(user)).toBe(true)
  })

  test('leaves who has a hash of a former kind logged in', async () => {
    const former = await makePassword('correct horse', { hasher: pbkdf2Hasher({ iterations: 100 }) })
    await client.forceLogin(await User.objects.create({ username: 'dee', password: former }))
    await client.post(setup, { form: { code: '000000', password: 'correct horse' } })
    expect(await whoami()).toBe('dee')
  })

  test('of one user is not the secret of the next in this browser', async () => {
    await ann(false)
    await logIn()
    const first = secretOn((await client.get(setup)).text())
    await User.objects.create({ username: 'bob', password })
    await client.post('/accounts/login/', { form: { username: 'bob', password: 'correct horse' } })
    expect(secretOn((await client.get(setup)).text())).not.toBe(first)
  })
})

describe('turning it off', () => {
  const turnOff = '/accounts/two-factor/turn-off/'

  test('takes the password', async () => {
    const user = await ann()
    await makeRecoveryCodes(user)
    await logIn()
    await give(code())
    expect((await client.post(turnOff, { form: { password: 'wrong' } })).text()).toContain(
      'This is not your current password.',
    )
    expect((await client.post(turnOff, { form: {} })).text()).toContain('This field is required.')
    expect(await hasSecondFactor(user)).toBe(true)
    const response = await client.post(turnOff, { form: { password: 'correct horse' } })
    expect(response.headers.get('Location')).toBe('/accounts/two-factor/')
    expect((await client.get('/accounts/two-factor/')).text()).toContain('The second factor is off.')
    expect([await hasSecondFactor(user), await RecoveryCode.objects.count()]).toEqual([false, 0])
    await logIn()
    expect(await whoami()).toBe('ann')
  })

  test('is not for a session that gave the password alone', async () => {
    const user = await ann()
    await client.forceLogin(user)
    for (const page of ['', 'turn-off/', 'recovery-codes/', 'setup/']) {
      expect(await locationOf(`/accounts/two-factor/${page}`)).toMatch(/^\/accounts\/two-factor\/challenge\/\?next=/)
    }
    expect((await client.post(turnOff, { form: { password: 'correct horse' } })).status).toBe(302)
    expect(await hasSecondFactor(user)).toBe(true)
  })

  test('does not let the password be guessed', async () => {
    await ann()
    await logIn()
    await give(code())
    const guess = (password: string) => client.post(turnOff, { form: { password } })
    for (let index = 0; index < 10; index++) expect((await guess('wrong')).status).toBe(200)
    expect((await guess('correct horse')).status).toBe(429)
  })

  test('does not take a password that has been another since the form was begun', async () => {
    const user = await ann()
    const form = new PasswordForm({ user, data: { password: 'correct horse' } })
    await User.objects.filter({ pk: user.pk }).update({ password: await makePassword('another one of hers') })
    expect(await form.isValid()).toBe(false)
  })

  test('may be done by who administers', async () => {
    const user = await ann()
    await makeRecoveryCodes(user)
    const written: string[] = []
    const stdout = { write: (text: string) => written.push(text) }
    const run = (username: string) =>
      disabletwofactor.run({ args: { username }, options: {}, stdout, stderr: stdout, settings })
    await run('ann')
    await run('ann')
    await expect(run('nobody')).rejects.toThrow('There is no user nobody.')
    expect(written).toEqual([
      'The second factor of ann is off: the password alone logs them in.\n',
      'ann has no second factor; nothing was changed.\n',
    ])
    expect([await TotpDevice.objects.count(), await RecoveryCode.objects.count()]).toEqual([0, 0])
  })
})

describe('twoFactorRequired', () => {
  test('sends on who has yet to log in, to set it up, or to give a code, and they come back', async () => {
    expect(await locationOf('/payroll/?a=1')).toBe('/accounts/login/?next=/payroll/%3Fa%3D1')
    const user = await ann(false)
    await client.forceLogin(user)
    expect(await locationOf('/vault/')).toBe('/accounts/two-factor/setup/?next=%2Fvault%2F')
    await TotpDevice.objects.create({ user, secret: secretSealer.seal(secret, String(user.pk)), lastStep: 0 })
    const page = await locationOf('/vault/?a=1')
    expect(page).toBe('/accounts/two-factor/challenge/?next=%2Fvault%2F%3Fa%3D1')
    expect((await client.get(page!)).text()).toContain('?next=%2Fvault%2F%3Fa%3D1&amp;recovery=1')
    const before = client.cookies.get('sessionid')
    const back = await client.post(page!, { form: { code: code() } })
    expect(back.headers.get('Location')).toBe('/vault/?a=1')
    expect(client.cookies.get('sessionid')).not.toBe(before)
    expect((await client.get('/vault/')).text()).toBe('gold')
    expect(await locationOf(page!)).toBe('/vault/?a=1')
  })

  test('never leads to another host', async () => {
    const user = await ann()
    await client.forceLogin(user)
    const url = `${challenge}?next=https://evil.example/`
    expect((await client.get(url)).text()).not.toContain('evil')
    expect((await client.post(url, { form: { code: code() } })).headers.get('Location')).toBe('/accounts/two-factor/')
  })

  test('asks the next user of a browser anew', async () => {
    await ann()
    await logIn()
    await give(code())
    const bob = await User.objects.create({ username: 'bob', password })
    await TotpDevice.objects.create({ user: bob, secret: secretSealer.seal(secret, String(bob.pk)), lastStep: 0 })
    await client.forceLogin(bob)
    expect(await locationOf('/vault/')).toContain('challenge')
  })
})

test('a secret that cannot be read takes no code, and leaves the recovery codes', async () => {
  const user = await ann()
  const [recoveryCode] = await makeRecoveryCodes(user)
  await TotpDevice.objects.filter({ user }).update({ secret: secretSealer.seal(secret, 'somebody else') })
  await logIn()
  expect((await give(code())).text()).toContain('This code is not right')
  expect((await give(recoveryCode!)).status).toBe(303)
})

test('a secret under a former key works, and is sealed anew', async () => {
  const user = await User.objects.create({ username: 'ann', password })
  const former = new Sealer({ salt: secretSealer.salt, key: settings.secretKeyFallbacks[0]! })
  const sealed = former.seal(secret, String(user.pk))
  await TotpDevice.objects.create({ user, secret: sealed, lastStep: 0 })
  await logIn()
  expect((await give(code())).status).toBe(303)
  expect((await TotpDevice.objects.get({ user })).secret).not.toBe(sealed)
})
