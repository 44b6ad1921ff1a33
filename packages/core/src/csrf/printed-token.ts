import type { HttpRequest } from '@nuages/http'
import { getToken } from './get-token.ts'

/** `{{ csrfToken }}`: made when it is printed, so that a page that does not print it neither sets the cookie nor varies on it. */
export class PrintedToken {
  readonly #request: HttpRequest
  #token: string | undefined

  constructor(request: HttpRequest) {
    this.#request = request
  }

  toString(): string {
    this.#token ??= getToken(this.#request)
    return this.#token
  }

  toJSON(): string {
    return this.toString()
  }
}
