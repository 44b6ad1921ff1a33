import type { SendMailOptions } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer'
import { isFile, type MailAttachment } from './attachment.ts'
import { mailAddress } from './mail-address.ts'
import type { OutgoingMessage } from './outgoing-message.ts'

/** A message in nodemailer's words. Files are read here. */
export async function mailOptions(message: OutgoingMessage): Promise<SendMailOptions> {
  const { subject, text, html, headers, messageId, date } = message
  const addresses = (field: string, texts: readonly string[]) => texts.map((text) => mailAddress(field, text))
  const from = mailAddress('from', message.from)
  const [to, cc, bcc] = [addresses('to', message.to), addresses('cc', message.cc), addresses('bcc', message.bcc)]
  return {
    from,
    to,
    cc,
    replyTo: addresses('replyTo', message.replyTo),
    envelope: { from: from.address, to: [...to, ...cc, ...bcc].map(({ address }) => address) },
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    headers: { ...headers },
    messageId,
    date,
    attachments: await Promise.all(message.attachments.map(attached)),
    // Content is a text, bytes or a path that code has named: nothing is ever fetched.
    disableUrlAccess: true,
  }
}

async function attached({ filename, content, path, contentType, cid }: MailAttachment) {
  return {
    ...(path === undefined ? { content: await bytesOf(content!) } : { path }),
    filename: filename ?? false,
    ...(contentType === undefined ? {} : { contentType }),
    ...(cid === undefined ? {} : { cid, contentDisposition: 'inline' }),
  } as const
}

async function bytesOf(content: NonNullable<MailAttachment['content']>): Promise<Buffer> {
  if (typeof content === 'string') return Buffer.from(content)
  const bytes = isFile(content) ? await content.bytes() : content
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** A message as it travels (RFC 5322), with CRLF at the end of lines. */
export async function composed(message: OutgoingMessage): Promise<Uint8Array> {
  const node = new MailComposer({ ...(await mailOptions(message)), newline: 'windows' }).compile()
  return node.build()
}
