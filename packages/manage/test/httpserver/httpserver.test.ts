import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommandError } from '@nuages/core'
import { type Server, serve, validator } from '@nuages/gateway'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { directoryApplication } from '../../src/httpserver/directory-application.ts'
import { callCommand } from '../../src/index.ts'

let folder: string
let root: string
const servers: Server[] = []
const log: string[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nuages-httpserver-'))
  root = join(folder, 'site')
  const files: Record<string, string> = {
    'a.txt': 'content of a',
    'b10.txt': 'x'.repeat(2000),
    'b9.txt': '',
    'docs/index.html': '<h1>Docs</h1>',
    'old/index.htm': '<h1>Old</h1>',
    '사진/데미안.txt': 'unicode',
    'c:d.txt': 'colon',
    'con.txt': 'device',
    '.env': 'SECRET',
    '.git/config': 'SECRET',
    '.well-known/security.txt': 'Contact',
    'cgi-bin/hello.sh': '#!/bin/sh\nprintf \'Content-Type: text/plain\\n\\nhello %s\' "$PATH_INFO"\n',
    'cgi-bin/to-docs.sh': "#!/bin/sh\nprintf 'Location: /docs/\\n\\n'\n",
    'cgi-bin/secret.txt': 'SECRET',
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  mkdirSync(join(root, 'empty'))
  for (const name of ['hello.sh', 'to-docs.sh']) chmodSync(join(root, 'cgi-bin', name), 0o755)
  writeFileSync(join(folder, 'outside.txt'), 'SECRET')
  symlinkSync(join(folder, 'outside.txt'), join(root, 'link-out.txt'))
  symlinkSync(folder, join(root, 'link-up'))
  symlinkSync(join(root, '.git'), join(root, 'link-hidden'))
  symlinkSync(join(root, 'cgi-bin'), join(root, 'link-cgi'))
  symlinkSync(join(root, 'docs'), join(root, 'link-in'))
  symlinkSync('/no/such/place', join(root, 'link-nowhere'))
  utimesSync(join(root, 'b9.txt'), 0, 0)
})
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close({ timeoutMs: 0 })))
  rmSync(folder, { recursive: true })
})

interface Answer {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly text: string
}

/** A server of `root`; paths are sent as they are given. */
async function start(options: { readonly cgi?: boolean; readonly allowedHosts?: readonly string[] } = {}) {
  const application = validator(directoryApplication({ root, cgi: false, ...options }))
  const server = await serve(application, { port: 0 }, { errors: { write: (text) => log.push(text) } })
  servers.push(server)
  const { port } = server.address as AddressInfo
  return (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
    new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, method, headers }, async (response) => {
        const text = Buffer.concat(await Array.fromAsync(response)).toString()
        resolve({ status: response.statusCode!, headers: response.headers, text })
      })
        .on('error', reject)
        .end()
    })
}

const namesIn = ({ text }: Answer): string[] =>
  [...text.matchAll(/<span>([^<]*)<\/span><\/a>/g)].map(([, name]) => name!)

describe('a folder', () => {
  test('is listed: folders first, then files as people count, nothing hidden', async () => {
    const get = await start()
    const names = [
      'cgi-bin/',
      'docs/',
      'empty/',
      'link-cgi/',
      'link-in/',
      'old/',
      '사진/',
      'a.txt',
      'b9.txt',
      'b10.txt',
      'c:d.txt',
    ]
    expect(namesIn(await get('/'))).toEqual(names)
    expect(namesIn(await get('/?sort=size&order=desc')).slice(7)).toEqual(['b10.txt', 'a.txt', 'c:d.txt', 'b9.txt'])
    expect(namesIn(await get('/?sort=modified'))[7]).toBe('b9.txt')
    expect(namesIn(await get('/?sort=%3Cb%3E&order=x'))).toEqual(names)
    expect(namesIn(await get('/empty/'))).toEqual(['Parent folder'])
    expect(namesIn(await get('/%EC%82%AC%EC%A7%84/'))).toEqual(['Parent folder', '데미안.txt'])
  })

  test('is a page that runs nothing and is not kept', async () => {
    const get = await start()
    const { headers } = await get('/')
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' })
    const head = await get('/', {}, 'HEAD')
    expect([head.status, head.text, Number(head.headers['content-length']) > 1000]).toEqual([200, '', true])
  })

  test('shows its index.html, and index.htm', async () => {
    const get = await start()
    expect((await get('/docs/')).text).toBe('<h1>Docs</h1>')
    expect((await get('/old/')).text).toBe('<h1>Old</h1>')
    expect((await get('/link-in/')).text).toBe('<h1>Docs</h1>')
  })

  test('has a slash at its end, which its links count on', async () => {
    const get = await start()
    expect(await get('/docs')).toMatchObject({ status: 302, headers: { location: '/docs/' } })
    expect((await get('/%EC%82%AC%EC%A7%84?sort=size')).headers['location']).toBe('/%EC%82%AC%EC%A7%84/?sort=size')
  })
})

describe('a file', () => {
  test('is sent with its type, in parts, and not again to who has it', async () => {
    const get = await start()
    const whole = await get('/a.txt')
    expect([whole.text, whole.headers['content-type']]).toEqual(['content of a', 'text/plain; charset=utf-8'])
    expect(whole.headers['content-security-policy']).toBeUndefined()
    const part = await get('/a.txt', { Range: 'bytes=-1' })
    expect([part.status, part.text, part.headers['content-range']]).toEqual([206, 'a', 'bytes 11-11/12'])
    expect((await get('/a.txt', { 'If-None-Match': whole.headers['etag'] as string })).status).toBe(304)
    expect((await get('/a.txt', {}, 'HEAD')).headers['content-length']).toBe('12')
    expect((await get('/%EC%82%AC%EC%A7%84/%EB%8D%B0%EB%AF%B8%EC%95%88.txt')).text).toBe('unicode')
    expect((await get('/c%3Ad.txt')).text).toBe('colon')
    expect((await get('/.well-known/security.txt')).text).toBe('Contact')
  })

  test.each([
    '/no.txt',
    '/a.txt/',
    '/a.txt/x',
    '/.env',
    '/.git/',
    '/.git/config',
    '/link-hidden/config',
    '/link-out.txt',
    '/link-up/',
    '/link-up/outside.txt',
    '/link-nowhere',
    '/con.txt',
    '/../outside.txt',
    '/..%2foutside.txt',
    '/docs/..%2f..%2foutside.txt',
    '/%2e%2e/outside.txt',
    '/..%5coutside.txt',
    '//a.txt',
    '//evil.example/%2e%2e',
    '/docs//index.html',
    '/%2Fetc%2Fpasswd',
  ])('is not at %s', async (path) => {
    const get = await start()
    const { status, text, headers } = await get(path)
    expect([status, headers['location']]).toEqual([404, undefined])
    expect(text).not.toContain('SECRET')
    expect(text).toContain('Not found')
  })

  test('is only read', async () => {
    const get = await start()
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect(await get('/a.txt', {}, method)).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
    }
  })
})

describe('pages of other sites', () => {
  test('do not get in under a name of their own', async () => {
    const get = await start({ allowedHosts: ['localhost', '127.0.0.1'] })
    expect((await get('/a.txt', { Host: 'evil.example' })).status).toBe(400)
    expect((await get('/a.txt', { Host: 'localhost:8000' })).status).toBe(200)
  })

  test('may link here, and load nothing', async () => {
    const get = await start({ cgi: true })
    const cross = { 'Sec-Fetch-Site': 'cross-site' }
    expect((await get('/a.txt', { ...cross, 'Sec-Fetch-Mode': 'no-cors' })).status).toBe(403)
    expect((await get('/cgi-bin/hello.sh', { ...cross, 'Sec-Fetch-Mode': 'navigate' }, 'POST')).status).toBe(403)
    expect((await get('/a.txt', { ...cross, 'Sec-Fetch-Mode': 'navigate' })).status).toBe(200)
    expect((await get('/a.txt', { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors' })).status).toBe(200)
  })
})

describe('cgi-bin', () => {
  test('is a folder like others, unless told otherwise', async () => {
    const get = await start()
    expect((await get('/cgi-bin/hello.sh')).text).toContain('#!/bin/sh')
  })

  test('holds programs, whose text is not shown by any way', async () => {
    const get = await start({ cgi: true })
    expect((await get('/cgi-bin/hello.sh/you')).text).toBe('hello /you')
    expect((await get('/cgi-bin/hello.sh', {}, 'POST')).text).toBe('hello ')
    expect((await get('/cgi-bin/to-docs.sh')).text).toBe('<h1>Docs</h1>')
    for (const path of ['/cgi-bin', '/cgi-bin/', '/cgi-bin/secret.txt']) expect((await get(path)).status).toBe(403)
    for (const path of ['/link-cgi/hello.sh', '/link-cgi/', '//cgi-bin/hello.sh', '/docs/../cgi-bin/secret.txt']) {
      expect((await get(path)).text).not.toMatch(/bin\/sh|SECRET/)
    }
    expect(namesIn(await get('/')).filter((name) => name.includes('cgi'))).toEqual([])
  })
})

test('nobody broke the contract between server and application', () => {
  expect(log.filter((line) => !line.startsWith('/'))).toEqual([])
})

describe('the command', () => {
  const project = { settings: () => Promise.reject(new Error('There is no project here.')), baseDir: '/' }

  test('serves without a project until it is told to stop', async () => {
    const written: string[] = []
    const { promise: isServing, resolve } = Promise.withResolvers<string>()
    const write = (text: string): void => {
      written.push(text)
      const url = /at (http:\S+)\. Stop/.exec(text)?.[1]
      if (url !== undefined) resolve(url)
    }
    const input = { args: { address: '0' }, options: { directory: root } }
    const ended = callCommand(project, 'httpserver', input, { stdout: { write }, stderr: { write } })
    const url = await isServing
    expect(await (await fetch(`${url}a.txt`)).text()).toBe('content of a')
    process.emit('SIGTERM')
    expect(await ended).toBe(0)
    expect(written.join('')).toContain(`Serving ${root} at `)
    expect(written.join('')).toMatch(/GET \/a\.txt/)
  })

  test('says what is wrong with what it is given', async () => {
    const run = (options: object): Promise<number> =>
      callCommand(project, 'httpserver', { args: { address: '0' }, options: { ...options } })
    await expect(run({ directory: join(root, 'a.txt') })).rejects.toThrow(CommandError)
    await expect(run({ directory: join(root, 'docs'), cgi: true })).rejects.toThrow(
      /--cgi runs what is in '.*docs\/cgi-bin', and there is no such folder/,
    )
    await expect(run({ directory: root, bind: '203.0.113.1' })).rejects.toThrow(/Cannot listen on 203\.0\.113\.1/)
  })
})
