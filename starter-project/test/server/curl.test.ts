import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ServedSite } from './served-site.ts'
import { without } from './tools.ts'

const execute = promisify(execFile)

async function curl(...args: string[]): Promise<string> {
  const { stdout } = await execute('curl', ['--silent', '--show-error', ...args])
  return stdout
}

describe.skipIf(without('curl'))('curl', () => {
  let site: ServedSite
  beforeAll(async () => {
    site = await ServedSite.start()
  })
  afterAll(() => site[Symbol.asyncDispose]())

  test.each([
    ['/', 200],
    ['/posts/counting-oktas/', 200],
    ['/posts/counting-oktas', 301],
    ['/posts/1/', 301],
    ['/latest/', 307],
    ['/tags/rain/', 200],
    ['/archive/2026/', 200],
    ['/archive/1999/', 404],
    ['/search/?q=fog', 200],
    ['/search/?q=%FF', 400],
    ['/feed/', 200],
    ['/nowhere/', 404],
    ['/static/site.css', 200],
    ['/static/../settings.ts', 404],
  ])('GET %s is %i', async (path, status) => {
    expect(await curl('--path-as-is', '--output', '/dev/null', '--write-out', '%{http_code}', site.address(path))).toBe(
      String(status),
    )
  })

  test('a form is answered with 303, and curl goes on with GET', async () => {
    const answer = await curl(
      '--location',
      '--cookie-jar',
      '-',
      '--write-out',
      '\n%{http_code} %{url_effective}\n',
      '--data',
      'theme=dark&next=/about/',
      site.address('/theme/'),
    )
    expect(answer).toContain('<html lang="en" data-theme="dark">')
    expect(answer).toContain(`200 ${site.address('/about/')}`)
  })

  test('what is in the cache is not sent again', async () => {
    const headers = await curl('--head', site.address('/feed/'))
    const etag = /^etag: (.*)\r$/im.exec(headers)?.[1]
    expect(etag).toBeDefined()
    expect(
      await curl('--header', `If-None-Match: ${etag}`, '--write-out', '%{http_code}', site.address('/feed/')),
    ).toBe('304')
  })

  test('a page that reads only refuses other methods, and says which it takes', async () => {
    const archive = site.address('/archive/2026/')
    expect(await curl('--include', '--request', 'DELETE', archive)).toMatch(/^HTTP\/1\.1 403 Forbidden\r$/m)
    // What is no browser may make up its own secret, as long as cookie and header have the same.
    const secret = 'a'.repeat(32)
    const answer = await curl(
      '--include',
      ...['--request', 'DELETE', '--cookie', `csrftoken=${secret}`, '--header', `X-CSRFToken: ${secret}`],
      archive,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r$/m)
    expect(answer).toMatch(/^allow: GET, HEAD\r$/im)
  })
})
