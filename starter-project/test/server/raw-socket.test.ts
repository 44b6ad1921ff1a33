import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ServedSite } from './served-site.ts'

let site: ServedSite
beforeAll(async () => {
  site = await ServedSite.start()
})
afterAll(() => site[Symbol.asyncDispose]())

/** Types `bytes` over a socket and gives back everything until the server closes. */
async function typed(bytes: string): Promise<string> {
  const socket = connect({ host: site.url.hostname, port: Number(site.url.port) })
  await once(socket, 'connect')
  socket.write(bytes)
  return text(socket)
}

describe('bytes typed over a socket', () => {
  test('HTTP/1.0, with no header at all', async () => {
    const answer = await typed('GET /about/ HTTP/1.0\r\n\r\n')
    // Without a Host header the server's own name counts, which ALLOWED_HOSTS has.
    expect(answer).toMatch(/^HTTP\/1\.[01] 200 OK\r\n/)
    expect(answer).toContain('<h1 class="page-title">About</h1>')
  })

  test('HTTP/1.1, closed on request', async () => {
    const answer = await typed('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(answer).toContain('</html>')
  })

  test('two requests on one connection', async () => {
    const answer = await typed(
      'GET /posts/1 HTTP/1.1\r\nHost: localhost\r\n\r\nHEAD /feed/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    )
    expect(answer.match(/^HTTP\/1\.1 .*$/gm)).toEqual(['HTTP/1.1 301 Moved Permanently', 'HTTP/1.1 200 OK'])
    expect(answer).toMatch(/\r\n\r\n$/)
  })

  test('a request without Host, and one that is no request, are 400', async () => {
    expect(await typed('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(await typed('what is the weather\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  })

  test('a host that is not ours is 400', async () => {
    const answer = await typed('GET /feed/ HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  })
})
