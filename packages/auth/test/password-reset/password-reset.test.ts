import { createApplication } from '@nuages/core'
import { outbox } from '@nuages/mail'
import { Session } from '@nuages/sessions'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, beforeEach, describe, expect } from 'vitest'
import { withEnviron } from '../../../gateway/src/index.ts'
import { User } from '../../src/index.ts'
import { linksIn } from '../links-in.ts'
import settings from '../project/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)
let client: Client

beforeEach(() => {
  client = new Client(application)
})

const ann = (values: object = {}) =>
  User.objects.createUser({ username: 'ann', email: 'ann@example.com', password: 'correct horse', ...values })
const ask = (email: string, who = client) => who.post('/accounts/password_reset/', { form: { email } })
const choose = (path: string, newPassword1: string, newPassword2 = newPassword1, who = client) =>
  who.post(path, { form: { newPassword1, newPassword2 } })
const whoami = async (who = client) => (await who.get('/')).text()

/** Asks for a mail, and gives the path of the link in it. */
async function mailedLink(email = 'ann@example.com'): Promise<string> {
  await ask(email)
  const [link] = linksIn(outbox.at(-1)!)
  return new URL(link!).pathname
}

/** Follows a link to the page behind it. */
async function follow(link: string, who = client): Promise<string> {
  const response = await who.get(link, { follow: true })
  return new URL(response.url).pathname
}

describe('asking for another password', () => {
  test('shows a form that a browser can fill in', async () => {
    const page = await client.get('/accounts/password_reset/')
    expect(page.status).toBe(200)
    expect(page.headers.get('Cache-Control')).toContain('no-store')
    for (const part of ['type="email"', 'autocomplete="email"', 'name="csrfmiddlewaretoken"', 'Email address']) {
      expect(page.text()).toContain(part)
    }
  })

  test('mails whose the address is, in text and HTML, and says nothing of it', async () => {
    await ann()
    const known = await ask('ann@example.com')
    const unknown = await ask('nobody@example.com')
    for (const response of [known, unknown]) {
      expect([response.status, response.headers.get('Location')]).toEqual([303, '/accounts/password_reset/done/'])
      expect(response.text()).toBe('')
      expect(response.cookies.size).toBe(0)
    }
    const headers = (response: typeof known) =>
      [...response.headers].filter(([name]) => !['Expires', 'X-Request-ID'].includes(name))
    expect(headers(known)).toEqual(headers(unknown))
    expect((await client.get('/accounts/password_reset/done/')).text()).toContain('Look into your mail')
    expect(outbox).toHaveLength(1)
    const [mail] = outbox
    expect(mail!.to).toEqual(['ann@example.com'])
    expect(mail!.subject).toBe('A new password for example.com')
    expect(mail!.text).toMatch(/^http:\/\/example\.com\/accounts\/reset\/\w+\/[0-9a-z]+-[0-9a-f]{32}\/$/m)
    expect(mail!.text).toContain('You log in as ann.')
    expect(mail!.html).toContain(linksIn(mail!)[0])
  })

  test('goes to the address as it is stored, and to nobody whose address only looks alike', async () => {
    await ann({ email: 'Ann@Example.com' })
    await ask('ANN@EXAMPLE.COM')
    expect(outbox.map(({ to }) => to)).toEqual([['Ann@example.com']])
    await User.objects.createUser({ username: 'mike', email: 'mike@example.org', password: 'correct horse' })
    // A dotless i, in the name or in the domain, and a long s.
    for (const alike of ['mıke@example.org', 'mike@example.org'.replace('.org', '.orɡ'), 'mike@exampıe.org'])
      await ask(alike)
    expect(outbox).toHaveLength(1)
  })

  test('goes to each of several users with the address, who may log in and have a password', async () => {
    await ann()
    await ann({ username: 'bob' })
    await ann({ username: 'inactive', isActive: false })
    await ann({ username: 'without', password: null })
    await ask('ann@example.com')
    expect(outbox.map(({ text }) => /You log in as (\w+)/.exec(text)![1]).sort()).toEqual(['ann', 'bob'])
    expect(new Set(outbox.flatMap(linksIn)).size).toBe(2)
  })

  test('says what is no address, and is not upset by odd ones', async () => {
    for (const odd of ['', 'ann', 'a@b\r\nBcc: eve@example.com', `${'x'.repeat(300)}@example.com`]) {
      const response = await ask(odd)
      expect(response.status).toBe(200)
      expect(response.text()).toContain('aria-invalid="true"')
    }
    expect(outbox).toEqual([])
  })

  test('is limited for a client, and quietly for an address', async () => {
    await ann()
    const answers: number[] = []
    const who = new Client(application, { clientAddress: '192.0.2.1' })
    for (let count = 0; count < 31; count++) answers.push((await ask('ann@example.com', who)).status)
    expect(answers.filter((status) => status === 303)).toHaveLength(30)
    expect(answers.at(-1)).toBe(429)
    expect(outbox).toHaveLength(5)
    const elsewhere = new Client(application, { clientAddress: '192.0.2.7' })
    expect((await ask('ann@example.com', elsewhere)).status).toBe(303)
    expect(outbox).toHaveLength(5)
  })

  test('leads to a host of the site, whatever is asked for', async () => {
    await ann()
    const response = await client.post('/accounts/password_reset/', {
      form: { email: 'ann@example.com' },
      headers: { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example' },
      raiseRequestException: false,
    })
    expect(response.status).toBe(400)
    await client.post('/accounts/password_reset/', {
      form: { email: 'ann@example.com' },
      headers: { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https', Forwarded: 'host=evil.example' },
    })
    expect(outbox.flatMap(linksIn).map((link) => new URL(link).origin)).toEqual(['http://example.com'])
  })
})

describe('the link', () => {
  test('leads to a page without the token in its address, which sets the password once', async () => {
    await ann()
    await client.forceLogin(await User.objects.get())
    const elsewhere = new Client(application)
    const link = await mailedLink()
    const redirect = await elsewhere.get(link)
    expect(redirect.status).toBe(302)
    const path = redirect.headers.get('Location')!
    expect(path).toMatch(/^\/accounts\/reset\/\w+\/set-password\/$/)
    expect(redirect.headers.get('Cache-Control')).toContain('no-store')
    const page = await elsewhere.get(path)
    expect(page.headers.get('Cache-Control')).toContain('no-store')
    expect(page.headers.get('Referrer-Policy')).toBe('same-origin')
    expect(page.text()).toContain('autocomplete="new-password"')
    expect(page.text()).toContain('value="ann" autocomplete="username"')
    expect(page.text()).not.toContain(link.split('/').at(-2))
    expect((await choose(path, 'short', 'short', elsewhere)).text()).toContain('too short')
    const done = await choose(path, 'battery staple', undefined, elsewhere)
    expect([done.status, done.headers.get('Location')]).toEqual([303, '/accounts/reset/done/'])
    expect((await elsewhere.get('/accounts/reset/done/')).text()).toContain('Your password is set')
    expect(await (await User.objects.get()).checkPassword('battery staple')).toBe(true)
    // The sessions that there were have ended, nobody is logged in by the link, and it is dead.
    expect([await whoami(client), await whoami(elsewhere)]).toEqual(['nobody', 'nobody'])
    expect((await elsewhere.get(link)).text()).toContain('This link does not work')
    expect((await choose(path, 'another one', undefined, elsewhere)).text()).toContain('This link does not work')
    expect(await (await User.objects.get()).checkPassword('battery staple')).toBe(true)
  })

  test('lets in who has tried too often before, and nobody else who has', async () => {
    await ann()
    const [own, other] = ['198.51.100.1', '198.51.100.2'].map(
      (clientAddress) => new Client(application, { clientAddress }),
    )
    const logIn = async (who: Client, password: string) =>
      (await who.post('/accounts/login/', { form: { username: 'ann', password } })).status
    for (const who of [own!, other!]) {
      for (let times = 0; times < 10; times++) expect(await logIn(who, 'wrong horse')).toBe(200)
      expect(await logIn(who, 'wrong horse')).toBe(429)
    }
    await choose(await follow(await mailedLink(), own), 'battery staple', undefined, own)
    expect(await logIn(other!, 'battery staple')).toBe(429)
    expect(await logIn(own!, 'wrong horse')).toBe(200)
    expect(await logIn(own!, 'battery staple')).toBe(303)
  })

  test('is not held open by a form that takes its time to arrive', async () => {
    const user = await ann()
    const link = await mailedLink()
    const [path, { promise: gate, resolve: open }] = [await follow(link), Promise.withResolvers<void>()]
    const slow = new Client((environ, startResponse) => {
      const input = environ['gateway.input']
      async function* later() {
        await gate
        yield* input
      }
      const late = environ.REQUEST_METHOD === 'POST' ? { 'gateway.input': later() } : {}
      return application(withEnviron(environ, late), startResponse)
    })
    await follow(link, slow)
    const held = choose(path, 'stolen staple', 'stolen staple', slow)
    expect((await choose(path, 'battery staple')).status).toBe(303)
    open()
    expect((await held).text()).toContain('This link does not work')
    await user.refreshFromDb()
    expect(await user.checkPassword('battery staple')).toBe(true)
  })

  test('is nothing without the session that followed it', async () => {
    await ann()
    const path = await follow(await mailedLink())
    expect((await new Client(application).get(path)).text()).toContain('This link does not work')
    expect((await choose(path, 'battery staple', undefined, new Client(application))).text()).toContain('does not work')
    expect(await (await User.objects.get()).checkPassword('correct horse')).toBe(true)
  })

  test('dies of a log-in, of another password, of another address, and of the end of the account', async () => {
    const killers: ((user: User) => Promise<unknown>)[] = [
      (user) => new Client(application).forceLogin(user),
      async (user) => {
        await user.setPassword('another one')
        await user.save()
      },
      (user) => User.objects.filter({ id: user.id }).update({ email: 'ann@example.org' }),
      (user) => User.objects.filter({ id: user.id }).update({ isActive: false }),
      (user) => user.delete(),
    ]
    for (const kill of killers) {
      await ann({ username: `ann${killers.indexOf(kill)}`, email: `ann${killers.indexOf(kill)}@example.com` })
      const link = await mailedLink(`ann${killers.indexOf(kill)}@example.com`)
      const before = await follow(link)
      await kill(await User.objects.get({ username: `ann${killers.indexOf(kill)}` }))
      expect((await client.get(before)).text()).toContain('This link does not work')
      expect((await new Client(application).get(link)).text()).toContain('This link does not work')
    }
  })

  test('of odd letters is no link, and no error', async () => {
    await ann()
    const [, , , uid, token] = (await mailedLink()).split('/')
    for (const [oddUid, oddToken] of [
      ['MQ', 'x-y'],
      ['_w', token],
      ['%00', token],
      ['김', token],
      ['OTk5OTk5OTk5OTk5OTk5OTk5OTk5', token],
      [uid, 'set-password'],
      [uid, `${token}x`],
      [uid, '%F0%9F%98%80'],
    ]) {
      const response = await client.get(`/accounts/reset/${oddUid}/${oddToken}/`)
      expect(response.status).toBe(200)
      expect(response.text()).toContain('This link does not work')
    }
    expect(await Session.objects.count()).toBe(0)
  })

  test('works where the pages stand in a namespace', async () => {
    await ann()
    await client.post('/again/password_reset/', { form: { email: 'ann@example.com' } })
    const link = new URL(linksIn(outbox[0]!)[0]!).pathname
    expect(link).toMatch(/^\/again\/reset\//)
    const path = await follow(link)
    expect(path).toMatch(/^\/again\/reset\/.*\/set-password\/$/)
    expect((await choose(path, 'battery staple')).headers.get('Location')).toBe('/again/reset/done/')
  })

  test('may log in, where the project says so', async () => {
    await ann()
    await ask('ann@example.com')
    const [, , , uid, token] = new URL(linksIn(outbox[0]!)[0]!).pathname.split('/')
    const path = await follow(`/log-in-by-link/${uid}/${token}/`)
    expect((await choose(path, 'battery staple')).status).toBe(303)
    expect(await whoami()).toBe('ann')
  })
})
