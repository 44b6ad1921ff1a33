import { fork } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { serve } from '../src/index.ts'
import { RawClient } from './raw-client.ts'
import { get } from './start-server.ts'

test('a server serves the sockets that a parent process accepted', async () => {
  const child = fork(join(import.meta.dirname, 'accept-child.ts'), {
    env: { ...process.env, PARENT: String(process.pid) },
  })
  await once(child, 'message')
  const parent = createServer({ pauseOnConnect: true }, (socket) => child.send('socket', socket))
  parent.listen(0, '127.0.0.1')
  await once(parent, 'listening')
  const { port } = parent.address() as AddressInfo

  const client = await RawClient.connect({ port, host: '127.0.0.1' })
  client.send('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello')
  expect((await client.response()).body.toString()).toBe('POST hello in child')
  client.send(get('/'))
  expect((await client.response()).body.toString()).toBe('GET  in child')

  const halfClosed = await RawClient.connect({ port, host: '127.0.0.1' })
  halfClosed.socket.end('GET / HTTP/1.0\r\n\r\n')
  expect((await halfClosed.response()).body.toString()).toBe('GET  in child')

  child.send('close')
  await client.ended()
  client.close()
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
  parent.close()
})

test('a server without a listener has no address, keeps its time-outs and refuses sockets once it closes', async () => {
  const server = await serve(
    (_, startResponse) => {
      startResponse('200 OK', [])
      return ''
    },
    { listener: false },
    { headersTimeoutMs: 50 },
  )
  expect(server.address).toBeNull()
  expect(server.url).toBe('')
  const listener = createServer({ pauseOnConnect: true }, (socket: Socket) => server.accept(socket)).listen(
    0,
    '127.0.0.1',
  )
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo

  const slow = await RawClient.connect({ port, host: '127.0.0.1' })
  slow.send('GET /')
  expect((await slow.response()).status).toBe(408)
  slow.close()

  await server.close()
  const late = await RawClient.connect({ port, host: '127.0.0.1' })
  expect(await late.rest()).toBe('')
  listener.close()
})
