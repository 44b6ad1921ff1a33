import { EmailMessage, type EmailOptions } from './email-message.ts'
import type { SendOptions } from './send-messages.ts'

/**
 * Sends a message: `await sendMail({ subject, text, to: user.email })`. Returns 1, or 0 where nobody is to get it or
 * `failSilently` is on and it failed. Throws as `EmailMessage` does, and `MailDeliveryError`. Django's `send_mail`.
 */
export function sendMail(options: EmailOptions & SendOptions): Promise<number> {
  return new EmailMessage(options).send(options)
}
