import type { MailAttachment } from './attachment.ts'

/** A message as back ends get it: checked, and with everything that makes it one message however often it is tried. */
export interface OutgoingMessage {
  readonly subject: string
  readonly text: string
  readonly html: string | undefined
  readonly from: string
  readonly to: readonly string[]
  readonly cc: readonly string[]
  /** They get the message and stand nowhere in it. */
  readonly bcc: readonly string[]
  readonly replyTo: readonly string[]
  readonly attachments: readonly MailAttachment[]
  readonly headers: Readonly<Record<string, string>>
  /** With its angle brackets. */
  readonly messageId: string
  readonly date: Date
  /** The whole message as it travels (RFC 5322). */
  toBytes(): Promise<Uint8Array>
}
