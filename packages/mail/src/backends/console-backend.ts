import type { OutgoingMessage } from '../outgoing-message.ts'
import type { MailBackend } from './mail-backend.ts'

/** Where messages are written: `process.stdout`, or what a test hands in. */
export interface MailOutput {
  write(text: string): unknown
}

const rule = '-'.repeat(79)

/** Writes messages to the terminal, for people: the text as it is written, not as it travels. */
export function consoleBackend(output: MailOutput = process.stdout): MailBackend {
  return {
    async sendMessages(messages) {
      for (const message of messages) {
        await message.toBytes()
        output.write(`${readable(message)}\n${rule}\n`)
      }
      return messages.length
    },
  }
}

function readable(message: OutgoingMessage): string {
  const { subject, from, to, cc, bcc, replyTo, headers, messageId, date, text, html, attachments } = message
  const lines = Object.entries({
    Subject: subject,
    From: from,
    To: to.join(', '),
    Cc: cc.join(', '),
    Bcc: bcc.join(', '),
    'Reply-To': replyTo.join(', '),
    Date: date.toUTCString(),
    'Message-ID': messageId,
    ...headers,
  }).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]))
  const parts = [lines.join('\n')]
  if (text !== '') parts.push(text)
  if (html !== undefined) parts.push(`[HTML]\n${html}`)
  if (attachments.length > 0)
    parts.push(attachments.map(({ filename = 'file' }) => `[Attachment: ${filename}]`).join('\n'))
  return parts.join('\n\n')
}
