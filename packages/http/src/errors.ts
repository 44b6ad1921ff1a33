import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'

/** An error with an answer of its own: thrown in a view or middleware, core turns it into a response with `status`. */
export abstract class HttpError extends NuagesError {
  /** The status code of the answer. */
  abstract readonly status: number
  /** Headers of the answer, whatever page it is. */
  readonly headers: readonly (readonly [name: string, value: string])[] = []
}

/** There is nothing here: 404. Django's `Http404`. */
export class Http404 extends HttpError {
  override readonly status = 404
  constructor(message = 'Not found.', options?: NuagesErrorOptions) {
    super('http-404', message, options)
  }
}

/** The user may not do this: 403. Django's `PermissionDenied`. */
export class PermissionDenied extends HttpError {
  override readonly status = 403
  constructor(message = 'Permission denied.', options?: NuagesErrorOptions) {
    super('permission-denied', message, options)
  }
}

/** The request cannot be understood: 400. Django's `BadRequest`. */
export class BadRequest extends HttpError {
  override readonly status: number = 400
  constructor(message = 'Bad request.', options?: NuagesErrorOptions & { code?: string }) {
    super(options?.code ?? 'bad-request', message, options)
  }
}

/** The request looks like an attack rather than a mistake: 400, and a line in the security log. Django's `SuspiciousOperation`. */
export class SuspiciousOperation extends HttpError {
  override readonly status: number = 400
  constructor(message: string, options?: NuagesErrorOptions & { code?: string }) {
    super(options?.code ?? 'suspicious-operation', message, options)
  }
}

/** The `Host` header is malformed or names a host that the project does not serve. */
export class DisallowedHost extends SuspiciousOperation {
  constructor(message: string, options?: NuagesErrorOptions) {
    super(message, { ...options, code: 'disallowed-host' })
  }
}

/** A redirect to a scheme that could run code or leave the web. */
export class DisallowedRedirect extends SuspiciousOperation {
  constructor(message: string, options?: NuagesErrorOptions) {
    super(message, { ...options, code: 'disallowed-redirect' })
  }
}

/** A path that would leave the directory it has to stay in. */
export class SuspiciousFileOperation extends SuspiciousOperation {
  constructor(message: string, options?: NuagesErrorOptions) {
    super(message, { ...options, code: 'suspicious-file-operation' })
  }
}

/** The body is larger than the project takes: 413 (Django answers 400; RFC 9110 §15.5.14 names this one). */
export class RequestDataTooBig extends SuspiciousOperation {
  override readonly status = 413
  constructor(message: string, options?: NuagesErrorOptions) {
    super(message, { ...options, code: 'request-data-too-big' })
  }
}

/** More query or form fields than the project takes. */
export class TooManyFieldsSent extends SuspiciousOperation {
  constructor(message: string, options?: NuagesErrorOptions) {
    super(message, { ...options, code: 'too-many-fields-sent' })
  }
}

/** More files in one form than the project takes. */
export class TooManyFilesSent extends SuspiciousOperation {
  constructor(message: string, options?: NuagesErrorOptions) {
    super(message, { ...options, code: 'too-many-files-sent' })
  }
}

/** A JSON body whose arrays and objects are nested deeper than the project takes. */
export class TooDeeplyNested extends SuspiciousOperation {
  constructor(message: string, options?: NuagesErrorOptions) {
    super(message, { ...options, code: 'too-deeply-nested' })
  }
}

/** This client asks too often: 429, with `Retry-After` where it is known when it may ask again. */
export class TooManyRequests extends HttpError {
  override readonly status = 429
  override readonly headers: readonly (readonly [name: string, value: string])[]
  /** Whole seconds until the next request would be answered. */
  readonly retryAfter: number | undefined

  constructor(message = 'Too many requests.', options: NuagesErrorOptions & { retryAfter?: number } = {}) {
    super('too-many-requests', message, options)
    this.retryAfter = options.retryAfter === undefined ? undefined : Math.max(0, Math.ceil(options.retryAfter))
    this.headers = this.retryAfter === undefined ? [] : [['Retry-After', String(this.retryAfter)]]
  }
}

/** The client stopped sending, or broke the framing, before the body was complete. Django's `UnreadablePostError`. */
export class UnreadableBody extends BadRequest {
  constructor(message: string, options?: NuagesErrorOptions) {
    super(message, { ...options, code: 'unreadable-body' })
  }
}

/** The body was already consumed as a stream, so it cannot be read again. Django's `RawPostDataException`. */
export class BodyAlreadyRead extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('body-already-read', message, options)
  }
}

/** A header or cookie that cannot be sent as it is. Django's `BadHeaderError`. */
export class BadHeaderError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('bad-header', message, options)
  }
}

/** A response was built or used in a way that cannot work. */
export class ResponseError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('response-error', message, options)
  }
}

/** A file of a form was read after the request it came with had been answered: what was on disk is gone by then. */
export class UploadClosed extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('upload-closed', message, options)
  }
}
