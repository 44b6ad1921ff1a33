import { once } from 'node:events'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  EmailMessage,
  MailDeliveryError,
  SmtpBackend,
  type SmtpOptions,
  sendMail,
  sendMessages,
} from '../../src/index.ts'
import { project } from '../project/project.ts'
import { certificate, smtpServer } from './test-server.ts'

beforeEach(() => project())

const message = (options = {}) =>
  new EmailMessage({ subject: 'Hello', text: 'Hi!', from: 'site@example.com', to: 'ada@example.com', ...options })

async function send(url: string, options: Partial<SmtpOptions> = {}, mail = message()): Promise<number> {
  const backend = new SmtpBackend(url, { timeout: 20, ...options })
  try {
    return await mail.send({ backend })
  } finally {
    await backend.close()
  }
}

const failure = (sending: Promise<unknown>): Promise<MailDeliveryError> =>
  sending.then(
    () => expect.unreachable('it was sent'),
    (error: unknown) => error as MailDeliveryError,
  )

describe('a message', () => {
  test('reaches everybody, and says nothing of bcc', async () => {
    await using server = await smtpServer()
    const mail = message({
      to: ['Ada <ada@example.com>', 'bob@example.com'],
      cc: 'cy@example.com',
      bcc: 'di@example.com',
    })
    expect(await send(`smtp://127.0.0.1:${server.port}`, { starttls: 'never' }, mail)).toBe(1)
    const [received] = server.received
    expect(received).toMatchObject({
      from: 'site@example.com',
      to: ['ada@example.com', 'bob@example.com', 'cy@example.com', 'di@example.com'],
      isSecure: false,
    })
    expect(received!.raw.toString()).not.toContain('di@example.com')
    expect(received!.mail).toMatchObject({ subject: 'Hello', text: 'Hi!\n', messageId: mail.messageId })
  })

  test('many go over one connection, in order', async () => {
    await using server = await smtpServer()
    const backend = new SmtpBackend(`smtp://127.0.0.1:${server.port}`, { timeout: 20, starttls: 'never' })
    const messages = Array.from({ length: 25 }, (_, index) => message({ subject: `No. ${index}` }))
    expect(await sendMessages(messages, { backend })).toBe(25)
    expect(server.received.map(({ mail }) => mail.subject)).toEqual(messages.map(({ subject }) => subject))
    expect(server.connections).toBe(1)
    await Promise.all(Array.from({ length: 30 }, () => message().send({ backend })))
    expect(server.received).toHaveLength(55)
    expect(server.connections).toBeLessThanOrEqual(5)
    await backend.close()
    expect(await message().send({ backend })).toBe(1)
    await backend.close()
  })

  test('some of whose recipients are refused reaches the others', async () => {
    await using server = await smtpServer({
      onRcptTo: ({ address }, _session, done) => done(address.startsWith('no') ? new Error('no such mailbox') : null),
    })
    const url = `smtp://127.0.0.1:${server.port}`
    expect(await send(url, { starttls: 'never' }, message({ to: ['no@example.com', 'ada@example.com'] }))).toBe(1)
    expect(server.received[0]!.to).toEqual(['ada@example.com'])
    const error = await failure(send(url, { starttls: 'never' }, message({ to: 'no@example.com' })))
    expect(error.message).toMatch(
      /'Hello' to one recipient was not taken by smtp:\/\/127\.0\.0\.1:\d+: .*no such mailbox/,
    )
  })
})

describe('TLS', () => {
  test('from the start, with a certificate that is trusted', async () => {
    await using server = await smtpServer({ secure: true })
    expect(await send(`smtps://localhost:${server.port}`, { ca: certificate })).toBe(1)
    expect(server.received[0]!.isSecure).toBe(true)
  })

  test('trusts what the settings name, beside the authorities of the system', async () => {
    await using server = await smtpServer({ secure: true })
    await project({ url: `smtps://localhost:${server.port}`, tls: { ca: '../certificates/certificate.pem' } })
    expect(await sendMail({ subject: 'Hello', to: 'ada@example.com' })).toBe(1)
    expect(server.received[0]).toMatchObject({ isSecure: true, from: 'webmaster@localhost' })
  })

  test('is not spoken with a certificate that nobody has signed', async () => {
    await using server = await smtpServer({ secure: true })
    const error = await failure(send(`smtps://localhost:${server.port}`))
    expect(error).toMatchObject({ code: 'mail-delivery-error', message: expect.stringMatching(/self.signed/) })
    expect(server.received).toEqual([])
  })

  test('is gone over to where the server offers it', async () => {
    await using server = await smtpServer()
    expect(await send(`smtp://ada:p%40ss%2Fword@localhost:${server.port}`, { ca: certificate })).toBe(1)
    expect(server.received[0]).toMatchObject({ isSecure: true, user: 'ada' })
  })

  test('CVE-2026-7666: that cannot be gone over to is no plain connection', async () => {
    await using server = await smtpServer()
    for (const starttls of ['auto', 'always'] as const) {
      const error = await failure(send(`smtp://localhost:${server.port}`, { starttls }))
      expect(error.message).toMatch(/self.signed/)
    }
    await using refusing = await scripted((line) => (line === 'STARTTLS' ? '454 not now' : undefined), ['STARTTLS'])
    for (const starttls of ['auto', 'always'] as const) {
      expect((await failure(send(`smtp://127.0.0.1:${refusing.port}`, { starttls }))).code).toBe('mail-delivery-error')
    }
    expect(refusing.lines.filter((line) => /^(AUTH|MAIL|DATA)/.test(line))).toEqual([])
    expect(server.received).toEqual([])
  })

  test('that is not offered keeps a password from being sent', async () => {
    await using plain = await scripted((line) => (line === 'STARTTLS' ? '502 no' : undefined), ['AUTH PLAIN LOGIN'])
    const url = `smtp://ada:secret-word@127.0.0.1:${plain.port}`
    const error = await failure(send(url, { starttls: 'always' }))
    expect(error.hint).toContain('offers no TLS')
    expect(plain.lines.filter((line) => line.startsWith('AUTH'))).toEqual([])
    expect(`${error.message} ${error.hint}`).not.toContain('secret-word')
  })
})

describe('what goes wrong', () => {
  test('a wrong password, which is not shown', async () => {
    await using server = await smtpServer()
    const error = await failure(send(`smtp://ada:wrong-word@localhost:${server.port}`, { ca: certificate }))
    expect(error.message).toContain('Invalid username or password')
    expect(error.hint).toContain('Check the user and the password')
    expect(`${error.message} ${error.hint}`).not.toContain('wrong-word')
  })

  test('no server', async () => {
    const free = createServer()
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve))
    const { port } = free.address() as AddressInfo
    await new Promise((resolve) => free.close(resolve))
    const error = await failure(send(`smtp://127.0.0.1:${port}`))
    expect(error).toBeInstanceOf(MailDeliveryError)
    expect(error.hint).toContain('Nothing listens there: check the host and the port')
    expect(
      await message().send({
        backend: new SmtpBackend(`smtp://127.0.0.1:${port}`, { timeout: 5 }),
        failSilently: true,
      }),
    ).toBe(0)
  })

  test('a certificate that is not there yet', async () => {
    await using server = await smtpServer({ secure: true })
    const folder = await mkdtemp(join(tmpdir(), 'nuages-mail-'))
    try {
      const ca = join(folder, 'ca.pem')
      const backend = new SmtpBackend(`smtps://localhost:${server.port}`, { timeout: 20, ca })
      const error = await failure(message().send({ backend }))
      expect(error).toBeInstanceOf(MailDeliveryError)
      expect(error.message).toContain(ca)
      expect(error.hint).toBe('Check the paths in the setting mail.tls.')
      await copyFile(certificate, ca)
      expect(await message().send({ backend })).toBe(1)
      await backend.close()
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('a server that says nothing', async () => {
    await using server = await listening(() => {})
    const error = await failure(send(`smtp://127.0.0.1:${server.port}`, { timeout: 0.2 }))
    expect(error.hint).toMatch(/mail\.timeout/)
  })

  test('a server that says a letter now and then', async () => {
    await using server = await listening((socket) => {
      const timer = setInterval(() => socket.write('2'), 20)
      socket.on('close', () => clearInterval(timer))
    })
    expect((await failure(send(`smtp://127.0.0.1:${server.port}`, { timeout: 0.1 }))).code).toBe('mail-delivery-error')
  })

  test('a server that hangs up in the middle is not sent the message twice', async () => {
    await using server = await scripted((line) => (line === 'DATA' ? null : undefined))
    expect((await failure(send(`smtp://127.0.0.1:${server.port}`))).code).toBe('mail-delivery-error')
    expect(server.lines.filter((line) => line === 'DATA')).toHaveLength(1)
  })

  test('a server that comes back', async () => {
    let isDown = true
    await using server = await smtpServer({
      onMailFrom: (_address, _session, done) => done(isDown ? new Error('busy') : null),
    })
    const backend = new SmtpBackend(`smtp://127.0.0.1:${server.port}`, { timeout: 20, starttls: 'never' })
    await failure(message().send({ backend }))
    isDown = false
    expect(await message().send({ backend })).toBe(1)
    await backend.close()
  })
})

interface Listening extends AsyncDisposable {
  readonly port: number
}

/** A server of a few lines, for what a real one does not do. */
async function listening(onConnection: (socket: Socket) => void): Promise<Listening> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onConnection(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** One that answers every command with yes, but for what `answer` says: `null` hangs up. */
async function scripted(
  answer: (line: string) => string | null | undefined,
  extensions: readonly string[] = [],
): Promise<Listening & { readonly lines: readonly string[] }> {
  const lines: string[] = []
  const server = await listening((socket) => {
    socket.write('220 here\r\n')
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n').filter(Boolean)) {
        lines.push(line)
        const own = answer(line)
        if (own === null) socket.destroy()
        else if (own !== undefined) socket.write(`${own}\r\n`)
        else if (line.startsWith('EHLO'))
          socket.write(
            ['here', ...extensions]
              .map((text, index, all) => `250${index === all.length - 1 ? ' ' : '-'}${text}\r\n`)
              .join(''),
          )
        else socket.write('250 yes\r\n')
      }
    })
  })
  return Object.assign(server, { lines })
}
