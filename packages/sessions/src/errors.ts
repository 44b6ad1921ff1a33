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
