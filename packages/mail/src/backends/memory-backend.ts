import { outbox } from '../outbox.ts'
import type { MailBackend } from './mail-backend.ts'

/** Keeps messages in `outbox`. Each is composed as if it was sent, so that what cannot be sent fails in tests as well. */
export const memoryBackend: MailBackend = {
  async sendMessages(messages) {
    for (const message of messages) await message.toBytes()
    outbox.push(...messages)
    return messages.length
  },
}
