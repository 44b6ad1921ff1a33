import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'
import { BadRequest } from '@nuages/http'

/**
 * The session of a request was deleted before the request ended, as when the visitor logs out in another tab: what it
 * changed is not saved, since that would bring the session back. 400. Django's `SessionInterrupted`.
 */
export class SessionInterrupted extends BadRequest {
  constructor(message: string, options?: NuagesErrorOptions) {
    super(message, { ...options, code: 'session-interrupted' })
  }
}

/** A value that a session cannot keep: it would be gone, or another, with the next request. */
export class SessionValueError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('session-value', message, options)
  }
}

/** A session that is kept in a cookie holds more than browsers keep of one: they would drop it, and the visitor be a new one. */
export class SessionTooBig extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('session-too-big', message, options)
  }
}

/** A session could not be kept, though nobody else is in its way. */
export class SessionNotSaved extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('session-not-saved', message, options)
  }
}
