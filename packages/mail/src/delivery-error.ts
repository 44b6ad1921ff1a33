import { MailDeliveryError } from './errors.ts'
import type { OutgoingMessage } from './outgoing-message.ts'

/** The way out, by nodemailer's and Node's names of what went wrong. */
const hints: Readonly<Record<string, string>> = {
  EAUTH:
    'Check the user and the password in the setting mail.url; characters such as @ and / are percent-encoded there.',
  ETLS: 'The server offers no TLS, and the password is not sent without: use its port for TLS (smtps://), or set mail.starttls.',
  ESOCKET: 'Check the host and the port in the setting mail.url, and the certificate of the server.',
  ECONNECTION: 'Check the host and the port in the setting mail.url, and whether the server runs.',
  ECONNREFUSED:
    'Nothing listens there: check the host and the port in the setting mail.url, and whether the server runs.',
  ENOENT: 'Check the paths in the setting mail.tls.',
  EDNS: 'There is no such host: check the setting mail.url.',
  ETIMEDOUT: 'The server did not answer within the setting mail.timeout.',
  EABORT: 'The server took too long; the setting mail.timeout says how long it may.',
}

interface FailedDelivery extends Error {
  readonly code?: string
  readonly originalCode?: string
}

/** What to throw for a message that a server did not take. */
export function deliveryError(error: unknown, message: OutgoingMessage, server: string): MailDeliveryError {
  const { code = '', originalCode = '', message: reason } = error as FailedDelivery
  const count = message.to.length + message.cc.length + message.bcc.length
  const whom = count === 1 ? 'one recipient' : `${count} recipients`
  // nodemailer calls everything about a connection ESOCKET; Node said more.
  const hint = hints[originalCode] ?? hints[code]
  return new MailDeliveryError(`The mail '${message.subject}' to ${whom} was not taken by ${server}: ${reason}`, {
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  })
}
