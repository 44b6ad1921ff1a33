import { expect, test } from 'vitest'
import type { Application } from '../src/index.ts'
import { get, startServer, until } from './start-server.ts'

const text = [['Content-Type', 'text/plain']] as const

/** Answers after as many milliseconds as the query says. */
const slow: Application = async (environ, startResponse) => {
  await new Promise((resolve) => setTimeout(resolve, Number(environ.QUERY_STRING)))
  startResponse('200 OK', text)
  return 'done'
}

test('close() answers what is in flight, says so, and refuses new connections', async () => {
  const { connect, server } = await startServer(slow)
  const client = await connect()
  client.send(get('/?150'))
  await new Promise((resolve) => setTimeout(resolve, 30))
  const closed = server.close()
  await new Promise((resolve) => setTimeout(resolve, 30))
  await expect(connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  const response = await client.response()
  expect(response.body.toString()).toBe('done')
  expect(response.headers.connection).toBe('close')
  client.close()
  await closed
})

test('close() answers pipelined requests, those that wait for their turn too', async () => {
  const { connect, server } = await startServer(slow)
  const client = await connect()
  client.send(get('/?150') + get('/?1'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  const closed = server.close()
  expect((await client.response()).body.toString()).toBe('done')
  expect((await client.response()).body.toString()).toBe('done')
  expect(await client.rest()).toBe('')
  client.close()
  await closed
})

test('close() closes idle connections, silent ones too', async () => {
  const { connect, server } = await startServer(slow)
  const idle = await connect()
  idle.send(get('/?0'))
  await idle.response()
  const silent = await connect()
  await server.close()
  expect(await idle.rest()).toBe('')
  expect(await silent.rest()).toBe('')
})

test('close() lets a response that is being streamed finish', async () => {
  const { connect, server } = await startServer((_, startResponse) => {
    startResponse('200 OK', text)
    return (async function* () {
      for (let i = 0; i < 5; i++) {
        yield `${i}`
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    })()
  })
  const client = await connect()
  client.send(get('/'))
  await new Promise((resolve) => setTimeout(resolve, 30))
  const closed = server.close()
  expect(await client.response()).toMatchObject({ complete: true, body: Buffer.from('01234') })
  await client.ended()
  client.close()
  await closed
})

test('close() waits for an upload that has begun', async () => {
  const { connect, server } = await startServer(async (environ, startResponse) => {
    let size = 0
    for await (const chunk of environ['gateway.input']) size += chunk.length
    startResponse('200 OK', text)
    return String(size)
  })
  const client = await connect()
  client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello')
  await new Promise((resolve) => setTimeout(resolve, 30))
  const closed = server.close()
  await new Promise((resolve) => setTimeout(resolve, 150))
  client.send('world')
  expect((await client.response()).body.toString()).toBe('10')
  client.close()
  await closed
})

test('close() cuts what is left after the time limit, and says how much', async () => {
  let signal: AbortSignal | undefined
  const { connect, server, log } = await startServer(async (environ) => {
    signal = environ['gateway.signal']
    return new Promise(() => {})
  })
  const client = await connect()
  client.send(get('/'))
  await until(() => signal !== undefined)
  await server.close({ timeoutMs: 50 })
  expect(signal!.reason).toMatchObject({ code: 'server-closing' })
  expect(log.join('')).toContain('1 connection cut')
  await client.ended()
})

test('close() may be called again to shorten the time', async () => {
  const { connect, server } = await startServer(() => new Promise(() => {}))
  const client = await connect()
  client.send(get('/'))
  await new Promise((resolve) => setTimeout(resolve, 30))
  const patient = server.close({ timeoutMs: 60_000 })
  await server.close({ timeoutMs: 20 })
  await patient
})

test('no accepted request is lost when the server stops under load', async () => {
  const seen = new Set<string>()
  const { connect, server } = await startServer((environ, startResponse) => {
    seen.add(environ.HTTP_X_ID ?? '')
    return slow(environ, startResponse)
  })
  const answered = new Set<string>()
  const lost: string[] = []
  let isClosing = false
  let requests = 0

  /** Asks on one connection until the server says that it was the last time; false when there is nothing to connect to. */
  async function askOnOneConnection(): Promise<boolean> {
    const client = await connect().catch(() => undefined)
    if (client === undefined) return false
    for (let isFirst = true; ; isFirst = false) {
      const id = `${++requests}`
      client.send(get(`/?${requests % 10}`, `X-Id: ${id}\r\n`))
      const response = await client.response().catch(() => undefined)
      if (response?.complete) answered.add(id)
      // A new connection that the server had not accepted when it stopped to listen is refused, not lost.
      else if (!isFirst || seen.has(id)) lost.push(id)
      if (response === undefined || response.headers.connection === 'close') break
    }
    client.close()
    return !isClosing
  }

  const clients = Array.from({ length: 64 }, async () => {
    while (await askOnOneConnection());
  })
  await until(() => answered.size > 500)
  isClosing = true
  await server.close()
  await Promise.all(clients)
  expect(lost).toEqual([])
  expect([...seen].filter((id) => !answered.has(id))).toEqual([])
})
