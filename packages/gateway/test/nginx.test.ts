import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Server, serve, validator } from '../src/index.ts'
import { casesApplication } from './cases-application.ts'
import { RawClient, type RawResponse } from './raw-client.ts'
import { serverCases } from './server.cases.ts'

const page = join(import.meta.dirname, '../../../docs/deployment/nginx.md')

function findNginx(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return folders.map((folder) => join(folder, 'nginx')).find((path) => existsSync(path))
}

const nginx = findNginx()
if (nginx === undefined && process.env.CI === 'true') {
  test('nginx is installed', () => expect.fail('The tests behind nginx need it: apt-get install nginx'))
}

/** The site file as the page shows it, listening where the test wants it to. */
function siteFile(socketPath: string, port: number, folder: string): string {
  const [, site] = /```nginx\n([\s\S]*?)```/.exec(readFileSync(page, 'utf8')) ?? []
  if (site === undefined) throw new Error(`${page} has no nginx block.`)
  const placed = site
    .replace('unix:/run/mysite/mysite.sock', `unix:${socketPath}`)
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('listen [::]:80;', '')
    .replace('/srv/mysite/collected-static/', join(folder, 'static/'))
  expect(placed).toContain(socketPath)
  expect(placed).toContain(String(port))
  expect(placed).toContain(join(folder, 'static/'))
  return placed
}

/** The part of Debian's `/etc/nginx/nginx.conf` that matters to a site, with every path inside `folder`. */
function mainFile(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(folder, name)};`)
    .join('\n')
  return `
worker_processes 1;
daemon off;
pid ${join(folder, 'nginx.pid')};
error_log ${join(folder, 'error.log')};
events { worker_connections 768; }
http {
  sendfile on;
  tcp_nopush on;
  gzip on;
  default_type application/octet-stream;
  access_log off;
  ${temporary}
  include ${join(folder, 'site')};
}`
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
  for (let attempt = 0; ; attempt++) {
    try {
      return await RawClient.connect({ port, host: '127.0.0.1' })
    } catch (error) {
      if (attempt === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

describe.skipIf(nginx === undefined)('behind nginx with the file of docs/deployment/nginx.md', () => {
  let folder: string
  let server: Server
  let proxy: ChildProcess
  let port: number
  const log: string[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'nuages-nginx-'))
    mkdirSync(join(folder, 'logs'))
    mkdirSync(join(folder, 'static/blog'), { recursive: true })
    for (const name of ['blog/site.css', 'blog/site.0123456789ab.css', 'dated.2026.css']) {
      writeFileSync(join(folder, 'static', name), 'a { color: red }')
      writeFileSync(join(folder, 'static', `${name}.gz`), gzipSync('a { color: red }'))
    }
    const socketPath = join(folder, 'site.sock')
    server = await serve(
      validator(casesApplication),
      // The workers of an nginx that root starts run as another user.
      { socketPath, mode: 0o666 },
      { errors: { write: (text) => log.push(text) } },
    )
    port = await freePort()
    writeFileSync(join(folder, 'site'), siteFile(socketPath, port, folder))
    writeFileSync(join(folder, 'nginx.conf'), mainFile(folder))
    const owner = process.getuid?.() === 0 ? ['-g', 'user root;'] : []
    proxy = spawn(nginx!, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log'), ...owner], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    ;(await connect(port)).close()
  })

  afterAll(async () => {
    if (proxy?.exitCode === null) {
      proxy.kill('SIGQUIT')
      await once(proxy, 'exit')
    }
    await server?.close({ timeoutMs: 1000 })
    if (folder) rmSync(folder, { recursive: true })
  })

  test.each(serverCases.filter((row) => !row.isBetweenNeighbours))('$name', async ({ run }) => {
    const client = await connect(port)
    try {
      await run(client)
    } finally {
      client.close()
    }
  })

  test('HTTP/1.0 without a Host gets the name of the site', async () => {
    const client = await connect(port)
    client.send('GET /environ HTTP/1.0\r\n\r\n')
    expect(JSON.parse((await client.response()).body.toString()).HTTP_HOST).toBe('example.com')
    client.close()
  })

  test('the application learns who asked and how, and not what the client made up', async () => {
    const client = await connect(port)
    client.send(
      'GET /environ HTTP/1.1\r\nHost: example.com:8080\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n' +
        'X-Real-IP: 1.2.3.4\r\n\r\n',
    )
    const environ = JSON.parse((await client.response()).body.toString())
    expect(environ).toMatchObject({
      HTTP_HOST: 'example.com:8080',
      HTTP_X_FORWARDED_PROTO: 'http',
      HTTP_X_FORWARDED_FOR: '127.0.0.1',
      HTTP_X_REAL_IP: '127.0.0.1',
    })
    expect(environ).not.toHaveProperty('HTTP_X_FORWARDED_HOST')
    client.close()
  })

  test.each([
    ['blog/site.css', 'public, max-age=3600'],
    ['dated.2026.css', 'public, max-age=3600'],
    ['blog/site.0123456789ab.css', 'public, max-age=31536000, immutable'],
  ])('the static file %s is sent by nginx: %s', async (name, cacheControl) => {
    const client = await connect(port)
    const get = async (more: string): Promise<RawResponse> => {
      client.send(`GET /static/${name} HTTP/1.1\r\nHost: example.com\r\n${more}\r\n`)
      return client.response()
    }
    const plain = await get('')
    expect([plain.status, plain.body.toString()]).toEqual([200, 'a { color: red }'])
    expect(plain.headers).toMatchObject({
      'cache-control': cacheControl,
      vary: 'Accept-Encoding',
      'x-content-type-options': 'nosniff',
    })
    const packed = await get('Accept-Encoding: gzip\r\n')
    expect([packed.headers['content-encoding'], gunzipSync(packed.body).toString()]).toEqual([
      'gzip',
      'a { color: red }',
    ])
    expect((await get(`If-None-Match: ${plain.headers['etag']}\r\n`)).status).toBe(304)
    client.close()
  })

  test.each(['no.css', '', 'blog/', '../site', '..%2fsite', '%2e%2e/nginx.conf'])(
    'nothing else is at /static/%s',
    async (path) => {
      const client = await connect(port)
      client.send(`GET /static/${path} HTTP/1.1\r\nHost: example.com\r\n\r\n`)
      const { status, body } = await client.response()
      expect([400, 403, 404]).toContain(status)
      expect(body.toString()).not.toContain('upstream')
      client.close()
    },
  )

  test('neither side broke the contract', () => {
    expect(log.filter((line) => line.includes('GatewayContractError') && !line.includes('/injects'))).toEqual([])
  })
})
