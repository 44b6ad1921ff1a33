import { createHash, randomBytes } from 'node:crypto'
import { saltedHmac } from '@nuages/core'

declare module '@nuages/sessions' {
  interface SessionData {
    /** By which the log-in of a session is told from others; the table has its hash. */
    _user_session: string
  }
}

/** Where a session has its mark. */
export const markKey = '_user_session'

/** A mark that nobody can guess. */
export function newMark(): string {
  return randomBytes(32).toString('base64url')
}

/** The mark of a session that was logged in before it got one: the same for requests that find it so at once. */
export function markOfKey(sessionKey: string): string {
  return saltedHmac('nuages.usersessions.mark', sessionKey).toString('base64url')
}

/** SHA-256 in hexadecimal digits. What goes in is random or secret, so that nothing slower is called for. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
