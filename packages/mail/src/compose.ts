import type { SendMailOptions } from 'nodemailer'
import { isFile, type MailAttachment } from './attachment.ts'
import { mailAddress } from './mail-address.ts'
import { hasLongWord } from './mail-header.ts'
import type { OutgoingMessage } from './outgoing-message.ts'

/** A message in nodemailer's words. Files are read here. */
export async function mailOptions(message: OutgoingMessage): Promise<SendMailOptions> {
  const { text, html, messageId, date } = message
  const addresses = (field: string, texts: readonly string[]) => texts.map((text) => mailAddress(field, text))
  const from = mailAddress('from', message.from)
  const [to, cc, bcc] = [addresses('to', message.to), addresses('cc', message.cc), addresses('bcc', message.bcc)]
  return {
    from,
    to,
    cc,
    replyTo: addresses('replyTo', message.replyTo),
    envelope: { from: from.address, to: [...to, ...cc, ...bcc].map(({ address }) => address) },
    ...subjectOf(message),
    text,
    ...(html === undefined ? {} : { html }),
    messageId,
    date,
    attachments: await Promise.all(message.attachments.map(attached)),
    // Content is a text, bytes or a path that code has named: nothing is ever fetched.
    disableUrlAccess: true,
  }
}

/** A word that is too long for a line can be written in pieces, as words of other scripts are (RFC 2047). */
function subjectOf({ subject, headers }: OutgoingMessage): Pick<SendMailOptions, 'subject' | 'headers'> {
  if (!hasLongWord(subject)) return { subject, headers: { ...headers } }
  const pieces = Array.from(subject).reduce<string[]>(
    (all, character) => {
      const last = all.at(-1)!
      // 75 characters are what a word may have, and base64 makes four of three bytes.
      if (Buffer.byteLength(last + character) <= 45) all[all.length - 1] = last + character
      else all.push(character)
      return all
    },
    [''],
  )
  const value = pieces.map((piece) => `=?UTF-8?B?${Buffer.from(piece).toString('base64')}?=`).join(' ')
  return { headers: { ...headers, Subject: { prepared: true, foldLines: true, value } } }
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
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  const node = new MailComposer({ ...(await mailOptions(message)), newline: 'windows' }).compile()
  return node.build()
}
