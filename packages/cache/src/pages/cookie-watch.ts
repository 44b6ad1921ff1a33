import { isPending, pending } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'

interface Visitor {
  readonly user?: unknown
  readonly session?: { readonly accessed?: boolean; readonly modified?: boolean }
}

/** Tells whether somebody has looked at the cookies of a request since it was made: then the answer may depend on them. */
export class CookieWatch {
  readonly #request: HttpRequest
  #wasRead = false

  constructor(request: HttpRequest) {
    this.#request = request
    const read = Object.getOwnPropertyDescriptor(request, 'cookies')?.get ?? (() => inherited(request))
    Object.defineProperty(request, 'cookies', {
      configurable: true,
      get: () => {
        this.#wasRead = true
        return read.call(request) as HttpRequest['cookies']
      },
    })
  }

  /** A session that was loaded before needs no cookie to be read again. */
  get wasRead(): boolean {
    return this.#wasRead || (this.#request as Visitor).session?.accessed === true
  }

  /** Whether the view was told who asks without a cookie, as by a middleware that believes a header. */
  get knowsUser(): boolean {
    if (this.wasRead) return false
    const { user } = this.#request as Visitor
    const state = isPending(user) ? user[pending]() : undefined
    const known = state?.ready === true ? state.value : state === undefined ? user : undefined
    return (known as { readonly isAuthenticated?: unknown } | null | undefined)?.isAuthenticated === true
  }

  /** Whether the session is to be saved: what was said once, or counted, is in the page. */
  get changedSession(): boolean {
    return (this.#request as Visitor).session?.modified === true
  }
}

function inherited(request: HttpRequest): HttpRequest['cookies'] {
  return Reflect.get(Object.getPrototypeOf(request) as object, 'cookies', request) as HttpRequest['cookies']
}
