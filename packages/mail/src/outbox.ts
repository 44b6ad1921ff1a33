import type { OutgoingMessage } from './outgoing-message.ts'

/**
 * What was sent through the memory back end, which is the default in tests. `testDatabase` empties it for each test; elsewhere
 * `outbox.length = 0` does. Django's `mail.outbox`.
 */
export const outbox: OutgoingMessage[] = []
