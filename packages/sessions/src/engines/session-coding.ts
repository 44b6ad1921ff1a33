import { BadSignature, dumps, loads, logger } from '@nuages/core'

/** Django's, for its sessions in the database: each reads the other's. */
const salt = 'django.contrib.sessions.SessionStore'

/** What a session holds, as the database keeps it: signed JSON. Django's `SessionBase.encode`. */
export function encodeSession(entries: ReadonlyMap<string, unknown>): string {
  return dumps(Object.fromEntries(entries), { salt, compress: true })
}

/** The other way. What was not signed with a key of this project is worth nothing: the visitor starts anew. */
export function decodeSession(data: string): Map<string, unknown> {
  try {
    const value = loads(data, { salt })
    return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : new Map()
  } catch (error) {
    if (!(error instanceof BadSignature)) throw error
    logger.warn({ code: error.code }, 'The data of a session is not signed by this project, and was passed over.')
    return new Map()
  }
}
