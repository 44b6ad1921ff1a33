import { HttpResponse, type ResponseContent, type ResponseOptions } from './http-response.ts'

/** The options of a response whose class is its status. */
export type FixedStatusOptions = Omit<ResponseOptions, 'status'>

/** 304: what the client holds is still right. Without content. */
export class HttpResponseNotModified extends HttpResponse {
  constructor(options: FixedStatusOptions = {}) {
    super('', { ...options, status: 304 })
  }

  protected override defaultContentType(): undefined {
    return undefined
  }
}

/** 400 */
export class HttpResponseBadRequest extends HttpResponse {
  constructor(content?: ResponseContent, options: FixedStatusOptions = {}) {
    super(content, { ...options, status: 400 })
  }
}

/** 403 */
export class HttpResponseForbidden extends HttpResponse {
  constructor(content?: ResponseContent, options: FixedStatusOptions = {}) {
    super(content, { ...options, status: 403 })
  }
}

/** 404 */
export class HttpResponseNotFound extends HttpResponse {
  constructor(content?: ResponseContent, options: FixedStatusOptions = {}) {
    super(content, { ...options, status: 404 })
  }
}

/** 405, with the methods that would be answered: `new HttpResponseNotAllowed(['GET', 'HEAD'])`. */
export class HttpResponseNotAllowed extends HttpResponse {
  constructor(permittedMethods: readonly string[], content?: ResponseContent, options: FixedStatusOptions = {}) {
    super(content, { ...options, status: 405 })
    this.headers.set('Allow', permittedMethods.join(', '))
  }
}

/** 410: there was something here, and it will not come back. */
export class HttpResponseGone extends HttpResponse {
  constructor(content?: ResponseContent, options: FixedStatusOptions = {}) {
    super(content, { ...options, status: 410 })
  }
}

/** 500 */
export class HttpResponseServerError extends HttpResponse {
  constructor(content?: ResponseContent, options: FixedStatusOptions = {}) {
    super(content, { ...options, status: 500 })
  }
}
