import { createApplication } from '@nuages/core'
import { outbox } from '@nuages/mail'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, beforeEach, describe, expect } from 'vitest'
import { type UserLogged, userSignedUp } from '../../src/index.ts'
import { linksIn } from '../links-in.ts'
import { Person } from '../project-by-address/models.ts'
import settings from '../project-by-address/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)
let client: Client

beforeEach(() => {
  client = new Client(application)
})

const fields = (email: string, password = 'correct horse') => ({ email, password1: password, password2: password })
const signUp = (email = 'ann@example.com', password?: string, who = client, query = {}) =>
  who.post('/accounts/signup/', { form: fields(email, password), query })
const logIn = (username: string, password: string, who = client) =>
  who.post('/accounts/login/', { form: { username, password } })
const whoami = async (who = client) => (await who.get('/')).text()
const lastLink = () => new URL(linksIn(outbox.at(-1)!)[0]!).pathname

/** Follows a link to the page behind it. */
async function follow(link = lastLink(), who = client) {
  const page = await who.get(link, { follow: true })
  return { page, path: page.url.pathname }
}

describe('signing up', () => {
  test('asks for what is needed, in fields that a browser can fill in', async () => {
    const page = await client.get('/accounts/signup/?next=/members/')
    expect(page.headers.get('Cache-Control')).toContain('no-store')
    for (const part of [
      '<title>Sign up</title>',
      'name="email"',
      'autocomplete="username"',
      'autocomplete="new-password"',
      '<input type="hidden" name="next" value="/members/">',
      'href="/accounts/login/?next=%2Fmembers%2F"',
    ]) {
      expect(page.text()).toContain(part)
    }
    expect(page.text()).not.toContain('name="username"')
  })

  test('mails a link, whose page has a button that logs in; the link works once', async () => {
    const response = await signUp('Ann@Example.COM', undefined, client, { next: '/members/' })
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/accounts/signup/done/'])
    expect((await client.get('/accounts/signup/done/')).text()).toContain('<strong>ann@example.com</strong>')
    expect(outbox.map(({ to, subject }) => [to, subject])).toEqual([
      [['ann@example.com'], 'Confirm your address for example.com'],
    ])
    const ann = await Person.objects.get()
    expect([ann.email, ann.hasUsablePassword(), ann.isActive]).toEqual(['ann@example.com', false, true])
    expect((await logIn('ann@example.com', 'correct horse')).status).toBe(200)

    const link = lastLink()
    const { page, path } = await follow(link)
    expect(path).toMatch(/^\/accounts\/signup\/verify\/\w+\/confirm\/$/)
    expect(page.headers.get('Referrer-Policy')).toBe('same-origin')
    expect(page.headers.get('Cache-Control')).toContain('no-store')
    expect(page.text()).not.toContain('type="password"')
    // That it was opened has changed nothing.
    expect((await Person.objects.get()).hasUsablePassword()).toBe(false)
    const confirmed = await client.post(path)
    expect([confirmed.status, confirmed.headers.get('Location')]).toEqual([303, '/members/'])
    expect(await whoami()).toBe('ann@example.com')
    expect((await client.post(path)).text()).toContain('This link does not work')
    expect((await new Client(application).get(link)).text()).toContain('This link does not work')
    expect((await logIn('ANN@example.com', 'correct horse', new Client(application))).status).toBe(303)
  })

  test('asks another browser for the password', async () => {
    await signUp()
    const phone = new Client(application)
    const { page, path } = await follow(undefined, phone)
    expect(page.text()).toContain('autocomplete="current-password"')
    for (const form of [{}, { password: 'wrong horse' }]) {
      const refused = await phone.post(path, { form })
      expect([refused.status, await whoami(phone)]).toEqual([200, 'AnonymousUser'])
      expect(refused.text()).not.toContain('wrong horse')
    }
    expect((await phone.post(path, { form: { password: 'correct horse' } })).status).toBe(303)
    expect(await whoami(phone)).toBe('ann@example.com')
  })

  test('lets nobody guess that password for long', async () => {
    await signUp()
    const phone = new Client(application)
    const { path } = await follow(undefined, phone)
    const answers: number[] = []
    for (let count = 0; count < 11; count++) {
      answers.push((await phone.post(path, { form: { password: `wrong ${count}` } })).status)
    }
    expect(answers).toEqual([...Array(10).fill(200), 429])
  })

  test('says what is wrong, and makes nobody', async () => {
    const cases: [Record<string, string>, string][] = [
      [fields(''), 'This field is required.'],
      [fields('ann'), 'Enter an email address'],
      [fields('ann@example.com', 'short'), 'too short'],
      [fields('correct.horse@example.com', 'correct.horse'), 'too much like'],
      [{ ...fields('ann@example.com'), password2: 'other horse' }, 'The two passwords are not the same.'],
      [{}, 'This field is required.'],
    ]
    for (const [form, message] of cases) {
      const response = await client.post('/accounts/signup/', { form })
      expect(response.status).toBe(200)
      expect(response.text()).toContain(message)
    }
    expect([await Person.objects.count(), outbox.length]).toEqual([0, 0])
  })

  test('sends who is logged in on', async () => {
    await client.forceLogin((await Person.objects.createUser({ email: 'ann@example.com' })) as never)
    expect((await client.get('/accounts/signup/?next=/members/')).headers.get('Location')).toBe('/members/')
    expect((await signUp('bob@example.com')).headers.get('Location')).toBe('/')
    expect(await Person.objects.count()).toBe(1)
  })

  test('tells the project, once the address is confirmed', async () => {
    const seen: UserLogged[] = []
    const stop = userSignedUp.connect((event) => void seen.push(event))
    await signUp()
    expect(seen).toEqual([])
    await client.post((await follow()).path)
    stop()
    expect(seen.map(({ user, request }) => [user.email, request.path])).toEqual([
      ['ann@example.com', expect.stringContaining('/signup/verify/')],
    ])
  })

  test('may ask for more, with a form of the project', async () => {
    const form = { ...fields('ann@example.com'), firstName: 'Ann', phone: '123' }
    expect((await client.get('/join/')).text()).toContain('name="phone"')
    expect((await client.post('/join/', { form })).status).toBe(303)
    await client.post((await follow()).path)
    expect(await Person.objects.get()).toMatchObject({ firstName: 'Ann', phone: '123', email: 'ann@example.com' })
    expect(await whoami()).toBe('ann@example.com')
  })
})

describe('an address that has an account', () => {
  test('is not told to who signs up with it; a note goes to it', async () => {
    const ann = await Person.objects.createUser({ email: 'ann@example.com', password: 'correct horse' })
    const taken = await signUp('ANN@example.com', 'battery staple')
    const elsewhere = new Client(application)
    const free = await signUp('bob@example.com', 'battery staple', elsewhere)
    const headers = (response: typeof free) =>
      [...response.headers].filter(([name]) => !['Expires', 'Set-Cookie', 'X-Request-ID'].includes(name))
    expect([taken.status, taken.text(), headers(taken)]).toEqual([free.status, free.text(), headers(free)])
    expect([...taken.cookies.keys()]).toEqual([...free.cookies.keys()])
    const page = async (who: Client) => (await who.get('/accounts/signup/done/')).text().replace(/value="\w{64}"/g, '')
    expect((await page(client)).replaceAll('ann@', '@')).toBe((await page(elsewhere)).replaceAll('bob@', '@'))
    expect(outbox[0]).toMatchObject({ to: ['ann@example.com'], subject: 'You have an account at example.com' })
    expect(linksIn(outbox[0]!)).toEqual([
      'http://example.com/accounts/login/',
      'http://example.com/accounts/password_reset/',
    ])
    await ann.refreshFromDb()
    expect(await ann.checkPassword('correct horse')).toBe(true)
    expect(await Person.objects.count()).toBe(2)
  })

  test('gets nothing where it may no longer log in', async () => {
    await Person.objects.createUser({ email: 'ann@example.com', password: 'correct horse', isActive: false })
    expect((await signUp()).status).toBe(303)
    expect(outbox).toEqual([])
  })

  test('that nobody has confirmed is signed up with again: the last password counts, former links are dead', async () => {
    await signUp('ann@example.com', 'first horse')
    const first = lastLink()
    await signUp('Ann@example.com', 'second horse')
    expect(await Person.objects.count()).toBe(1)
    expect((await client.get(first)).text()).toContain('This link does not work')
    await client.post((await follow()).path)
    expect((await logIn('ann@example.com', 'second horse', new Client(application))).status).toBe(303)
  })

  test('is not taken over by a stranger who signed up with it: whoever has the mail is asked for the password', async () => {
    const stranger = new Client(application)
    await signUp('ann@example.com', 'stranger horse', stranger)
    const owner = new Client(application)
    const { path } = await follow(undefined, owner)
    expect((await owner.post(path)).status).toBe(200)
    expect(await whoami(owner)).toBe('AnonymousUser')
    // Nor where the owner signed up before, and the stranger after them.
    await signUp('ann@example.com', 'owner horse', owner)
    await signUp('ann@example.com', 'stranger horse', stranger)
    const again = await follow(undefined, owner)
    expect(again.page.text()).toContain('type="password"')
    expect((await owner.post(again.path, { form: { password: 'owner horse' } })).status).toBe(200)
    await signUp('ann@example.com', 'owner horse', owner)
    expect((await owner.post((await follow(undefined, owner)).path)).status).toBe(303)
  })

  test('two at once make one account, and both see the same page', async () => {
    const clients = Array.from({ length: 4 }, () => new Client(application))
    const answers = await Promise.all(clients.map((who) => signUp('ann@example.com', 'correct horse', who)))
    expect(answers.map(({ status, headers }) => [status, headers.get('Location')])).toEqual(
      Array(4).fill([303, '/accounts/signup/done/']),
    )
    expect(await Person.objects.count()).toBe(1)
    const { path } = await follow()
    expect((await client.post(path, { form: { password: 'correct horse' } })).status).toBe(303)
  })

  test('two clicks at once log in once', async () => {
    await signUp()
    const { path } = await follow()
    const answers = await Promise.all([client.post(path), client.post(path)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 303])
  })
})

describe('sending the mail again', () => {
  test('is for an account that waits; others get what a sign-up would get them, or nothing', async () => {
    await signUp()
    await Person.objects.createUser({ email: 'bob@example.com', password: 'correct horse' })
    outbox.length = 0
    for (const email of ['ann@example.com', 'bob@example.com', 'nobody@example.com']) {
      const response = await client.post('/accounts/signup/resend/', { form: { email } })
      expect([response.status, response.headers.get('Location')]).toEqual([303, '/accounts/signup/done/'])
    }
    expect(outbox.map(({ subject }) => subject)).toEqual([
      'Confirm your address for example.com',
      'You have an account at example.com',
    ])
  })

  test('comes of itself where another password is asked for', async () => {
    await signUp()
    outbox.length = 0
    await client.post('/accounts/password_reset/', { form: { email: 'ann@example.com' } })
    expect(outbox.map(({ subject }) => subject)).toEqual(['Confirm your address for example.com'])
    expect((await client.post((await follow()).path)).status).toBe(303)
  })

  test('is limited: an address gets five mails an hour, whoever asks, and what is there stays as it is', async () => {
    for (let count = 0; count < 7; count++) {
      const who = new Client(application, { clientAddress: `192.0.2.${count}` })
      expect((await signUp('ann@example.com', `horse number ${count}`, who)).status).toBe(303)
    }
    expect(outbox).toHaveLength(5)
    const { path } = await follow()
    expect((await client.post(path, { form: { password: 'horse number 4' } })).status).toBe(303)
  })

  test('many sign-ups of one client end with 429', async () => {
    const answers: number[] = []
    const who = new Client(application, { clientAddress: '192.0.2.7' })
    for (let count = 0; count < 31; count++) answers.push((await signUp(`nr${count}@example.com`, '', who)).status)
    expect([answers.indexOf(200), answers.indexOf(429)]).toEqual([0, 30])
  })
})
