import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'

/** An error with an answer of its own: thrown in a view or middleware, core turns it into a response with `status`. */
export abstract class HttpError extends NuagesError {
  /** The status code of the answer. */
  abstract readonly status: number
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
