import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RawClient } from './raw-client.ts'
import { answerCases, requestCases } from './server.cases.ts'
import { get } from './start-server.ts'

const program = join(import.meta.dirname, 'cases.cgi.ts')

function find(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

const lighttpd = find('lighttpd')
if (lighttpd === undefined && process.env.CI === 'true') {
  test('lighttpd is installed', () => expect.fail('The tests under a CGI host need it: apt-get install lighttpd'))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function connect(port: number): Promise<RawClient> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await RawClient.connect({ port, host: '127.0.0.1' })
    } catch (error) {
      if (attempt === 1500) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

async function stop(host: ChildProcess | undefined): Promise<void> {
  if (host === undefined || host.exitCode !== null) return
  host.kill('SIGTERM')
  await once(host, 'exit')
}

/** What a host runs. Compiled code is kept, since a program starts anew for every request. */
const scriptIn = (folder: string): string =>
  `#!/bin/sh\nexport NODE_COMPILE_CACHE='${join(folder, 'compiled')}'\nexec '${process.execPath}' '${program}'\n`

/** The site of the documentation, with its paths in `folder`. */
function lighttpdFile(folder: string, port: number): string {
  return `
server.modules = ("mod_rewrite", "mod_setenv", "mod_cgi")
server.document-root = "${folder}"
server.bind = "127.0.0.1"
server.port = ${port}
server.errorlog = "${join(folder, 'error.log')}"
server.breakagelog = "${join(folder, 'programs.log')}"
server.http-parseopts = ("url-normalize" => "disable")
server.stream-request-body = 0
server.stream-response-body = 1
server.max-request-size = 8192
cgi.assign = (".cgi" => "")
url.rewrite-once = ("^(/.*)$" => "/site.cgi$1")
setenv.add-environment = ("SITE_AT" => "/")
`
}

describe.skipIf(lighttpd === undefined)('under lighttpd', () => {
  let folder: string
  let port: number
  let host: ChildProcess
  const log = () => readFileSync(join(folder, 'programs.log'), 'utf8')

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nuages-lighttpd-'))
    writeFileSync(join(folder, 'site.cgi'), scriptIn(folder))
    chmodSync(join(folder, 'site.cgi'), 0o755)
    port = await freePort()
    writeFileSync(join(folder, 'lighttpd.conf'), lighttpdFile(folder, port))
    host = spawn(lighttpd!, ['-D', '-f', join(folder, 'lighttpd.conf')], { stdio: ['ignore', 'inherit', 'inherit'] })
    ;(await connect(port)).close()
  })
  afterAll(async () => {
    await stop(host)
    rmSync(folder, { recursive: true })
  })

  // RFC 3875 has no word for a response that breaks off, and does not tell X_Forged from X-Forged (what is told of the rest is
  // tested below). One method is as good as another.
  const left = /^cuts the response|^gives the names|^passes (?!PROPFIND)/
  const rows = [...answerCases, ...requestCases].filter(({ name }) => !left.test(name))
  test.each(rows)('$name', async ({ run }) => {
    const client = await connect(port)
    try {
      await run(client)
    } finally {
      client.close()
    }
  })

  test('the environ is that of one request', async () => {
    const client = await connect(port)
    client.send(get('/environ?a=%41', 'Proxy: evil\r\nCookie: a=1; b=2\r\nAccept: a\r\nAccept: b\r\nX-By: me\r\n'))
    const environ = JSON.parse((await client.response()).body.toString())
    expect(environ).toMatchObject({
      SCRIPT_NAME: '',
      PATH_INFO: '/environ',
      QUERY_STRING: 'a=%41',
      REQUEST_URI: '/environ?a=%41',
      HTTP_HOST: 'example.com',
      HTTP_COOKIE: 'a=1; b=2',
      HTTP_ACCEPT: 'a, b',
      HTTP_X_BY: 'me',
      REMOTE_ADDR: '127.0.0.1',
      SERVER_PROTOCOL: 'HTTP/1.1',
      'gateway.runOnce': true,
      'gateway.multiprocess': true,
      'gateway.urlScheme': 'http',
    })
    expect(environ).not.toHaveProperty('HTTP_PROXY')
    client.close()
  })

  test.each(['/caf%C3', '/%zz', '/a%00b'])('a path that cannot be decoded is refused: %s', async (path) => {
    const client = await connect(port)
    client.send(get(path))
    expect((await client.response()).status).toBe(400)
    client.close()
  })

  test('what was written beside the response is in the log of the server', () => {
    expect(log()).toContain('A stray line.')
    expect(log()).toContain('failed before it started')
    expect(
      log()
        .split('\n')
        .filter((line) => line.includes('GatewayContractError') && !line.includes('/injects')),
    ).toEqual([])
  })
})

test("under Python's http.server, a program in cgi-bin", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nuages-python-cgi-'))
  mkdirSync(join(folder, 'cgi-bin'))
  writeFileSync(join(folder, 'cgi-bin/site.cgi'), scriptIn(folder))
  chmodSync(join(folder, 'cgi-bin/site.cgi'), 0o755)
  // It runs programs as "nobody", where it is started by root.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const host = spawn(
    'python3',
    ['-m', 'http.server', '--cgi', '--bind', '127.0.0.1', '--directory', folder, String(port)],
    {
      cwd: folder,
      stdio: 'ignore',
    },
  )
  try {
    ;(await connect(port)).close()
    const url = `http://127.0.0.1:${port}/cgi-bin/site.cgi`
    expect(await (await fetch(`${url}/hello`)).text()).toBe('Hello, World!')
    const environ = (await (await fetch(`${url}/environ?a=%41`)).json()) as Record<string, string>
    expect(environ).toMatchObject({ SCRIPT_NAME: '/cgi-bin/site.cgi', PATH_INFO: '/environ', QUERY_STRING: 'a=%41' })
    const echoed = await fetch(`${url}/echo`, { method: 'POST', body: 'x'.repeat(100_000) })
    expect(await echoed.text()).toBe('x'.repeat(100_000))
  } finally {
    await stop(host)
    rmSync(folder, { recursive: true })
  }
})

test('a program without a server answers the front page, and ends', async () => {
  const { output, code } = await new Promise<{ output: string; code: unknown }>((resolve) => {
    execFile(process.execPath, [program], { env: { SCRIPT_NAME: '', PATH_INFO: '/hello' } }, (error, output) =>
      resolve({ output, code: error?.code ?? 0 }),
    )
  })
  expect(code).toBe(0)
  expect(output).toBe(
    'Status: 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 13\r\n\r\nHello, World!',
  )
})
