import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MailBackend } from './mail-backend.ts'

/** Writes each message to a file of its own in `folder`, as it would travel: a mail program opens it. Django's file back end. */
export function fileBackend(folder: string): MailBackend {
  return {
    async sendMessages(messages) {
      await mkdir(folder, { recursive: true })
      for (const message of messages) {
        const time = message.date.toISOString().replace(/[-:]|\.\d+/g, '')
        const id = message.messageId.slice(1, message.messageId.indexOf('@')).replace(/[^\w-]/g, '_')
        // Mails hold links that log in: nobody else is to read them.
        await writeFile(join(folder, `${time}-${id}.eml`), await message.toBytes(), { mode: 0o600 })
      }
      return messages.length
    },
  }
}
