import { describe, expect, test } from 'vitest'
import {
  type Application,
  type Body,
  type Environ,
  GatewayContractError,
  type StartResponse,
  validator,
} from '../src/index.ts'

const environ = {
  REQUEST_METHOD: 'GET',
  SCRIPT_NAME: '',
  PATH_INFO: '/',
  QUERY_STRING: '',
  SERVER_NAME: 'localhost',
  SERVER_PORT: '80',
  SERVER_PROTOCOL: 'HTTP/1.1',
  'gateway.version': [1, 0],
  'gateway.urlScheme': 'http',
  'gateway.input': new Blob(['body']).stream(),
  'gateway.errors': { write() {} },
  'gateway.multiprocess': false,
  'gateway.runOnce': false,
  'gateway.signal': new AbortController().signal,
} satisfies Environ

async function readAll(body: Body): Promise<string> {
  if (typeof body === 'string') return body
  if (body instanceof Uint8Array) return new TextDecoder().decode(body)
  let text = ''
  for await (const chunk of body) text += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk)
  return text
}

async function drive(application: Application, from: Environ = environ): Promise<string> {
  return readAll(await validator(application)(from, () => undefined))
}

/** The error that a validated call ends with. */
async function failure(application: Application, from: Environ = environ): Promise<GatewayContractError> {
  const error = await drive(application, from).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(GatewayContractError)
  return error as GatewayContractError
}

const fine: Application = (_, startResponse) => {
  startResponse('200 OK', [['Content-Type', 'text/plain']])
  return 'fine'
}

describe('a sound application and a sound server', () => {
  test.each<[string, Body]>([
    ['a string', 'fine'],
    ['bytes', new TextEncoder().encode('fine')],
    ['a list', ['fi', 'ne']],
    ['a stream', new Blob(['fine']).stream() as AsyncIterable<Uint8Array>],
  ])('pass with %s as the body', async (_, body) => {
    const application: Application = (_environ, startResponse) => {
      startResponse('200 OK', [['Content-Length', '4']])
      return body
    }
    expect(await drive(application)).toBe('fine')
  })

  test('may start anew with the error that made it', async () => {
    const statuses: string[] = []
    const application: Application = (_, startResponse) => {
      startResponse('200 OK', [])
      startResponse('500 Internal Server Error', [], new Error('oops'))
      return ''
    }
    validator(application)(environ, (status) => statuses.push(status))
    expect(statuses).toEqual(['200 OK', '500 Internal Server Error'])
  })
})

describe('the application broke the contract', () => {
  const returning = (body: unknown, status = '200 OK', headers: unknown = []): Application => {
    return (_, startResponse) => {
      ;(startResponse as (...args: unknown[]) => void)(status, headers)
      return body as Body
    }
  }

  test.each<[string, Application, RegExp]>([
    ['no startResponse', () => 'x', /before it called startResponse/],
    ['no startResponse and no body', () => [], /without a call of startResponse/],
    ['a body of undefined', returning(undefined), /must be a string, bytes or an iterable.*got undefined/],
    ['a body of numbers', returning([1]), /chunks of its body must be strings or bytes; got number/],
    ['a status that is a number', returning('', 200 as never), /status must be a string.*got 200/],
    ['a status without a reason', returning('', '200'), /'200 OK'; got "200"/],
    ['a status below 200', returning('', '100 Continue'), /from 200 on/],
    ['headers that are an object', returning('', '200 OK', { a: 'b' }), /list of \[name, value\]/],
    ['a header that is no pair', returning('', '200 OK', [['a']]), /a header must be \[name, value\]/],
    ['a header whose value is a number', returning('', '200 OK', [['Age', 1]]), /value of 'Age' must be a string/],
    ['a header with a line break', returning('', '200 OK', [['A', 'b\r\nC: d']]), /no line break/],
    ['a header name with a space', returning('', '200 OK', [['A B', 'c']]), /must be a token/],
    ['a hop-by-hop header', returning('', '200 OK', [['Connection', 'close']]), /hop-by-hop/],
    ['a Status header', returning('', '200 OK', [['Status', '200 OK']]), /first argument/],
    ['a character above U+00FF', returning('', '200 OK', [['A', '→']]), /encode it/],
    ['too short a body', returning('abc', '200 OK', [['Content-Length', '4']]), /is 4, and its body has 3/],
    ['too long a body', returning(['abc', 'de'], '200 OK', [['Content-Length', '4']]), /is longer: 5/],
    ['a body with 204', returning('x', '204 No Content'), /204 or 304/],
    ['a length with 204', returning('', '204 No Content', [['Content-Length', '0']]), /a 204 has no Content-Length/],
  ])('%s', async (_, application, message) => {
    const error = await failure(application)
    expect(error.side).toBe('application')
    expect(error.code).toBe('gateway-contract')
    expect(error.message).toMatch(message)
  })

  test('two starts without an error', async () => {
    const error = await failure((_, startResponse) => {
      startResponse('200 OK', [])
      startResponse('200 OK', [])
      return ''
    })
    expect(error).toMatchObject({ side: 'application', message: expect.stringContaining('twice') })
  })

  test('input that is read twice', async () => {
    const error = await failure(async (from, startResponse) => {
      startResponse('200 OK', [])
      from['gateway.input'][Symbol.asyncIterator]()
      from['gateway.input'][Symbol.asyncIterator]()
      return ''
    })
    expect(error).toMatchObject({ side: 'application', message: expect.stringContaining('second time') })
  })

  test('something else than text for the log', async () => {
    const error = await failure((from, startResponse) => {
      startResponse('200 OK', [])
      from['gateway.errors'].write(1 as never)
      return ''
    })
    expect(error.side).toBe('application')
  })
})

describe('the server broke the contract', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['no method', { REQUEST_METHOD: undefined }, /REQUEST_METHOD must be a string; got undefined/],
    ['a method that is no token', { REQUEST_METHOD: 'GET /' }, /must be a token/],
    ['a script name with a slash at the end', { SCRIPT_NAME: '/shop/' }, /SCRIPT_NAME/],
    ['a path without a slash', { PATH_INFO: 'x' }, /PATH_INFO must be '' or start with/],
    ['no path at all', { PATH_INFO: '' }, /must be '\/' where SCRIPT_NAME is ''/],
    ['a query with its mark', { QUERY_STRING: '?a' }, /without its '\?'/],
    ['an empty server name', { SERVER_NAME: '' }, /must not be empty/],
    ['a port that is a number', { SERVER_PORT: 80 }, /SERVER_PORT must be a string/],
    ['a protocol without a version', { SERVER_PROTOCOL: 'HTTP' }, /HTTP\/1\.1/],
    ['a length that is no number', { CONTENT_LENGTH: 'x' }, /CONTENT_LENGTH/],
    ['a header under the wrong name', { HTTP_CONTENT_TYPE: 'a/b' }, /without HTTP_/],
    ['an unknown scheme', { 'gateway.urlScheme': 'gopher' }, /'http' or 'https'/],
    ['input that cannot be read', { 'gateway.input': 'body' }, /async iterable/],
    ['no signal', { 'gateway.signal': undefined }, /AbortSignal/],
    ['no place for errors', { 'gateway.errors': {} }, /write\(\)/],
    ['no flag', { 'gateway.runOnce': undefined }, /must be a boolean/],
  ])('%s', async (_, changes, message) => {
    const error = await failure(fine, { ...environ, ...changes } as unknown as Environ)
    expect(error.side).toBe('server')
    expect(error.message).toMatch(message)
  })

  test('input that gives text', async () => {
    async function* text() {
      yield 'text'
    }
    const error = await failure(
      async (from, startResponse) => {
        startResponse('200 OK', [])
        for await (const _ of from['gateway.input']);
        return ''
      },
      { ...environ, 'gateway.input': text() as never },
    )
    expect(error).toMatchObject({ side: 'server', message: expect.stringContaining('must give bytes') })
  })

  test('no startResponse', () => {
    expect(() => validator(fine)(environ, undefined as unknown as StartResponse)).toThrow(
      /server.*startResponse must be/,
    )
  })

  test('two iterators of one body, and reading after its end', async () => {
    const body = (await validator((_, startResponse) => {
      startResponse('200 OK', [])
      return ['a']
    })(environ, () => undefined)) as AsyncIterable<string>
    const iterator = body[Symbol.asyncIterator]()
    expect(() => body[Symbol.asyncIterator]()).toThrow(/server.*second iterator/)
    await iterator.return?.()
    await expect(iterator.next()).rejects.toThrow(/server.*after the body had ended/)
  })
})
