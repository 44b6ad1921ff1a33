import { ImproperlyConfigured } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import type { SessionStore } from '@nuages/sessions'
import { markSafe } from '@nuages/templates'
import { fromStored, type Message, toStored } from './message.ts'

const key = '_messages'

/** The messages that did not fit into the cookie. */
export async function readSession(request: HttpRequest): Promise<readonly Message[]> {
  const stored = await sessionIn(request)?.get(key)
  if (typeof stored !== 'string') return []
  const items: unknown = JSON.parse(stored)
  return Array.isArray(items) ? items.flatMap((item) => fromStored(item, markSafe) ?? []) : []
}

/** Keeps `messages` in the session, in place of those that were there. Throws `ImproperlyConfigured` where there is no session. */
export async function writeSession(request: HttpRequest, messages: readonly Message[]): Promise<void> {
  const session = sessionIn(request)
  if (messages.length === 0) {
    await session?.delete(key)
    return
  }
  if (session === undefined) {
    throw new ImproperlyConfigured(
      `${messages.length === 1 ? 'A message does' : `${messages.length} messages do`} not fit into a cookie, and there is no session to keep ${messages.length === 1 ? 'it' : 'them'}.`,
      { hint: 'Put sessions before messages into installedApps, or say less.' },
    )
  }
  await session.set(key, JSON.stringify(messages.map(toStored)))
}

function sessionIn(request: HttpRequest): SessionStore | undefined {
  return request.session as SessionStore | undefined
}
