import type { OutgoingMessage } from '../outgoing-message.ts'

/** Hands messages over. Django's `BaseEmailBackend`. */
export interface MailBackend {
  /** Sends messages, in order, and returns how many were taken. Throws `MailDeliveryError` at the first that was not. */
  sendMessages(messages: readonly OutgoingMessage[]): Promise<number>
  /** Lets go of what is open. A back end that is used again afterwards opens it again. */
  close?(): Promise<void> | void
}
