import { type Application, type FetchOptions, toFetchHandler, toPlainEnviron } from '../src/index.ts'

/** An application that gets every request as a `Request` and gives a `Response`, as in a runtime of the Fetch API. */
export function fetchInProcess(application: Application, options: FetchOptions = {}): Application {
  return async (environ, startResponse) => {
    const handle = toFetchHandler(application, { errors: environ['gateway.errors'], ...options })
    const response = await handle(requestOf(environ))
    const headers = [...response.headers].map(([name, value]) => [name, value] as const)
    startResponse(`${response.status} ${response.statusText}`, headers)
    return (response.body as AsyncIterable<Uint8Array> | null) ?? ''
  }
}

function requestOf(environ: Parameters<Application>[0]): Request {
  const { REQUEST_METHOD: method, HTTP_HOST: host = 'localhost', REQUEST_URI: uri = '/' } = environ
  const headers = new Headers()
  for (const [name, value] of Object.entries(toPlainEnviron(environ))) {
    const header = /^(?:HTTP_(.+)|(CONTENT_(?:TYPE|LENGTH)))$/.exec(name)
    if (header && typeof value === 'string') headers.append((header[1] ?? header[2]!).replaceAll('_', '-'), value)
  }
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(new URL(uri, `http://${host}`), {
    method,
    headers,
    signal: environ['gateway.signal'],
    ...(hasBody && { body: ReadableStream.from(environ['gateway.input']), duplex: 'half' }),
  } as RequestInit)
}
