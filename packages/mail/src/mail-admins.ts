import { EmailMessage, type EmailOptions } from './email-message.ts'
import { mailPolicy } from './mail-settings.ts'
import type { SendOptions } from './send-messages.ts'

/** What is written to the people who run a site. */
export type StaffMail = Pick<EmailOptions, 'text' | 'html' | 'attachments'> & SendOptions & { readonly subject: string }

/** Writes to the setting `mail.admins`. Returns 1, or 0 where there are none. Throws `MailDeliveryError`. Django's `mail_admins`. */
export function mailAdmins(options: StaffMail): Promise<number> {
  return mailTo(mailPolicy().admins, options)
}

/** Writes to the setting `mail.managers`. Django's `mail_managers`. */
export function mailManagers(options: StaffMail): Promise<number> {
  return mailTo(mailPolicy().managers, options)
}

async function mailTo(to: readonly string[], { subject, ...options }: StaffMail): Promise<number> {
  if (to.length === 0) return 0
  const { serverEmail: from, subjectPrefix } = mailPolicy()
  return new EmailMessage({ ...options, subject: subjectPrefix + subject, from, to }).send(options)
}
