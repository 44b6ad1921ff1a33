import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { beforeEach, describe, expect, test } from 'vitest'
import { BadMailAddress, BadMailHeader, EmailMessage, type EmailOptions } from '../src/index.ts'
import { project } from './project/project.ts'

beforeEach(() => project())

const parsed = async (options: EmailOptions) => simpleParser(Buffer.from(await new EmailMessage(options).toBytes()))
const rawOf = async (options: EmailOptions) => Buffer.from(await new EmailMessage(options).toBytes()).toString('latin1')

describe('a line break in a header is refused', () => {
  const injected = ['a\nBcc: x@evil.example', 'a\r\nBcc: x@evil.example', 'a\rb', 'a\0b', 'a\u2028b', '\n', 'a\x1bb']

  test.each<[string, (text: string) => EmailOptions]>([
    ['subject', (text) => ({ subject: text })],
    ['from', (text) => ({ from: `ada@example.com${text}` })],
    ['the name in from', (text) => ({ from: { name: text, address: 'ada@example.com' } })],
    ['the name in to', (text) => ({ to: [`${text} <ada@example.com>`] })],
    ['the address in to', (text) => ({ to: { address: `ada@example.com${text}` } })],
    ['cc', (text) => ({ cc: [`ada@example.com${text}`] })],
    ['bcc', (text) => ({ bcc: [`ada@example.com${text}`] })],
    ['replyTo', (text) => ({ replyTo: { name: text, address: 'ada@example.com' } })],
    ['a header', (text) => ({ headers: { 'X-Campaign': text } })],
    ['the name of a header', (text) => ({ headers: { [`X-${text}`]: 'a' } })],
    ['the name of an attachment', (text) => ({ attachments: [{ filename: text, content: 'a' }] })],
    ['the name of a file', (text) => ({ attachments: [new File(['a'], text)] })],
    ['the type of an attachment', (text) => ({ attachments: [{ content: 'a', contentType: `text/plain${text}` }] })],
    ['the cid of an attachment', (text) => ({ attachments: [{ content: 'a', cid: text }] })],
  ])('%s', (_field, options) => {
    for (const text of injected) expect(() => new EmailMessage(options(text))).toThrow(BadMailHeader)
  })

  test('and the message says where', () => {
    expect(() => new EmailMessage({ subject: 'a\nb' })).toThrow(
      "The mail's subject has the control character U+000A at 1.",
    )
  })

  test('what is too long for a line is refused, but in a subject', async () => {
    const long = 'x'.repeat(5000)
    expect(() => new EmailMessage({ to: { name: long, address: 'ada@example.com' } })).toThrow(BadMailHeader)
    expect(() => new EmailMessage({ headers: { 'X-Long': long } })).toThrow(BadMailHeader)
    expect((await parsed({ subject: long })).subject).toBe(long)
    expect((await parsed({ subject: `${'é'.repeat(2000)} ${long}` })).subject).toBe(`${'é'.repeat(2000)} ${long}`)
  })

  test('headers that the message makes itself, and names that are none, are refused as well', () => {
    for (const name of ['To', 'bcc', 'SUBJECT', 'Content-Type', 'MIME-Version', 'X Y', 'X:', '', 'Ü', 'x'.repeat(77)]) {
      expect(() => new EmailMessage({ headers: { [name]: 'a' } })).toThrow(BadMailHeader)
    }
  })
})

describe('addresses', () => {
  test.each([
    ['ada@example.com', 'ada@example.com'],
    [' Ada Lovelace <ada@example.com> ', 'Ada Lovelace <ada@example.com>'],
    ['"Lovelace, Ada" <ada@example.com>', '"Lovelace, Ada" <ada@example.com>'],
    [{ name: 'Lovelace, "Ada"', address: 'ada@example.com' }, '"Lovelace, \\"Ada\\"" <ada@example.com>'],
    [{ name: 'x@evil.example', address: 'ada@example.com' }, '"x@evil.example" <ada@example.com>'],
    ['김철수 <kim@한국.kr>', '김철수 <kim@xn--3e0b707e.kr>'],
    ['ada+tag@sub.example.co.uk', 'ada+tag@sub.example.co.uk'],
    ['사용자@example.com', '사용자@example.com'],
    ['ada@[127.0.0.1]', 'ada@[127.0.0.1]'],
    ['root@localhost', 'root@localhost'],
  ])('%j', (given, formatted) => {
    const { to } = new EmailMessage({ to: given })
    expect(to).toEqual([formatted])
    expect(new EmailMessage({ to }).to).toEqual([formatted])
  })

  test.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'ada@example..com',
    'ada@exa mple.com',
    'a@example.com, b@evil.example',
    'a@example.com; b@evil.example',
    'a@example.com b@evil.example',
    'a@example.com <b@evil.example>',
    'a@example.com, b <b@evil.example>',
    '<a@example.com> <b@evil.example>',
    'a@example.com\t,b@evil.example',
    '"a@evil.example,b"@example.com',
    '"a@evil.example x"@example.com',
    'ada@example.com/evil.example',
    'ada@-example.com',
    `${'a'.repeat(65)}@example.com`,
    `ada@${'a.'.repeat(130)}com`,
    'group: a@example.com;',
  ])('%j is none, or several', (given) => {
    expect(() => new EmailMessage({ to: given })).toThrow(BadMailAddress)
  })
})

describe('the message as it travels', () => {
  test('holds what was given, in any script', async () => {
    const subject = `안녕하세요 – ${'아주 긴 제목 '.repeat(60)}🎉`.trim()
    const mail = await parsed({
      subject,
      text: 'Grüße\n.\nFrom me\n',
      html: '<p>안녕</p>',
      from: '김철수 <kim@example.com>',
      to: [{ name: 'Ünal, "U"', address: 'u@example.com' }],
      replyTo: 'help@example.com',
      headers: { 'X-Campaign': 'été', 'List-Unsubscribe': '<https://example.com/unsubscribe>' },
    })
    expect(mail).toMatchObject({ subject, text: 'Grüße\n.\nFrom me\n', html: '<p>안녕</p>' })
    expect(mail.from?.value).toEqual([{ name: '김철수', address: 'kim@example.com' }])
    expect(mail.to).toMatchObject({ value: [{ name: 'Ünal, "U"', address: 'u@example.com' }] })
    expect(mail.replyTo?.text).toBe('help@example.com')
    expect(mail.headers.get('x-campaign')).toBe('=?UTF-8?B?w6l0w6k=?=')
  })

  test('has lines that every server takes, and CRLF at their ends', async () => {
    const raw = await rawOf({
      subject: 'x'.repeat(5000),
      text: `${'long '.repeat(2000)}\nbare\rreturn`,
      to: Array.from({ length: 200 }, (_, index) => `Someone ${index} <someone${index}@example.com>`),
      headers: { References: Array.from({ length: 100 }, (_, index) => `<${index}@example.com>`).join(' ') },
    })
    for (const line of raw.split('\r\n')) expect(line.length).toBeLessThanOrEqual(998)
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  test('has an id of its own at the domain of the sender, and a date, the same at each try', async () => {
    const message = new EmailMessage({ from: 'Site <site@예시.kr>', to: 'ada@example.com' })
    expect(message.messageId).toMatch(/^<[\w-]{36}@xn--vv4b11d.kr>$/)
    const mails = [
      await simpleParser(Buffer.from(await message.toBytes())),
      await simpleParser(Buffer.from(await message.toBytes())),
    ]
    for (const mail of mails) {
      expect(mail.messageId).toBe(message.messageId)
      expect(mail.date?.getTime()).toBe(Math.floor(message.date.getTime() / 1000) * 1000)
    }
    expect(new EmailMessage({}).messageId).not.toBe(message.messageId)
  })

  test('has files: texts, bytes, those of this machine, of storages, and those that the HTML shows', async () => {
    const mail = await parsed({
      html: '<img src="cid:logo@site">',
      attachments: [
        { filename: '보고서.csv', content: 'a,b\n1,2\n' },
        { filename: 'bytes.bin', content: Uint8Array.from([0, 255, 13, 10]) },
        { path: new URL('./project/templates/mails/plain.txt', import.meta.url).pathname },
        new File(['{"a":1}'], 'folder/data.json', { type: 'application/json' }),
        { content: new File(['<svg/>'], 'logo.svg'), cid: 'logo@site', contentType: 'image/svg+xml' },
        { filename: '../../etc/passwd"; x="', content: 'x' },
      ],
    })
    const files = mail.attachments.map(({ filename, contentType, content }) => [
      filename,
      contentType,
      content.toString('latin1'),
    ])
    expect(files).toEqual(
      expect.arrayContaining([
        ['보고서.csv', 'text/csv', 'a,b\n1,2\n'],
        ['bytes.bin', 'application/octet-stream', '\0ÿ\r\n'],
        ['plain.txt', 'text/plain', 'Only text'],
        ['data.json', 'application/json', '{"a":1}'],
        ['logo.svg', 'image/svg+xml', '<svg/>'],
      ]),
    )
    expect(mail.attachments.find(({ related }) => related)?.cid).toBe('logo@site')
    expect(mail.attachments).toHaveLength(6)
  })

  test('cannot be made of a file that is not there', async () => {
    await expect(rawOf({ attachments: [{ path: '/nowhere/at/all.txt' }] })).rejects.toThrow(/ENOENT/)
    expect(() => new EmailMessage({ attachments: [{}] })).toThrow(TypeError)
  })

  test('fetches nothing', async () => {
    await expect(rawOf({ attachments: [{ path: 'http://127.0.0.1:1/x' }] })).rejects.toThrow()
    expect(await rawOf({ text: 'http://127.0.0.1:1/', html: '<img src="http://127.0.0.1:1/x">' })).toContain(
      '127.0.0.1',
    )
  })
})

test('any texts make a message that says the same, or are refused', async () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('\n', '\r\nBcc: x@evil.example', '"', '=?utf-8?q?x?=', '<', ','),
  )
  const line = fc.array(text, { maxLength: 4 }).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(line, line, line, async (subject, name, body) => {
      let message: EmailMessage
      try {
        message = new EmailMessage({ subject, text: body, to: { name, address: 'ada@example.com' } })
      } catch (error) {
        expect(error).toBeInstanceOf(BadMailHeader)
        return
      }
      const mail = await simpleParser(Buffer.from(await message.toBytes()))
      expect(mail.to).toMatchObject({ value: [{ address: 'ada@example.com' }] })
      expect([...mail.headers.keys()]).not.toContain('bcc')
      expect((mail.to as { value: { name: string }[] }).value).toHaveLength(1)
    }),
    { numRuns: 150 },
  )
})
