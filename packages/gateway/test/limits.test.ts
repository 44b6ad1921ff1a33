import { describe, expect, test } from 'vitest'
import type { Application } from '../src/index.ts'
import { get, startServer, until } from './start-server.ts'

const text = [['Content-Type', 'text/plain']] as const

const count: Application = async (environ, startResponse) => {
  let size = 0
  for await (const chunk of environ['gateway.input']) size += chunk.length
  startResponse('200 OK', text)
  return String(size)
}

const hello: Application = (_, startResponse) => {
  startResponse('200 OK', text)
  return 'hello'
}

describe('time-outs', () => {
  const timeouts = { headersTimeoutMs: 80, requestTimeoutMs: 160 }

  test('headers that do not end are answered 408', async () => {
    const { connect } = await startServer(hello, timeouts)
    const client = await connect()
    client.send('GET / HTTP/1.1\r\nHost: a\r\n')
    const response = await client.response()
    expect(response).toMatchObject({ status: 408, complete: true })
    expect(response.headers.connection).toBe('close')
    await client.ended()
  })

  test('a body that does not end is answered 408, and the application is told', async () => {
    const { connect, log } = await startServer(count, timeouts)
    const client = await connect()
    client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf')
    expect((await client.response()).status).toBe(408)
    await client.ended()
    expect(log).toEqual([])
  })

  test('a response that was asked for before goes out before the 408', async () => {
    const { connect } = await startServer(async (environ, startResponse) => {
      await new Promise((resolve) => setTimeout(resolve, 250))
      return hello(environ, startResponse)
    }, timeouts)
    const client = await connect()
    client.send(`${get('/')}GET /half HTTP/1.1\r\n`)
    expect((await client.response()).body.toString()).toBe('hello')
    expect((await client.response()).status).toBe(408)
  })

  test('an idle connection is closed without a word', async () => {
    const { connect } = await startServer(hello, { keepAliveTimeoutMs: 50 })
    const client = await connect()
    client.send(get('/'))
    expect((await client.response()).status).toBe(200)
    expect(await client.rest()).toBe('')
  })

  test.each(['whole', 'streamed'])('a %s response that nobody takes is cut', async (kind) => {
    let isClosed = kind === 'whole'
    const { connect, server, log } = await startServer(
      (_, startResponse) => {
        startResponse('200 OK', text)
        if (kind === 'whole') return 'x'.repeat(64 * 1024 * 1024)
        return (function* () {
          try {
            for (;;) yield 'x'.repeat(1024 * 1024)
          } finally {
            isClosed = true
          }
        })()
      },
      { sendTimeoutMs: 100 },
    )
    const client = await connect()
    client.socket.pause()
    client.send(get('/'))
    await until(() => isClosed)
    // Only the cut lets the server end: the client holds its side open.
    await new Promise((resolve) => setTimeout(resolve, 50))
    await server.close({ timeoutMs: 15_000 })
    expect(log).toEqual([])
  })
})

describe('sizes', () => {
  test('a declared body above the limit never reaches the application', async () => {
    let isCalled = false
    const { connect } = await startServer(
      () => {
        isCalled = true
        return ''
      },
      { maxBodyBytes: 10 },
    )
    const client = await connect()
    client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello world')
    expect((await client.response()).status).toBe(413)
    expect(await client.rest()).toBe('')
    expect(isCalled).toBe(false)
  })

  test('a body without a length is cut off at the limit with 413', async () => {
    const { connect, log } = await startServer(count, { maxBodyBytes: 10 })
    const client = await connect()
    client.send('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n')
    client.send('b\r\nhello world\r\n')
    expect((await client.response()).status).toBe(413)
    expect(log).toEqual([])
  })

  test('a body of the size of the limit is fine', async () => {
    const { connect } = await startServer(count, { maxBodyBytes: 10 })
    const client = await connect()
    client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhelloworld')
    expect((await client.response()).body.toString()).toBe('10')
  })

  test('headers above the limit are answered 431', async () => {
    const { connect } = await startServer(hello, { maxHeaderBytes: 500 })
    const client = await connect()
    client.send(get('/', `X-Large: ${'x'.repeat(600)}\r\n`))
    expect((await client.response()).status).toBe(431)
  })

  test('a client that waits for 100 is refused without it', async () => {
    const { connect } = await startServer(hello)
    const client = await connect()
    client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n')
    const response = await client.response()
    expect(response.status).toBe(200)
    expect(response.headers.connection).toBe('close')
  })

  test('an expectation that is not known is answered 417', async () => {
    const { connect } = await startServer(hello)
    const client = await connect()
    client.send(get('/', 'Expect: miracles\r\n'))
    expect((await client.response()).status).toBe(417)
  })
})

test('what follows a refused request never reaches the application', async () => {
  const paths: string[] = []
  const { connect } = await startServer((environ, startResponse) => {
    paths.push(environ.PATH_INFO)
    return hello(environ, startResponse)
  })
  const client = await connect()
  client.send(get('/first') + get('/%zz') + get('/smuggled'))
  expect((await client.response()).status).toBe(200)
  expect((await client.response()).status).toBe(400)
  expect(await client.rest()).toBe('')
  expect(paths).toEqual(['/first'])
})

test('a slow response is neither cut nor closed by the refusal of what was sent after it', async () => {
  const { connect } = await startServer(async (environ, startResponse) => {
    await new Promise((resolve) => setTimeout(resolve, 40))
    return hello(environ, startResponse)
  })
  for (const malformed of [get('/%zz'), 'GARBAGE\r\n\r\n']) {
    const client = await connect()
    client.send(get('/') + malformed)
    expect((await client.response()).headers.connection).toBe('keep-alive')
    expect((await client.response()).status).toBe(400)
    expect(await client.rest()).toBe('')
  }
})

test('nothing is sent after a response that said it was the last', async () => {
  const { connect } = await startServer(async (environ, startResponse) => {
    await new Promise((resolve) => setTimeout(resolve, 40))
    return hello(environ, startResponse)
  })
  const client = await connect()
  client.send(`${get('/', 'Connection: close\r\n')}GARBAGE\r\n\r\n`)
  expect((await client.response()).body.toString()).toBe('hello')
  expect(await client.rest()).toBe('')
})

test.each([
  ['stops reading', true],
  ['forgets its iterator', false],
])('a client may send a large body to its end when the application %s', async (_, isReturned) => {
  const { connect } = await startServer(async (environ, startResponse) => {
    const iterator = environ['gateway.input'][Symbol.asyncIterator]()
    await iterator.next()
    if (isReturned) await iterator.return?.()
    startResponse('200 OK', text)
    return 'enough'
  })
  const client = await connect()
  const size = 16 * 1024 * 1024
  client.send(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${size}\r\n\r\n`)
  const sent = new Promise((resolve) => client.socket.write(new Uint8Array(size), resolve))
  const response = await client.response()
  expect(response.headers.connection).toBe('close')
  expect(response.body.toString()).toBe('enough')
  await sent
  expect(await client.rest()).toBe('')
  expect(client.error).toBeUndefined()
})

test('an error that comes too late to replace the response is thrown back, and the response cut', async () => {
  const { connect, log } = await startServer((_, startResponse) => {
    startResponse('200 OK', text)
    return (async function* () {
      yield 'first'
      // A turn of the loop, so that the first chunk is out.
      await new Promise((resolve) => setTimeout(resolve, 5))
      startResponse('500 Internal Server Error', text, new Error('too late'))
      yield 'never'
    })()
  })
  const client = await connect()
  client.send(get('/'))
  expect(await client.response()).toMatchObject({ status: 200, complete: false, body: Buffer.from('first') })
  expect(log.join('')).toContain('Error: too late')
})

test('a 204 goes out without the length that the application gave', async () => {
  const { connect } = await startServer((_, startResponse) => {
    startResponse('204 No Content', [['content-length', '0']])
    return ''
  })
  const client = await connect()
  client.send(get('/'))
  expect((await client.response()).headers['content-length']).toBeUndefined()
})

test('a 204 that fails becomes a whole 500', async () => {
  const { connect } = await startServer((_, startResponse) => {
    startResponse('204 No Content', [['X-Name', 'a\nb']])
    return ''
  })
  const client = await connect()
  client.send(get('/') + get('/'))
  for (let i = 0; i < 2; i++) expect(await client.response()).toMatchObject({ status: 500, complete: true })
})

test('an application that answers something else than a body is told, and the client gets a 500', async () => {
  const { connect, log } = await startServer((_, startResponse) => {
    startResponse('204 No Content', [])
    return 42 as never
  })
  const client = await connect()
  client.send(get('/path'))
  expect((await client.response()).status).toBe(500)
  expect(log.join('')).toMatch(/GET \/path: GatewayContractError: The application broke .* type number/)
})

test.each([
  ['too short', ['abc']],
  ['too long', ['abc', 'defg']],
])('a streamed body that is %s for its length is cut', async (_, chunks) => {
  const { connect, log } = await startServer((_environ, startResponse) => {
    startResponse('200 OK', [['Content-Length', '5']])
    return chunks.values()
  })
  const client = await connect()
  client.send(get('/'))
  const [, body = ''] = (await client.rest()).split('\r\n\r\n')
  expect(body.length).toBeLessThan(5)
  expect(log.join('')).toContain('Content-Length is 5')
})

test('a whole body that does not fit its length becomes a 500', async () => {
  const { connect } = await startServer((_, startResponse) => {
    startResponse('200 OK', [['Content-Length', '5']])
    return 'naïve'
  })
  const client = await connect()
  client.send(get('/'))
  expect((await client.response()).status).toBe(500)
})
