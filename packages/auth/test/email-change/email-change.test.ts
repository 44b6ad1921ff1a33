import { createApplication } from '@nuages/core'
import { withLanguage } from '@nuages/i18n'
import { outbox } from '@nuages/mail'
import { Client, type DatabaseFixtures, testDatabase } from '@nuages/testing'
import { test as base, beforeEach, describe, expect, onTestFinished, vi } from 'vitest'
import { EmailChangeForm } from '../../src/email-change/email-change-form.ts'
import { PasswordChangeForm } from '../../src/index.ts'
import { linksIn } from '../links-in.ts'
import { Person } from '../project-by-address/models.ts'
import settings from '../project-by-address/settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))
const application = await createApplication(settings)
let client: Client
let ann: Person

beforeEach(async () => {
  client = new Client(application)
  ann = await Person.objects.createUser({ email: 'ann@example.com', password: 'correct horse' })
  await client.forceLogin(ann as never)
})

const change = (newEmail: string, password = 'correct horse', who = client) =>
  who.post('/accounts/email_change/', { form: { newEmail, password } })
const whoami = async (who = client) => (await who.get('/')).text()
const mailTo = (address: string) => outbox.filter(({ to }) => to.includes(address))
const linkTo = (address: string) => new URL(linksIn(mailTo(address).at(-1)!)[0]!).pathname

async function follow(link: string, who = client) {
  const page = await who.get(link, { follow: true })
  return { page, path: page.url.pathname }
}

describe('changing the address', () => {
  test('is for who is logged in', async () => {
    for (const path of ['email_change/', 'email_change/done/', 'email_change/complete/']) {
      const response = await new Client(application).get(`/accounts/${path}`)
      expect(response.headers.get('Location')).toBe(`/accounts/login/?next=/accounts/${path}`)
    }
  })

  test('mails the new address a link and the old one a note; the link has a button, and works once', async () => {
    const page = await client.get('/accounts/email_change/')
    for (const part of ['ann@example.com', 'autocomplete="email"', 'autocomplete="current-password"']) {
      expect(page.text()).toContain(part)
    }
    const response = await change('Anna@Example.org')
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/accounts/email_change/done/'])
    expect((await client.get('/accounts/email_change/done/')).text()).toContain('Look into your mail')
    expect(outbox.map(({ to, subject }) => [to[0], subject]).sort()).toEqual([
      ['ann@example.com', 'Another address for your account at example.com'],
      ['anna@example.org', 'Confirm your new address for example.com'],
    ])
    expect(mailTo('ann@example.com')[0]!.text).toContain('anna@example.org')
    const link = linkTo('anna@example.org')
    const { page: button, path } = await follow(link)
    expect(path).toMatch(/\/confirm\/$/)
    expect([button.headers.get('Referrer-Policy'), button.status]).toEqual(['same-origin', 200])
    expect((await Person.objects.get()).email).toBe('ann@example.com')
    outbox.length = 0
    const done = await client.post(path)
    expect([done.status, done.headers.get('Location')]).toEqual([303, '/accounts/email_change/complete/'])
    expect((await client.get('/accounts/email_change/complete/')).text()).toContain('anna@example.org')
    expect(await whoami()).toBe('anna@example.org')
    expect(outbox.map(({ to, subject }) => [to[0], subject])).toEqual([
      ['ann@example.com', 'The address of your account at example.com is changed'],
    ])
    expect((await client.post(path)).text()).toContain('This link does not work')
    expect((await client.get(link)).text()).toContain('This link does not work')
  })

  test('is asked for in the language of the visitor', async () => {
    const label = (name: string) => new EmailChangeForm({ user: ann as never }).fields[name as 'password'].label
    expect(withLanguage('ko', () => [String(label('newEmail')), String(label('password'))])).toEqual([
      '새 이메일 주소',
      '비밀번호',
    ])
  })

  test('says what is wrong, and sends nothing', async () => {
    const cases: [string, string, string][] = [
      ['anna@example.org', 'wrong horse', 'This is not your current password.'],
      ['anna', 'correct horse', 'Enter an email address'],
      ['ANN@example.com', 'correct horse', 'This is your address already.'],
      ['', 'correct horse', 'This field is required.'],
    ]
    for (const [address, password, message] of cases) {
      const response = await change(address, password)
      expect(response.status).toBe(200)
      expect(response.text()).toContain(message)
      expect(response.text()).not.toContain('horse')
    }
    expect(outbox).toEqual([])
  })

  test('does not tell that an address is taken; a note goes to it', async () => {
    await Person.objects.createUser({ email: 'bob@example.com', password: 'correct horse' })
    const response = await change('Bob@example.com')
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/accounts/email_change/done/'])
    expect(mailTo('bob@example.com').map(({ subject }) => subject)).toEqual(['You have an account at example.com'])
    expect(linksIn(mailTo('bob@example.com')[0]!)).toEqual([])
  })

  test('finds out that the address was taken meanwhile, by a confirmed account alone', async () => {
    await change('bob@example.com')
    const { path } = await follow(linkTo('bob@example.com'))
    await new Client(application).post('/accounts/signup/', {
      form: { email: 'bob@example.com', password1: 'battery staple', password2: 'battery staple' },
    })
    expect(await Person.objects.count()).toBe(2)
    expect((await client.post(path)).status).toBe(303)
    expect((await Person.objects.get()).email).toBe('bob@example.com')

    await change('cem@example.com')
    const second = await follow(linkTo('cem@example.com'))
    await Person.objects.createUser({ email: 'cem@example.com', password: 'correct horse' })
    expect((await client.post(second.path)).text()).toContain('The address has another account by now.')
    expect(await whoami()).toBe('bob@example.com')
  })

  test('is worth nothing to others: who is not logged in does so first, who is somebody else is told', async () => {
    await change('anna@example.org')
    const link = linkTo('anna@example.org')
    const phone = new Client(application)
    const { path } = await follow(link, phone)
    expect(path).toBe('/accounts/login/')
    const confirm = (await phone.get(link)).headers.get('Location')!
    const login = await phone.post('/accounts/login/', {
      form: { username: 'ann@example.com', password: 'correct horse', next: confirm },
    })
    expect(login.headers.get('Location')).toBe(confirm)
    expect((await phone.get(confirm)).text()).toContain('Confirm your new address')

    const bob = new Client(application)
    await bob.forceLogin((await Person.objects.createUser({ email: 'bob@example.com' })) as never)
    const theirs = await follow(link, bob)
    expect(theirs.page.text()).toContain('for another user')
    expect((await bob.post(theirs.path)).text()).toContain('for another user')
    expect((await phone.post(confirm)).status).toBe(303)
    await ann.refreshFromDb()
    expect(ann.email).toBe('anna@example.org')
  })

  test('dies with the password, with another change, and with letters that are not its own', async () => {
    await change('anna@example.org')
    const link = linkTo('anna@example.org')
    const [, , , , uid, , token] = link.split('/')
    const other = Buffer.from('eve@example.org').toString('base64url')
    for (const odd of [
      `${uid}/${other}/${token}`,
      `${uid}/_w/${token}`,
      `MTc/${other}/${token}`,
      `${uid}/${other}/x`,
    ]) {
      const page = await client.get(`/accounts/email_change/confirm/${odd}/`)
      expect([page.status, page.text().includes('This link does not work')]).toEqual([200, true])
    }
    await ann.setPassword('another horse')
    await ann.save()
    await client.forceLogin(ann as never)
    expect((await client.get(link)).text()).toContain('This link does not work')
  })

  test('lets nobody guess the password, here and on the other pages that ask for it together', async () => {
    const answers: number[] = []
    for (let count = 0; count < 5; count++) {
      answers.push((await change('anna@example.org', `wrong ${count}`)).status)
      const form = { oldPassword: `wrong ${count}`, newPassword1: 'battery staple', newPassword2: 'battery staple' }
      answers.push((await client.post('/accounts/password_change/', { form })).status)
    }
    expect(answers).toEqual(Array(10).fill(200))
    const refused = await change('anna@example.org')
    expect([refused.status, Number(refused.headers.get('Retry-After')) > 0]).toEqual([429, true])
    expect(refused.text()).toContain('Too many attempts. Try again in')
    const form = new PasswordChangeForm({ user: ann as never, data: { oldPassword: 'correct horse' } })
    await form.isValid()
    expect([form.hasError('oldPassword', 'too_many_attempts'), form.refusal?.status]).toEqual([true, 429])
    const bob = await Person.objects.createUser({ email: 'bob@example.com', password: 'correct horse' })
    await client.forceLogin(bob as never)
    expect((await change('bob@example.org')).status).toBe(303)
  })

  test('floods nobody, and forgets what was guessed once the password was right', async () => {
    const answers: number[] = []
    for (let count = 0; count < 11; count++) {
      await change('anna@example.org', 'wrong')
      answers.push((await change(`anna${count}@example.org`)).status)
    }
    expect(answers).toEqual([...Array(10).fill(303), 429])
  })

  test('asks who has no password for a log-in of the last ten minutes instead', async () => {
    const now = Temporal.Now.instant()
    const clock = vi.spyOn(Temporal.Now, 'instant')
    onTestFinished(() => clock.mockRestore())
    const guest = await Person.objects.createUser({ email: 'guest@example.com' })
    await client.forceLogin(guest as never)
    const page = await client.get('/accounts/email_change/')
    expect([page.status, page.text().includes('type="password"')]).toEqual([200, false])
    expect((await client.post('/accounts/email_change/', { form: { newEmail: 'new@example.com' } })).status).toBe(303)
    outbox.length = 0

    clock.mockReturnValue(now.add({ minutes: 11 }))
    for (const response of [
      await client.get('/accounts/email_change/'),
      await client.post('/accounts/email_change/', { form: { newEmail: 'new@example.com', password: '' } }),
    ]) {
      expect(response.text()).toContain('You have no password here')
      expect(response.text()).not.toContain('New email address')
      expect(response.headers.get('Cache-Control')).toContain('no-store')
    }
    expect(outbox).toEqual([])
    const out = await client.post('/accounts/logout/', { form: { next: '/accounts/email_change/' } })
    expect(out.headers.get('Location')).toBe('/accounts/email_change/')
    await client.forceLogin(guest as never)
    expect((await client.get('/accounts/email_change/')).status).toBe(200)
  })

  test('takes no recent log-in in place of the password of who has one', async () => {
    expect((await change('anna@example.org', '')).text()).toContain('This field is required.')
  })
})
