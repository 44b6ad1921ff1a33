import { Signal } from '@nuages/foundation'
import type { HttpRequest, HttpResponse } from '@nuages/http'

/** A request that was answered. */
export interface RequestFinished {
  readonly request: HttpRequest
  readonly response: HttpResponse
  /** Milliseconds from the request's arrival to the response's start; its body may still be on the way. */
  readonly duration: number
}

/** An error that became a 500. */
export interface RequestException {
  readonly request: HttpRequest
  readonly error: unknown
}

/** Sent before the middleware see a request. Django's `request_started`. */
export const requestStarted: Signal<HttpRequest> = new Signal('requestStarted')

/** Sent when the response of a request is handed to the server. `runserver` prints requests from it. Django's `request_finished`. */
export const requestFinished: Signal<RequestFinished> = new Signal('requestFinished')

/** Sent when an error that nobody handled becomes a 500. Django's `got_request_exception`. */
export const gotRequestException: Signal<RequestException> = new Signal('gotRequestException')
