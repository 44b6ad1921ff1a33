import { beforeEach, expect, test } from 'vitest'
import { EmailMessage, outbox, renderEmail, sendMail } from '../src/index.ts'
import { project } from './project/project.ts'

beforeEach(() => project())

test('what is sent in a test is in the outbox', async () => {
  expect(await sendMail({ subject: 'Hello', text: 'Hi!', to: 'ada@example.com' })).toBe(1)
  expect(outbox).toHaveLength(1)
  expect(outbox[0]).toMatchObject({
    subject: 'Hello',
    text: 'Hi!',
    from: 'webmaster@localhost',
    to: ['ada@example.com'],
  })
})

test('a message to nobody is not sent', async () => {
  expect(await new EmailMessage({ subject: 'Hello' }).send()).toBe(0)
  expect(outbox).toEqual([])
})

test('a message of templates', async () => {
  const message = await renderEmail('mails/welcome', { name: 'Ada', link: '/x' }, { to: 'ada@example.com' })
  expect(message).toMatchObject({
    subject: 'Welcome, Ada!',
    text: 'Hello Ada, here is /x\n',
    html: '<p>Hello Ada</p>\n',
  })
  const named = { subject: 'mails/welcome.subject.txt', text: 'mails/welcome.txt', html: 'mails/welcome.html' }
  const quoted = await renderEmail(named, { name: `<O'Hara> & "co"`, link: '/?a=1&b=2' }, { to: 'ada@example.com' })
  expect(quoted).toMatchObject({
    subject: `Welcome, <O'Hara> & "co"!`,
    text: `Hello <O'Hara> & "co", here is /?a=1&b=2\n`,
    html: '<p>Hello &lt;O&#x27;Hara&gt; &amp; &quot;co&quot;</p>\n',
  })
  const plain = await renderEmail('mails/plain', {}, { to: 'ada@example.com' })
  expect(plain.html).toBeUndefined()
})
