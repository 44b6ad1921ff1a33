import { logger } from '@nuages/core'
import { currentBackend } from './backends/current-backend.ts'
import type { MailBackend } from './backends/mail-backend.ts'
import type { OutgoingMessage } from './outgoing-message.ts'

/** How messages are sent. */
export interface SendOptions {
  /** Writes what goes wrong to the log, in place of throwing. Default `false`. */
  readonly failSilently?: boolean
  /** Another back end than that of the settings. */
  readonly backend?: MailBackend
}

/**
 * Sends messages over one connection, in order, and returns how many were taken; one without recipients is passed over. Throws
 * `MailDeliveryError`. Django's `send_mass_mail`, with messages.
 */
export async function sendMessages(
  messages: readonly OutgoingMessage[],
  { failSilently = false, backend = currentBackend() }: SendOptions = {},
): Promise<number> {
  const sent = messages.filter(({ to, cc, bcc }) => to.length + cc.length + bcc.length > 0)
  if (sent.length === 0) return 0
  try {
    return await backend.sendMessages(sent)
  } catch (error) {
    if (!failSilently) throw error
    logger.error({ err: error }, 'Mail was not sent.')
    return 0
  }
}
