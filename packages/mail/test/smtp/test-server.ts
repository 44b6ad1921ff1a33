import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A message as a server got it: the envelope, what it says, and how it came. */
export interface Received {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: Buffer
  readonly mail: ParsedMail
  readonly user: string | undefined
  readonly isSecure: boolean
}

export interface TestServer extends AsyncDisposable {
  readonly port: number
  readonly received: readonly Received[]
  /** How many clients have connected. */
  readonly connections: number
}

const pem = (name: string) => join(import.meta.dirname, '../certificates', name)

/** The certificate of the test servers, which nobody trusts who is not told to. */
export const certificate = pem('certificate.pem')

/** A real SMTP server on a free port of this machine. */
export async function smtpServer(options: SMTPServerOptions = {}): Promise<TestServer> {
  const received: Received[] = []
  let connections = 0
  const server = new SMTPServer({
    authOptional: true,
    cert: readFileSync(certificate),
    key: readFileSync(pem('key.pem')),
    logger: false,
    closeTimeout: 100,
    onAuth: ({ username, password }, _session, done) => {
      if (username === 'ada' && password === 'p@ss/word') done(null, { user: username })
      else done(new Error('Invalid username or password'))
    },
    onConnect: (_session, done) => {
      connections += 1
      done()
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks)
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw,
          mail: await simpleParser(raw),
          user: session.user,
          isSecure: session.secure,
        })
        done()
      })
    },
    ...options,
  })
  // A client that goes away in the middle is part of some tests.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    get connections() {
      return connections
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
