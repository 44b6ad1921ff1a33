import { CommandError, defineCommand } from '@nuages/core'
import { currentBackend } from './backends/current-backend.ts'
import { EmailMessage } from './email-message.ts'
import { mailPolicy } from './mail-settings.ts'

/** Sends a message to see whether mail arrives. Django's `sendtestemail`. */
export const sendtestemail = defineCommand({
  name: 'sendtestemail',
  help: 'Send a test message, to see whether the settings of mail are right.',
  arguments: { addresses: { variadic: true, required: false, help: 'whom to send it to' } },
  options: {
    admins: { type: 'boolean', help: 'send it to the setting mail.admins' },
    managers: { type: 'boolean', help: 'send it to the setting mail.managers' },
  },
  async run({ args, options, stdout }) {
    const { admins, managers } = mailPolicy()
    const to = [
      ...((args.addresses as readonly string[] | undefined) ?? []),
      ...(options.admins ? admins : []),
      ...(options.managers ? managers : []),
    ]
    if (to.length === 0) {
      throw new CommandError('There is nobody to send it to.', {
        hint: 'Name addresses, or --admins or --managers where the settings have some.',
      })
    }
    const now = new Date()
    const text = `If you can read this, the mail of your site arrives. It was sent at ${now.toISOString()}.\n`
    for (const address of to)
      await new EmailMessage({ subject: `Test message from ${now.toISOString()}`, text, to: address }).send()
    await currentBackend().close?.()
    stdout.write(`Sent to ${to.join(', ')}.\n`)
  },
})
