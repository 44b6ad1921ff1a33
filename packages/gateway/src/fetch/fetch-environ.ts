import type { Environ } from '../contract.ts'
import { environNameOfHeader } from '../environ-name.ts'
import { decodePath } from '../request-target.ts'

/** What a `Request` says, in the contract's names, but for those under `gateway.`; `undefined` where its path cannot be decoded. */
export function fetchEnviron(
  request: Request,
  url: URL,
  remoteAddress: string | undefined,
): Partial<Environ> | undefined {
  const path = decodePath(url.pathname)
  if (path === undefined) return undefined
  const environ: Record<string, string> = {
    REQUEST_METHOD: request.method,
    SCRIPT_NAME: '',
    PATH_INFO: path,
    QUERY_STRING: url.search.slice(1),
    REQUEST_URI: url.pathname + url.search,
    SERVER_NAME: url.hostname,
    SERVER_PORT: url.port || (url.protocol === 'https:' ? '443' : '80'),
    SERVER_PROTOCOL: 'HTTP/1.1',
    // a Request need not have the header: its URL has the host
    HTTP_HOST: url.host,
  }
  for (const [header, value] of request.headers) {
    const name = environNameOfHeader(header)
    if (name !== undefined) environ[name] = value
  }
  if (remoteAddress !== undefined) environ['REMOTE_ADDR'] = remoteAddress
  return environ as Partial<Environ>
}
