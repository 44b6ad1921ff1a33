import type { HttpRequest } from '@nuages/http'

/** `{{ cspNonce }}`: the nonce of the request, which is made when it is printed. */
export class PrintedNonce {
  readonly #request: HttpRequest

  constructor(request: HttpRequest) {
    this.#request = request
  }

  toString(): string {
    return this.#request.cspNonce
  }

  toJSON(): string {
    return this.toString()
  }
}
