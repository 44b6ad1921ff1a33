import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'

/** The test client was asked for something it cannot send or read. */
export class TestClientError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('test-client', message, options)
  }
}

/** Redirects that lead in a circle, or nowhere near an end. Django's `RedirectCycleError`. */
export class RedirectCycleError extends NuagesError {
  readonly redirectChain: readonly string[]

  constructor(message: string, redirectChain: readonly string[]) {
    super('redirect-cycle', `${message} The way: ${redirectChain.join(' → ')}`)
    this.redirectChain = redirectChain
  }
}

/** A block ran another number of queries than it should have. */
export class QueryCountError extends NuagesError {
  constructor(message: string) {
    super('query-count', message)
  }
}
