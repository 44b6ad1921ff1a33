import { expect, test } from 'vitest'
import { RequestError } from '../src/index.ts'
import { get, startServer, until } from './start-server.ts'

const text = [['Content-Type', 'text/plain']] as const

test('a client that goes away aborts the signal, with the reason', async () => {
  let signal: AbortSignal | undefined
  const { connect, log } = await startServer(async (environ, startResponse) => {
    signal = environ['gateway.signal']
    await new Promise((resolve) => environ['gateway.signal'].addEventListener('abort', resolve))
    startResponse('200 OK', text)
    return 'nobody reads this'
  })
  const client = await connect()
  client.send(get('/'))
  await until(() => signal !== undefined)
  expect(signal!.aborted).toBe(false)
  client.socket.resetAndDestroy()
  await until(() => signal!.aborted)
  expect(signal!.reason).toBeInstanceOf(RequestError)
  expect(signal!.reason).toMatchObject({ code: 'client-gone' })
  expect(log).toEqual([])
})

test('a signal that is read after the client went away is aborted already', async () => {
  const gone = Promise.withResolvers<void>()
  const aborted = Promise.withResolvers<boolean>()
  const { connect } = await startServer(async (environ, startResponse) => {
    const client = gone.promise
    startResponse('200 OK', text)
    await client
    await new Promise((resolve) => setTimeout(resolve, 50))
    aborted.resolve(environ['gateway.signal'].aborted)
    return ''
  })
  const client = await connect()
  client.send(get('/'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  client.socket.resetAndDestroy()
  gone.resolve()
  expect(await aborted.promise).toBe(true)
})

test('the signal of an answered request stays quiet when the connection ends', async () => {
  let signal: AbortSignal | undefined
  const { connect, server } = await startServer((environ, startResponse) => {
    signal = environ['gateway.signal']
    startResponse('200 OK', text)
    return 'done'
  })
  const client = await connect()
  client.send(get('/'))
  await client.response()
  client.close()
  await server.close()
  expect(signal!.aborted).toBe(false)
})

test('return() is called on a body that waits, when the client goes away', async () => {
  const events: string[] = []
  const { connect } = await startServer((_, startResponse) => {
    startResponse('200 OK', text)
    const iterator: AsyncIterator<string> = {
      next: () => {
        events.push('next')
        return events.length === 1 ? Promise.resolve({ value: 'x', done: false }) : new Promise(() => {})
      },
      return: async () => {
        events.push('return')
        return { value: undefined, done: true }
      },
    }
    return { [Symbol.asyncIterator]: () => iterator }
  })
  const client = await connect()
  client.send(get('/'))
  await until(() => events.length === 2)
  client.socket.resetAndDestroy()
  await until(() => events.length === 3)
  expect(events).toEqual(['next', 'next', 'return'])
})

test('a body is read no faster than the client takes it, and let go when the client is gone', async () => {
  let given = 0
  let isClosed = false
  const { connect } = await startServer((_, startResponse) => {
    startResponse('200 OK', text)
    return (function* () {
      try {
        for (;;) {
          given += 1
          yield 'x'.repeat(1024 * 1024)
        }
      } finally {
        isClosed = true
      }
    })()
  })
  const client = await connect()
  client.socket.pause()
  client.send(get('/'))
  await until(() => given > 0)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(given).toBeLessThan(20)
  client.socket.resetAndDestroy()
  await until(() => isClosed)
})

test('a body that was never begun is disposed of', async () => {
  let isDisposed = false
  const gone = Promise.withResolvers<void>()
  const { connect } = await startServer(async (environ, startResponse) => {
    startResponse('200 OK', text)
    environ['gateway.signal'].addEventListener('abort', () => gone.resolve())
    await gone.promise
    return {
      async *[Symbol.asyncIterator]() {
        yield 'x'
      },
      async [Symbol.asyncDispose]() {
        isDisposed = true
      },
    }
  })
  const client = await connect()
  client.send(get('/'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  client.socket.resetAndDestroy()
  await until(() => isDisposed)
})

test('input that breaks off throws a RequestError', async () => {
  const failure = Promise.withResolvers<unknown>()
  const { connect, log } = await startServer(async (environ, startResponse) => {
    try {
      for await (const _ of environ['gateway.input']);
    } catch (error) {
      failure.resolve(error)
      throw error
    }
    startResponse('200 OK', text)
    return ''
  })
  const client = await connect()
  client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf')
  await new Promise((resolve) => setTimeout(resolve, 20))
  client.socket.resetAndDestroy()
  expect(await failure.promise).toMatchObject({ code: 'client-gone', status: 400 })
  expect(log).toEqual([])
})

test('a client that closed its sending side is answered for a while, then counts as gone', async () => {
  let signal: AbortSignal | undefined
  const { connect } = await startServer(
    async (environ, startResponse) => {
      signal = environ['gateway.signal']
      if (environ.PATH_INFO === '/never') await new Promise(() => {})
      await new Promise((resolve) => setTimeout(resolve, 20))
      startResponse('200 OK', text)
      return 'still here'
    },
    { halfCloseTimeoutMs: 100 },
  )
  const patient = await connect()
  patient.socket.end(get('/'))
  expect((await patient.response()).body.toString()).toBe('still here')
  await patient.ended()
  expect(signal!.aborted).toBe(false)

  const hopeless = await connect()
  hopeless.socket.end(get('/never'))
  await hopeless.ended()
  await until(() => signal!.aborted)
})

test('HEAD asks an iterable for one chunk, and lets go of it', async () => {
  const events: string[] = []
  const { connect } = await startServer((_, startResponse) => {
    startResponse('200 OK', text)
    return (async function* () {
      try {
        for (;;) {
          events.push('chunk')
          yield 'x'
        }
      } finally {
        events.push('closed')
      }
    })()
  })
  const client = await connect()
  client.send(get('/').replace('GET', 'HEAD') + get('/').replace('GET', 'HEAD'))
  await client.response('HEAD')
  await client.response('HEAD')
  expect(events.toSorted()).toEqual(['chunk', 'chunk', 'closed', 'closed'])
})

test('a client that has gone is known by its address as before', async () => {
  const addresses: (string | undefined)[] = []
  const { connect } = await startServer(async (environ, startResponse) => {
    const signal = environ['gateway.signal']
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
    addresses.push(environ.REMOTE_ADDR)
    startResponse('200 OK', text)
    return ''
  })
  const client = await connect()
  client.send(get('/'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  client.socket.resetAndDestroy()
  await until(() => addresses.length === 1)
  expect(addresses).toEqual(['127.0.0.1'])
})
