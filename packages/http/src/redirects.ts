import { DisallowedRedirect } from './errors.ts'
import { HttpResponse, type ResponseOptions } from './http-response.ts'
import { iriToUri } from './uri.ts'

export interface RedirectOptions extends Omit<ResponseOptions, 'status'> {
  /** Whether the client repeats method and body at the new address: 307 and 308 in place of 302 and 301. */
  readonly preserveRequest?: boolean
}

const allowedSchemes = new Set(['http', 'https', 'ftp'])
const schemePattern = /^[\0-\x20]*([a-z][a-z0-9+.\-\t\r\n]*):/i

/** A response that sends the client elsewhere. Throws `DisallowedRedirect` for schemes other than http, https and ftp. */
export abstract class HttpResponseRedirectBase extends HttpResponse {
  constructor(to: string | URL, status: number, options: Omit<ResponseOptions, 'status'>) {
    super('', { ...options, status })
    const target = String(to)
    const scheme = schemePattern.exec(target)?.[1]
    if (scheme !== undefined && !allowedSchemes.has(scheme.toLowerCase())) {
      throw new DisallowedRedirect(
        `A redirect may not lead to '${target.slice(0, 100)}': its scheme is '${scheme}', allowed are ${[...allowedSchemes].join(', ')}.`,
      )
    }
    this.headers.set('Location', iriToUri(target))
  }

  /** Where it leads, escaped. */
  get url(): string {
    return this.headers.get('Location') ?? ''
  }
}

/** 302 Found; with `preserveRequest`, 307 Temporary Redirect. */
export class HttpResponseRedirect extends HttpResponseRedirectBase {
  constructor(to: string | URL, { preserveRequest = false, ...options }: RedirectOptions = {}) {
    super(to, preserveRequest ? 307 : 302, options)
  }
}

/** 301 Moved Permanently; with `preserveRequest`, 308 Permanent Redirect. Browsers remember it. */
export class HttpResponsePermanentRedirect extends HttpResponseRedirectBase {
  constructor(to: string | URL, { preserveRequest = false, ...options }: RedirectOptions = {}) {
    super(to, preserveRequest ? 308 : 301, options)
  }
}

/** 303 See Other: the client GETs the new address, whatever it sent here. What follows a form that was saved. */
export class HttpResponseSeeOther extends HttpResponseRedirectBase {
  constructor(to: string | URL, options: Omit<ResponseOptions, 'status'> = {}) {
    super(to, 303, options)
  }
}
