import { readFileSync } from 'node:fs'
import { getCACertificates } from 'node:tls'
import { logger } from '@nuages/core'
import type { Transporter } from 'nodemailer'
import { mailOptions } from '../compose.ts'
import { deliveryError } from '../delivery-error.ts'
import type { OutgoingMessage } from '../outgoing-message.ts'
import type { MailBackend } from './mail-backend.ts'

export interface SmtpOptions {
  /** Seconds that the server may take to connect, and to answer. */
  readonly timeout: number
  /**
   * Whether to go over to TLS on a plain connection: only where the server offers it (`auto`), or not to send otherwise (`always`).
   * Default: `always` where a password is sent to another machine.
   */
  readonly starttls?: 'always' | 'auto' | 'never' | undefined
  /** Paths of PEM files: the authorities to trust besides the system's, a certificate of one's own and its key. */
  readonly ca?: string | undefined
  readonly cert?: string | undefined
  readonly key?: string | undefined
}

/** Milliseconds that a connection is kept for the next message: longer ones would keep a process from ending. */
const idleTimeout = 1000
/** How many times the time for one answer a whole message may take, of a server that sends a byte now and then. */
const patience = 10

/**
 * Sends by SMTP (`smtp://user:password@host:587`), or with TLS from the start (`smtps://host`). Connections are kept for a moment and
 * used again, and messages that are sent together go over one. Django's SMTP `EmailBackend`.
 */
export class SmtpBackend implements MailBackend {
  readonly #connect: () => Promise<Transporter>
  /** The server, for messages: without user and password. */
  readonly #server: string
  readonly #timeout: number
  #open: Promise<Transporter> | undefined

  constructor(address: string, options: SmtpOptions) {
    const url = new URL(address)
    this.#server = `${url.protocol}//${url.host}`
    this.#timeout = options.timeout * 1000
    this.#connect = async () => {
      // Loaded with the first message: most processes send none.
      const { createTransport } = await import('nodemailer')
      return createTransport({ ...serverOptions(url, options), ...timeouts(this.#timeout) })
    }
  }

  async sendMessages(messages: readonly OutgoingMessage[]): Promise<number> {
    const [first] = messages
    if (first === undefined) return 0
    const transport = await this.#transport(first)
    for (const message of messages) await this.#send(transport, message)
    return messages.length
  }

  async close(): Promise<void> {
    const open = this.#open
    this.#open = undefined
    const transport = await open
    transport?.close()
  }

  /** What could not be made, since a file is missing, say, is made anew with the next message. */
  async #transport(first: OutgoingMessage): Promise<Transporter> {
    this.#open ??= this.#connect()
    try {
      return await this.#open
    } catch (error) {
      this.#open = undefined
      throw deliveryError(error, first, this.#server)
    }
  }

  async #send(transport: Transporter, message: OutgoingMessage): Promise<void> {
    const options = await mailOptions(message)
    try {
      const { rejected = [] } = await transport.sendMail({
        ...options,
        signal: AbortSignal.timeout(this.#timeout * patience),
      })
      if (rejected.length > 0) {
        logger.warn(
          { server: this.#server, messageId: message.messageId, rejected },
          'Some of a mail’s recipients were refused.',
        )
      }
    } catch (error) {
      throw deliveryError(error, message, this.#server)
    }
  }
}

function serverOptions(url: URL, { starttls, ca, cert, key }: SmtpOptions) {
  const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)]
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const secure = url.protocol === 'smtps:'
  const upgrade = starttls ?? (user !== '' && !isThisMachine(host) ? 'always' : 'auto')
  return {
    pool: true as const,
    host,
    port: url.port === '' ? (secure ? 465 : 25) : Number(url.port),
    secure,
    requireTLS: !secure && upgrade === 'always',
    ignoreTLS: upgrade === 'never',
    ...(user === '' ? {} : { auth: { user, pass } }),
    tls: {
      minVersion: 'TLSv1.2' as const,
      // What is given to TLS stands in place of the authorities of the system.
      ...(ca === undefined ? {} : { ca: [...getCACertificates('default'), readFileSync(ca, 'utf8')] }),
      ...(cert === undefined ? {} : { cert: readFileSync(cert) }),
      ...(key === undefined ? {} : { key: readFileSync(key) }),
    },
    // A message whose connection broke may have arrived: it is for the caller to try again.
    maxRequeues: 0,
    maxMessages: Number.POSITIVE_INFINITY,
    idleTimeout,
    disableUrlAccess: true,
  }
}

function timeouts(milliseconds: number) {
  return {
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
    dnsTimeout: milliseconds,
  }
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
