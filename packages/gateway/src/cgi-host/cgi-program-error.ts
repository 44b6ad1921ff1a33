import { GatewayError } from '../errors.ts'

/** A CGI program did not do its part. `status` is what the client is answered, if it still can be. */
export class CgiProgramError extends GatewayError {
  readonly code = 'cgi-program'
  readonly status: 502 | 504
  /** What it ended with by itself, where that is what went wrong. */
  readonly exitCode: number | undefined

  /** `problem` goes on from the program's name: `'it sent no header'`. */
  constructor(problem: string, status: 502 | 504 = 502, options: ErrorOptions & { readonly exitCode?: number } = {}) {
    super(problem, options)
    this.status = status
    this.exitCode = options.exitCode
  }
}
