import type { Environ } from '@nuages/gateway'

/** An environ as a server would make it, with what a test says about its request. */
export function makeEnviron(
  overrides: Readonly<Record<string, string | AbortSignal>> = {},
  input: Iterable<Uint8Array | string> | AsyncIterable<Uint8Array> = [],
): Environ {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of input) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk
  }
  return {
    REQUEST_METHOD: 'GET',
    SCRIPT_NAME: '',
    PATH_INFO: '/',
    QUERY_STRING: '',
    SERVER_NAME: 'testserver',
    SERVER_PORT: '80',
    SERVER_PROTOCOL: 'HTTP/1.1',
    REMOTE_ADDR: '192.0.2.1',
    'gateway.version': [1, 0],
    'gateway.urlScheme': 'http',
    'gateway.input': chunks(),
    'gateway.errors': process.stderr,
    'gateway.multiprocess': false,
    'gateway.runOnce': false,
    'gateway.signal': new AbortController().signal,
    ...overrides,
  }
}
