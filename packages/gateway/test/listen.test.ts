import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Application, ListenError, serve } from '../src/index.ts'
import { get, startServer } from './start-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'nuages-listen-'))
afterAll(() => rmSync(folder, { recursive: true }))

const hello: Application = (environ, startResponse) => {
  startResponse('200 OK', [['Content-Type', 'text/plain']])
  return `${environ.SERVER_NAME}:${environ.SERVER_PORT} ${environ.REMOTE_ADDR}`
}

test('a server tells its address and URL', async () => {
  const { server, connect } = await startServer(hello)
  expect(server.address).toMatchObject({ address: '127.0.0.1' })
  const { port } = server.address as { port: number }
  expect(server.url).toBe(`http://127.0.0.1:${port}`)
  const client = await connect()
  client.send(get('/'))
  expect((await client.response()).body.toString()).toBe(`127.0.0.1:${port} 127.0.0.1`)
})

test('IPv6 addresses stand in brackets, and every address is called localhost', async () => {
  const { server: six } = await startServer(hello, {}, { host: '::1', port: 0 })
  expect(six.url).toMatch(/^http:\/\/\[::1\]:\d+$/)
  expect(await (await fetch(six.url)).text()).toMatch(/^::1:\d+ ::1$/)
  const { server: every } = await startServer(hello, {}, { host: '::', port: 0 })
  expect(every.url).toMatch(/^http:\/\/localhost:\d+$/)
  const { port } = every.address as { port: number }
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe(`127.0.0.1:${port} 127.0.0.1`)
})

test('a port that is taken is an error with a way out', async () => {
  const { server } = await startServer(hello)
  const { port } = server.address as { port: number }
  await expect(serve(hello, { port })).rejects.toThrow(ListenError)
  await expect(serve(hello, { port })).rejects.toThrow(
    `Cannot listen on 127.0.0.1:${port}: another program listens there. Stop it, or choose another port.`,
  )
})

test('a socket file gets its permissions, and is gone when the server is', async () => {
  const socketPath = join(folder, 'site.sock')
  const server = await serve(hello, { socketPath, mode: 0o660 })
  expect(server.url).toBe(`unix:${socketPath}`)
  expect(statSync(socketPath).mode & 0o777).toBe(0o660)
  await server.close()
  expect(existsSync(socketPath)).toBe(false)
})

test('the socket file of a server that was killed is replaced', async () => {
  const socketPath = join(folder, 'stale.sock')
  const listenAndDie = `require('net').createServer().listen(${JSON.stringify(socketPath)}, () => process.kill(process.pid, 'SIGKILL'))`
  expect(() => execFileSync(process.execPath, ['-e', listenAndDie], { stdio: 'ignore' })).toThrow()
  expect(existsSync(socketPath)).toBe(true)
  const { connect } = await startServer(hello, {}, { socketPath })
  const client = await connect()
  client.send(get('/'))
  expect((await client.response()).body.toString()).toBe('localhost:80 undefined')
})

test('a socket file that is in use, and a file that is no socket, stay', async () => {
  const socketPath = join(folder, 'used.sock')
  const { connect } = await startServer(hello, {}, { socketPath })
  await expect(serve(hello, { socketPath })).rejects.toThrow(/another program listens there/)
  const client = await connect()
  client.send(get('/'))
  expect((await client.response()).status).toBe(200)

  const file = join(folder, 'notes.txt')
  writeFileSync(file, 'keep me')
  await expect(serve(hello, { socketPath: file })).rejects.toThrow(/it exists and is not a socket/)
  expect(readFileSync(file, 'utf8')).toBe('keep me')
})
