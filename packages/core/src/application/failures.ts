import type { HttpRequest } from '@nuages/http'
import { logger } from '../log/logger.ts'
import { printable } from '../log/printable.ts'

const failures = new WeakMap<HttpRequest, unknown>()

/** Remembers why a request failed, for the log line that is written once its final status is known. */
export function noteFailure(request: HttpRequest, error: unknown): void {
  failures.set(request, error)
}

/** Whether an error only says that the client went away: `fetch` and its like throw it when `request.signal` aborts them. */
export function isAbandoned(request: HttpRequest, error: unknown): boolean {
  const { signal } = request
  return signal.aborted && (error === signal.reason || (error instanceof Error && error.name === 'AbortError'))
}

/**
 * Writes the log line of a response with an error status: an error with its stack from 500 on, else a warning. That a
 * client went away is nothing to be told of.
 */
export function logFailure(request: HttpRequest, status: number): void {
  const error = failures.get(request)
  const { id, method, path } = request
  const line = { id, method, path: printable(path), status }
  if (isAbandoned(request, error)) logger.debug(line, 'The client went away.')
  else if (status >= 500)
    logger.error({ ...line, ...(error === undefined ? {} : { err: error }) }, failureMessage(error, status))
  else logger.warn(line, failureMessage(error, status))
}

/** The line's text. A message may hold what the client wrote. */
export function failureMessage(error: unknown, status: number): string {
  if (!(error instanceof Error)) return `The response has the status ${status}.`
  return printable(`${error.name}: ${error.message}`)
}
