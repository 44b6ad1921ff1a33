import type { AccessToken } from './access-token.ts'
import { coversScopes, everyScope } from './scopes.ts'

declare module '@nuages/http' {
  interface RequestExtensions {
    /** By what the sender of a request is known, behind a guard of `nuages/tokens`; `undefined` where that is a session. */
    auth?: RequestAuth
  }
}

/** By what the sender of a request is known. */
export class RequestAuth {
  readonly scheme: 'bearer' | 'basic'
  /** The row of the token; `undefined` for a password. */
  readonly token: AccessToken | undefined

  constructor(scheme: 'bearer' | 'basic', token?: AccessToken) {
    this.scheme = scheme
    this.token = token
  }

  /** What it may be used for: with a password, everything. */
  get scopes(): readonly string[] {
    return this.token?.scopes ?? [everyScope]
  }

  hasScopes(...scopes: readonly string[]): boolean {
    return coversScopes(this.scopes, scopes)
  }
}
