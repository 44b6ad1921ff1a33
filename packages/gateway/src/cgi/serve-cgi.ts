import { answer, refuse } from '../answer.ts'
import type { Application, Environ } from '../contract.ts'
import { RequestError } from '../errors.ts'
import { type CgiEnvironment, cgiEnviron } from './cgi-environ.ts'
import { bodyLength, CgiInput } from './cgi-input.ts'
import { CgiOutput, type OutputStream } from './cgi-output.ts'

/** How a program is run by a CGI host. Everything but the first two is for tests and for hosts of your own. */
export interface CgiOptions {
  /**
   * Where the site is to its visitors: `''` for the root, `'/shop'`. For servers that rewrite paths to reach the program; left
   * out, what the server says (`SCRIPT_NAME`: `/cgi-bin/site.cgi`).
   */
  readonly scriptName?: string
  /** A body that is larger is answered 413. Default 100 MiB. */
  readonly maxBodyBytes?: number
  /** Default: the process's own. */
  readonly environment?: CgiEnvironment
  /** Default: standard input. */
  readonly input?: AsyncIterable<Uint8Array>
  /** Default: standard output. What others write to that goes to standard error from then on. */
  readonly output?: OutputStream
  /** `gateway.errors`. Default: standard error, which the server puts into its log. */
  readonly errors?: Environ['gateway.errors']
}

const version = Object.freeze([1, 0] as const)

/**
 * Runs an application as a CGI/1.1 program (RFC 3875): answers the one request that the environment of the process tells of.
 * Python's `wsgiref.handlers.CGIHandler`.
 *
 * ```ts
 * #!/usr/bin/env node
 * process.exit((await serveCgi(application)) ? 0 : 1)
 * ```
 *
 * Resolves when the response is out, to whether it went out whole. A server takes it for finished when the process ends.
 */
export async function serveCgi(application: Application, options: CgiOptions = {}): Promise<boolean> {
  const { environment = process.env, maxBodyBytes = 100 * 1024 * 1024, errors = process.stderr } = options
  const controller = new AbortController()
  const output = new CgiOutput(options.output ?? takeStandardOutput(), () =>
    controller.abort(new RequestError('client-gone')),
  )
  const method = environment['REQUEST_METHOD'] || 'GET'
  const length = bodyLength(environment['CONTENT_LENGTH'], environment['HTTP_TRANSFER_ENCODING'])
  const environ = cgiEnviron(environment, options.scriptName?.replace(/\/+$/, ''))
  if (environ === undefined) await refuse(output, method, 400, 'the path is malformed')
  else if (length === undefined) await refuse(output, method, 400, 'the length is malformed')
  else if (Number.isFinite(length) && length > maxBodyBytes)
    await refuse(output, method, 413, `at most ${maxBodyBytes} bytes`)
  else {
    const complete = {
      ...environ,
      'gateway.version': version,
      'gateway.urlScheme': schemeOf(environment),
      'gateway.input': new CgiInput(() => options.input ?? process.stdin, length, maxBodyBytes),
      'gateway.errors': errors,
      'gateway.multiprocess': true,
      'gateway.runOnce': true,
      'gateway.signal': controller.signal,
    }
    await answer(application, complete as unknown as Environ, output)
  }
  return output.isWhole
}

function schemeOf({ HTTPS, REQUEST_SCHEME }: CgiEnvironment): 'http' | 'https' {
  const isSecure = (HTTPS !== undefined && /^(?:on|1|true|yes)$/i.test(HTTPS)) || REQUEST_SCHEME === 'https'
  return isSecure ? 'https' : 'http'
}

/** What a stray `console.log` writes must not stand before the headers. */
function takeStandardOutput(): OutputStream {
  const { stdout, stderr } = process
  const write = stdout.write.bind(stdout)
  stdout.write = stderr.write.bind(stderr)
  return { write: (chunk, callback) => write(chunk, callback), on: (event, listener) => stdout.on(event, listener) }
}
