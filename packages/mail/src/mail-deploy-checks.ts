import type { Check, CheckMessage } from '@nuages/foundation'
import { consoleBackend } from './backends/console-backend.ts'
import { memoryBackend } from './backends/memory-backend.ts'
import { mailPolicy } from './mail-settings.ts'

/** What keeps mail from arriving in production. */
export const mailChecks: Check = () => {
  const { url, backend, defaultFromEmail, serverEmail, starttls } = mailPolicy()
  const messages: CheckMessage[] = []
  const add = (id: string, message: string, hint: string) => messages.push({ level: 'warning', id, message, hint })
  if (backend === undefined && url !== undefined && !url.startsWith('smtp')) {
    add('mail.W001', `mail.url is '${url}': no mail leaves this machine.`, "Set it to 'smtp://user:password@host:587'.")
  }
  if (backend === memoryBackend || backend === consoleBackend) {
    add(
      'mail.W001',
      'mail.backend prints or keeps messages: no mail leaves this machine.',
      'Leave it out, and set mail.url.',
    )
  }
  if (url?.startsWith('smtp://') && starttls === 'never' && new URL(url).password !== '') {
    add(
      'mail.W002',
      'mail.starttls is never: the password of mail.url is sent in plain text.',
      'Leave mail.starttls out.',
    )
  }
  for (const [name, address] of Object.entries({ defaultFromEmail, serverEmail })) {
    if (!/@localhost>?$/.test(address)) continue
    add(
      'mail.W003',
      `mail.${name} is '${address}', which other servers refuse.`,
      'Set it to an address of your own domain.',
    )
  }
  return messages
}
