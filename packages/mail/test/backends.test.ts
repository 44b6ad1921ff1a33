import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SettingsError } from '@nuages/core'
import { simpleParser } from 'mailparser'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { sendtestemail } from '../src/commands.ts'
import {
  consoleBackend,
  EmailMessage,
  fileBackend,
  type MailBackend,
  MailDeliveryError,
  type OutgoingMessage,
  outbox,
  sendMail,
  sendMessages,
} from '../src/index.ts'
import { project } from './project/project.ts'

beforeEach(() => project())

const options = {
  subject: '안녕',
  text: 'Grüße',
  from: 'site@example.com',
  to: 'Ada <ada@example.com>',
  bcc: 'di@example.com',
}

test('the console shows a message as one reads it', async () => {
  const lines: string[] = []
  const backend = consoleBackend({ write: (text) => lines.push(text) })
  await sendMail({ ...options, html: '<b>Grüße</b>', attachments: [{ filename: 'a.txt', content: 'x' }], backend })
  const text = lines.join('')
  expect(text).toContain(
    'Subject: 안녕\nFrom: site@example.com\nTo: Ada <ada@example.com>\nBcc: di@example.com\nDate: ',
  )
  expect(text).toContain('\n\nGrüße\n\n[HTML]\n<b>Grüße</b>\n\n[Attachment: a.txt]\n-----')
})

test('files hold messages as they travel, for their owner alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nuages-mail-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const backend = fileBackend(join(folder, 'deep/mails'))
  expect(await sendMessages([new EmailMessage(options), new EmailMessage(options)], { backend })).toBe(2)
  const files = readdirSync(join(folder, 'deep/mails'))
  expect(files).toHaveLength(2)
  const file = join(folder, 'deep/mails', files[0]!)
  expect(await simpleParser(readFileSync(file))).toMatchObject({ subject: '안녕', text: 'Grüße\n' })
  expect(readFileSync(file, 'utf8')).not.toContain('di@example.com')
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

describe('a back end of the project', () => {
  class Collecting implements MailBackend {
    readonly sent: OutgoingMessage[] = []

    async sendMessages(messages: readonly OutgoingMessage[]): Promise<number> {
      this.sent.push(...messages)
      return messages.length
    }
  }

  test('takes what is sent, as an object or made by a function', async () => {
    const backend = new Collecting()
    for (const setting of [backend, () => backend]) {
      await project({ backend: setting })
      await sendMail(options)
    }
    expect(backend.sent.map(({ subject }) => subject)).toEqual(['안녕', '안녕'])
    expect(outbox).toEqual([])
  })

  test('that fails is an error, unless it may fail silently', async () => {
    const backend: MailBackend = { sendMessages: () => Promise.reject(new MailDeliveryError('no mail today')) }
    await expect(sendMail({ ...options, backend })).rejects.toThrow('no mail today')
    expect(await sendMail({ ...options, backend, failSilently: true })).toBe(0)
  })
})

test('what cannot be sent fails in tests as well', async () => {
  await expect(sendMail({ ...options, attachments: [{ path: '/nowhere/at/all' }] })).rejects.toThrow(/ENOENT/)
  expect(outbox).toEqual([])
})

test('settings that are wrong are said at the start', async () => {
  for (const section of [
    { url: 'http://example.com' },
    { url: 'smtp://' },
    { url: 'file:' },
    { admins: ['a@example.com, b@example.com'] },
    { defaultFromEmail: 'nobody' },
    { backend: {} },
    { timeout: 0 },
    { unknown: 1 },
  ]) {
    await expect(project(section as object), JSON.stringify(section)).rejects.toThrow(SettingsError)
  }
})

describe('sendtestemail', () => {
  const run = (args: object, flags: object = {}) => {
    const written: string[] = []
    const stdout = { write: (text: string) => written.push(text) }
    const context = { args, options: flags, stdout, stderr: stdout, settings: {} } as unknown
    return Promise.resolve(sendtestemail.run(context as Parameters<typeof sendtestemail.run>[0])).then(() =>
      written.join(''),
    )
  }

  test('writes to who is named, and to the staff', async () => {
    await project({ admins: ['ada@example.com'], managers: ['bob@example.com'] })
    expect(await run({ addresses: ['cy@example.com'] }, { admins: true, managers: true })).toBe(
      'Sent to cy@example.com, ada@example.com, bob@example.com.\n',
    )
    expect(outbox.map(({ to }) => to[0])).toEqual(['cy@example.com', 'ada@example.com', 'bob@example.com'])
    expect(outbox[0]!.subject).toMatch(/^Test message from 20/)
  })

  test('says when there is nobody', async () => {
    await expect(run({ addresses: [] }, { admins: true })).rejects.toThrow('There is nobody to send it to.')
  })
})
