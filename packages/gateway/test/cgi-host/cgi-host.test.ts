import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Application, type CgiHostOptions, cgiHost, validator, withEnviron } from '../../src/index.ts'
import type { RawClient } from '../raw-client.ts'
import { startServer, type TestServer, until } from '../start-server.ts'
import { makePrograms } from './programs.ts'

let programs: ReturnType<typeof makePrograms>
beforeAll(() => {
  programs = makePrograms()
})
afterAll(() => programs.remove())

/** A server with the programs at `/cgi-bin`. */
async function start(options: Partial<CgiHostOptions> = {}): Promise<TestServer & { get: typeof get }> {
  const { directory, root, pids } = programs
  const host = cgiHost({
    directory,
    documentRoot: root,
    environment: { PIDS: pids },
    killAfterMs: 200,
    redirect: (environ, startResponse) => application(environ, startResponse),
    ...options,
  })
  const application: Application = validator((environ, startResponse) => {
    if (environ.PATH_INFO.startsWith('/cgi-bin/')) {
      return host(
        withEnviron(environ, { SCRIPT_NAME: '/cgi-bin', PATH_INFO: environ.PATH_INFO.slice(8) }),
        startResponse,
      )
    }
    startResponse('404 Not Found', [['Content-Type', 'text/plain']])
    return 'elsewhere'
  })
  const server = await startServer(application)
  async function get(path: string, more = '', method = 'GET'): Promise<Awaited<ReturnType<RawClient['response']>>> {
    const client = await server.connect()
    client.send(
      `${method} /cgi-bin/${path} HTTP/1.1\r\nHost: example.com\r\n${more}${more.includes('\r\n\r\n') ? '' : '\r\n'}`,
    )
    return client.response(method)
  }
  return { ...server, get }
}

/** The environment that `env.sh` printed. */
const variables = (body: Buffer): Record<string, string> =>
  Object.fromEntries(
    body
      .toString()
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )

const isAlive = (name: string): boolean => {
  try {
    process.kill(Number(readFileSync(join(programs.pids, name), 'utf8')), 0)
    return true
  } catch {
    return false
  }
}

describe('a program', () => {
  test('prints a head and a body', async () => {
    const { get } = await start()
    const response = await get('hello.sh')
    expect([response.status, response.headers['content-type'], response.body.toString()]).toEqual([
      200,
      'text/plain',
      'Hello',
    ])
    const crlf = await get('crlf.sh')
    expect([crlf.headers['x-a'], crlf.body.toString()]).toEqual(['b', 'line\r\n\r\nline'])
    expect((await get('status.sh')).status).toBe(418)
    expect((await get('no-content.sh')).status).toBe(204)
    expect((await get('linked-in.sh')).body.toString()).toBe('Hello')
  })

  test('is told what CGI says, and nothing that is none of its business', async () => {
    process.env['NUAGES_TEST_SECRET'] = 'secret'
    const { get, log } = await start()
    const { body } = await get(
      'env.sh/more/a%20b?q=%41&-s',
      'Authorization: Basic c2VjcmV0\r\nProxy: http://evil.example\r\nProxy-Authorization: x\r\nX-Custom: yes\r\nCookie: a=1\r\nTE: trailers\r\n',
    )
    delete process.env['NUAGES_TEST_SECRET']
    const found = variables(body)
    expect(found).toMatchObject({
      GATEWAY_INTERFACE: 'CGI/1.1',
      SERVER_SOFTWARE: 'Nuages',
      SERVER_PROTOCOL: 'HTTP/1.1',
      REQUEST_METHOD: 'GET',
      SCRIPT_NAME: '/cgi-bin/env.sh',
      SCRIPT_FILENAME: join(programs.directory, 'env.sh'),
      PATH_INFO: '/more/a b',
      PATH_TRANSLATED: join(programs.root, 'more/a b'),
      DOCUMENT_ROOT: programs.root,
      QUERY_STRING: 'q=%41&-s',
      REQUEST_URI: '/cgi-bin/env.sh/more/a%20b?q=%41&-s',
      REMOTE_ADDR: '127.0.0.1',
      HTTP_HOST: 'example.com',
      HTTP_X_CUSTOM: 'yes',
      HTTP_COOKIE: 'a=1',
      ARGS: '0',
      PWD: programs.directory,
    })
    const names = Object.keys(found).filter((name) =>
      /AUTHORIZATION|PROXY|SECRET|HTTP_TE$|HTTP_CONNECTION|CONTENT_/.test(name),
    )
    expect(names).toEqual([])
    expect(log).toEqual([])
  })

  test('gets the request body, whole', async () => {
    const { get } = await start()
    const body = 'x'.repeat(1_000_000)
    const response = await get(
      'echo.sh',
      `Content-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      'POST',
    )
    expect(response.body.toString()).toBe(body)
    const { body: env } = await get('env.sh', 'Content-Type: a/b\r\nContent-Length: 3\r\n\r\nabc', 'POST')
    expect(variables(env)).toMatchObject({ CONTENT_TYPE: 'a/b', CONTENT_LENGTH: '3' })
  })

  test('need not read it', async () => {
    const { get } = await start()
    const body = 'x'.repeat(1_000_000)
    expect((await get('deaf.sh', `Content-Length: ${body.length}\r\n\r\n${body}`, 'POST')).body.toString()).toBe(
      'no thanks',
    )
  })

  test('may close it, and go on', async () => {
    const { get, log } = await start()
    const body = 'x'.repeat(1_000_000)
    const response = await get('closes-input.sh', `Content-Length: ${body.length}\r\n\r\n${body}`, 'POST')
    expect([response.body.toString(), log]).toEqual(['closed', []])
  })

  test('cannot be sent a body of unknown length', async () => {
    const { get } = await start()
    expect((await get('echo.sh', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n', 'POST')).status).toBe(411)
  })

  test('may set what headers it likes, but for those of the connection', async () => {
    const { get } = await start()
    const response = await get('cookies.sh')
    expect([response.body.toString(), response.headers['set-cookie']]).toEqual(['x', 'a=1\nb=2'])
  })

  test('is let to its end by HEAD', async () => {
    const { get } = await start()
    const response = await get('hello.sh', '', 'HEAD')
    expect([response.status, response.headers['content-type'], response.body.toString()]).toEqual([
      200,
      'text/plain',
      '',
    ])
  })

  test('sends elsewhere, or has the server answer for another path', async () => {
    const { get } = await start()
    const away = await get('away.sh')
    expect([away.status, away.headers['location']]).toEqual([302, 'https://example.com/x'])
    const local = await get('local.sh', 'Content-Type: a/b\r\nContent-Length: 1\r\n\r\nx', 'POST')
    const found = variables(local.body)
    expect(found).toMatchObject({ REQUEST_METHOD: 'GET', PATH_INFO: '/more', QUERY_STRING: 'a=b' })
    expect(found['CONTENT_LENGTH']).toBeUndefined()
    expect((await get('circle.sh')).status).toBe(502)
  })

  test('is found in folders, and told what of the path is left', async () => {
    const { get } = await start()
    expect((await get('tools/deep.sh/a//b/')).body.toString()).toBe('/cgi-bin/tools/deep.sh /a//b/')
    expect((await get('tools/deep.sh')).body.toString()).toBe('/cgi-bin/tools/deep.sh ')
  })

  test.each([
    ['no.sh', 404],
    ['', 403],
    ['tools', 403],
    ['tools/', 403],
    ['plain.txt', 403],
    ['.hidden.sh', 404],
    ['linked-out.sh', 404],
    ['../outside.sh', 404],
    ['..%2foutside.sh', 404],
    ['tools/..%2f..%2foutside.sh', 404],
    ['%2e%2e/outside.sh', 404],
    ['//hello.sh', 404],
    ['..%5coutside.sh', 404],
  ])('is not %j', async (path, status) => {
    const { get } = await start()
    expect((await get(path)).status).toBe(status)
  })
})

describe('what goes wrong is answered, and told in the log', () => {
  test.each([
    ['nothing.sh', 502, /ended before its header did/],
    ['fails.sh', 502, /ended with the code 3/],
    ['no-head.sh', 502, /sent "Hello, World" where a header is expected/],
    ['no-type.sh', 502, /neither Content-Type nor Location nor Status/],
    ['bad-status.sh', 502, /the status "99 Balloons"/],
    ['twice.sh', 502, /the header status 2 times/],
    ['long-head.sh', 502, /header is longer than 65536 bytes/],
    ['no-shebang', 502, /it is no program/],
    ['no-interpreter', 502, /cannot be started/],
  ])('%s', async (path, status, message) => {
    const { get, log } = await start()
    expect((await get(path)).status).toBe(status)
    expect(log.join('')).toMatch(message)
  })

  test('with what the program says about it, which steers no terminal', async () => {
    const { get, log } = await start()
    await get('fails.sh')
    expect(log.join('')).toContain('/fails.sh: cannot: \\x1b[31mred\n')
  })

  test('where all has been printed, only in the log', async () => {
    const { get, log } = await start()
    expect((await get('fails-late.sh')).body.toString()).toBe('all of it')
    expect(log.join('')).toContain('/fails-late.sh: it ended with the code 3.')
  })

  test.each(['dies.sh', 'short.sh'])('where half of it is on its way, by breaking off: %s', async (path) => {
    const server = await start()
    expect((await server.get(path)).complete).toBe(false)
    expect(server.log.join('')).not.toBe('')
  })

  test('a program that keeps silent is ended', async () => {
    const { get, log } = await start({ timeoutMs: 300 })
    expect((await get('silent.sh')).status).toBe(504)
    expect(log.join('')).toContain('/silent.sh: it kept silent for 300 ms and was ended.')
    expect((await get('stops-talking.sh')).complete).toBe(false)
  })

  test('and killed if it does not want to end', async () => {
    const { get } = await start({ timeoutMs: 300 })
    expect((await get('stubborn.sh')).status).toBe(504)
    await until(() => !isAlive('stubborn'))
  })

  test('a client that goes away takes the program along, and what it started', async () => {
    const server = await start()
    const client = await server.connect()
    client.send('GET /cgi-bin/family.sh HTTP/1.1\r\nHost: example.com\r\n\r\n')
    await until(() => existsSync(join(programs.pids, 'parent')) && isAlive('child'))
    client.close()
    await until(() => !isAlive('parent') && !isAlive('child'))
  })

  test('also where nothing has been answered yet', async () => {
    const server = await start()
    const client = await server.connect()
    client.send('GET /cgi-bin/waits.sh HTTP/1.1\r\nHost: example.com\r\n\r\n')
    await until(() => existsSync(join(programs.pids, 'waits')) && isAlive('waits'))
    client.close()
    await until(() => !isAlive('waits'))
    expect(server.log).toEqual([])
  })

  test('so does one that reads no more, of output without end', async () => {
    const server = await start()
    const client = await server.connect()
    client.send('GET /cgi-bin/endless.sh HTTP/1.1\r\nHost: example.com\r\n\r\n')
    await until(() => existsSync(join(programs.pids, 'endless')) && isAlive('endless'))
    client.close()
    await until(() => !isAlive('endless'))
  })

  test('a request that breaks off ends the program and is the server’s to answer', async () => {
    const server = await start()
    const client = await server.connect()
    client.send('POST /cgi-bin/echo.sh HTTP/1.1\r\nHost: example.com\r\nContent-Length: 100\r\n\r\nhalf')
    await new Promise((resolve) => setTimeout(resolve, 100))
    client.close()
    expect((await server.get('hello.sh')).body.toString()).toBe('Hello')
  })

  test('more programs at once than the host runs', async () => {
    const server = await start({ maxProcesses: 2 })
    const clients = await Promise.all([server.connect(), server.connect()])
    for (const client of clients) client.send('GET /cgi-bin/stops-talking.sh HTTP/1.1\r\nHost: example.com\r\n\r\n')
    await until(() => clients.every((client) => client.socket.bytesRead > 0))
    expect((await server.get('hello.sh')).status).toBe(503)
    for (const client of clients) client.close()
    while ((await server.get('hello.sh')).status !== 200);
  })
})
