import type { Environ } from '@nuages/gateway'
import { environKey } from '@nuages/http'
import { TestClientError } from '../errors.ts'
import type { EncodedBody } from './request-body.ts'

export interface EnvironInput {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly cookie: string | undefined
  readonly body: EncodedBody
  readonly clientAddress: string
  readonly signal: AbortSignal
}

/** A request as a server would hand it to the application (`docs/gateway.md`), made in memory. */
export function makeEnviron(input: EnvironInput): Environ {
  const { url, body } = input
  const secure = url.protocol === 'https:'
  const environ: Record<string, unknown> = {
    REQUEST_METHOD: input.method,
    SCRIPT_NAME: '',
    PATH_INFO: decoded(url),
    QUERY_STRING: url.search.slice(1),
    REQUEST_URI: url.pathname + url.search,
    SERVER_NAME: url.hostname,
    SERVER_PORT: url.port || (secure ? '443' : '80'),
    SERVER_PROTOCOL: 'HTTP/1.1',
    REMOTE_ADDR: input.clientAddress,
    REMOTE_PORT: '0',
    HTTP_HOST: url.host,
    'gateway.version': [1, 0],
    'gateway.urlScheme': secure ? 'https' : 'http',
    'gateway.input': once(body.bytes),
    'gateway.errors': process.stderr,
    'gateway.multiprocess': false,
    'gateway.runOnce': false,
    'gateway.signal': input.signal,
  }
  if (body.contentType !== undefined) environ['CONTENT_TYPE'] = body.contentType
  if (body.bytes.byteLength > 0) environ['CONTENT_LENGTH'] = String(body.bytes.byteLength)
  if (input.cookie !== undefined) environ['HTTP_COOKIE'] = input.cookie
  for (const [name, value] of Object.entries(input.headers)) environ[environKey(name)] = value
  return environ as unknown as Environ
}

function decoded(url: URL): string {
  try {
    return decodeURIComponent(url.pathname)
  } catch {
    throw new TestClientError(`The path '${url.pathname}' has an escape that does not spell UTF-8.`, {
      hint: 'A server answers 400 before the application sees such a path.',
    })
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.byteLength > 0) yield bytes
}
