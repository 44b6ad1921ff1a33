import { randomUUID } from 'node:crypto'
import { checkedAttachment, type FileLike, type MailAttachment } from './attachment.ts'
import { composed } from './compose.ts'
import { formatAddress, type MailAddressInput, mailAddress } from './mail-address.ts'
import { customHeaders, headerText } from './mail-header.ts'
import { mailPolicy } from './mail-settings.ts'
import type { OutgoingMessage } from './outgoing-message.ts'
import { type SendOptions, sendMessages } from './send-messages.ts'

type Addresses = MailAddressInput | readonly MailAddressInput[]

/** What an `EmailMessage` is made of. */
export interface EmailOptions {
  readonly subject?: string
  readonly text?: string
  /** The same as HTML, which readers that can will show. */
  readonly html?: string | undefined
  /** By default the setting `mail.defaultFromEmail`. */
  readonly from?: MailAddressInput | undefined
  readonly to?: Addresses
  readonly cc?: Addresses
  /** They get the message, and nobody sees that they do. */
  readonly bcc?: Addresses
  readonly replyTo?: Addresses
  readonly attachments?: readonly (MailAttachment | FileLike)[]
  /** More headers: `{ 'List-Unsubscribe': '<https://example.com/unsubscribe>' }`. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * A message. It is checked when it is made, and does not change afterwards. Throws `BadMailHeader` for a line break in any
 * header, names of people and files included, and `BadMailAddress` for what is no address. Django's `EmailMultiAlternatives`.
 *
 * ```ts
 * await new EmailMessage({ subject: 'Hello', text: 'Hi Ada!', to: 'ada@example.com' }).send()
 * ```
 */
export class EmailMessage implements OutgoingMessage {
  readonly subject: string
  readonly text: string
  readonly html: string | undefined
  readonly from: string
  readonly to: readonly string[]
  readonly cc: readonly string[]
  readonly bcc: readonly string[]
  readonly replyTo: readonly string[]
  readonly attachments: readonly MailAttachment[]
  readonly headers: Readonly<Record<string, string>>
  readonly messageId: string
  readonly date: Date

  constructor(options: EmailOptions) {
    const from = mailAddress('from', options.from ?? mailPolicy().defaultFromEmail)
    this.subject = headerText('subject', options.subject ?? '')
    this.text = plainLines(options.text ?? '')
    this.html = options.html === undefined ? undefined : plainLines(options.html)
    this.from = formatAddress(from)
    this.to = addresses('to', options.to)
    this.cc = addresses('cc', options.cc)
    this.bcc = addresses('bcc', options.bcc)
    this.replyTo = addresses('replyTo', options.replyTo)
    this.attachments = (options.attachments ?? []).map(checkedAttachment)
    this.headers = customHeaders(options.headers ?? {})
    this.messageId = `<${randomUUID()}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`
    this.date = new Date()
  }

  /** Everybody who gets it: `to`, `cc` and `bcc`. */
  get recipients(): readonly string[] {
    return [...this.to, ...this.cc, ...this.bcc]
  }

  /** Sends the message; returns 1, or 0 where nobody is to get it. Throws `MailDeliveryError`. */
  send(options: SendOptions = {}): Promise<number> {
    return sendMessages([this], options)
  }

  toBytes(): Promise<Uint8Array> {
    return composed(this)
  }
}

/** A carriage return alone ends no line of a mail, and servers do not agree on what it does. */
function plainLines(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n')
}

function addresses(field: string, given: Addresses | undefined): readonly string[] {
  const list: readonly MailAddressInput[] =
    given === undefined ? [] : typeof given === 'string' || 'address' in given ? [given] : given
  return list.map((one) => formatAddress(mailAddress(field, one)))
}
