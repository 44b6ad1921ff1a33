import { afterAll, describe, expect, test } from 'vitest'
import { resetSetup } from '../../src/index.ts'
import { type Changes, visitorWithToken } from './project.ts'

afterAll(resetSetup)

interface Sent {
  readonly headers: Readonly<Record<string, string>>
  readonly secure?: boolean
  readonly changes?: Changes
  readonly host?: string
}

/** The status of a post with a right token. */
async function statusOf({ headers, secure = false, changes = {}, host = 'example.com' }: Sent): Promise<number> {
  const { client, token } = await visitorWithToken(changes, { host, secure })
  return (await client.post('/take/', { form: { csrfmiddlewaretoken: token }, headers })).status
}

const trusting = (...csrfTrustedOrigins: string[]): Changes => ({ csrfTrustedOrigins })

describe('the origin', () => {
  test.for<[string, Sent, number]>([
    ['is this site', { headers: { Origin: 'http://example.com' } }, 200],
    ['is this site, in capitals', { headers: { Origin: 'http://EXAMPLE.com' } }, 200],
    ['is this site over HTTPS', { headers: { Origin: 'https://example.com' }, secure: true }, 200],
    ['is this site with its port', { headers: { Origin: 'http://example.com:8000' }, host: 'example.com:8000' }, 200],
    ['is not told, over HTTP', { headers: {} }, 200],
    ['is null', { headers: { Origin: 'null' } }, 403],
    ['is empty', { headers: { Origin: '' } }, 403],
    ['is another host', { headers: { Origin: 'http://evil.com' } }, 403],
    ['is a subdomain', { headers: { Origin: 'http://www.example.com' } }, 403],
    ['begins like this site', { headers: { Origin: 'http://example.com.evil.com' } }, 403],
    ['ends like this site', { headers: { Origin: 'http://notexample.com' } }, 403],
    ['is another port', { headers: { Origin: 'http://example.com:8000' } }, 403],
    ['is another scheme', { headers: { Origin: 'https://example.com' } }, 403],
    ['is plain on a secure site', { headers: { Origin: 'http://example.com' }, secure: true }, 403],
    ['is nonsense', { headers: { Origin: 'http://[bad' } }, 403],
    ['is trusted', { headers: { Origin: 'https://shop.com' }, changes: trusting('https://shop.com') }, 200],
    ['is trusted in capitals', { headers: { Origin: 'https://shop.com' }, changes: trusting('https://SHOP.com') }, 200],
    [
      'is trusted by another scheme',
      { headers: { Origin: 'http://shop.com' }, changes: trusting('https://shop.com') },
      403,
    ],
    [
      'is trusted by another port',
      { headers: { Origin: 'https://shop.com:1' }, changes: trusting('https://shop.com') },
      403,
    ],
    [
      'is below a trusted one',
      { headers: { Origin: 'https://a.shop.com' }, changes: trusting('https://shop.com') },
      403,
    ],
    [
      'is under a wildcard',
      { headers: { Origin: 'https://a.b.shop.com' }, changes: trusting('https://*.shop.com') },
      200,
    ],
    [
      'is the top of a wildcard',
      { headers: { Origin: 'https://shop.com' }, changes: trusting('https://*.shop.com') },
      200,
    ],
    [
      'only ends like a wildcard',
      { headers: { Origin: 'https://myshop.com' }, changes: trusting('https://*.shop.com') },
      403,
    ],
    [
      'is plain under a wildcard',
      { headers: { Origin: 'http://a.shop.com' }, changes: trusting('https://*.shop.com') },
      403,
    ],
    [
      'is under a wildcard with its port',
      { headers: { Origin: 'https://a.shop.com:8443' }, changes: trusting('https://*.shop.com:8443') },
      200,
    ],
    [
      'hides a trusted one',
      { headers: { Origin: 'https://evil.com/.shop.com' }, changes: trusting('https://shop.com') },
      403,
    ],
  ])('%s', async ([, sent, status]) => {
    expect(await statusOf(sent)).toBe(status)
  })
})

describe('over HTTPS without an origin, the referer', () => {
  test.for<[string, Sent, number]>([
    ['is a page of this site', { headers: { Referer: 'https://example.com/form/' } }, 200],
    ['is this site with its usual port', { headers: { Referer: 'https://example.com:443/' } }, 200],
    ['has the port of this site', { headers: { Referer: 'https://example.com:8443/' }, host: 'example.com:8443' }, 200],
    ['is missing', { headers: {} }, 403],
    ['is empty', { headers: { Referer: '' } }, 403],
    ['is plain', { headers: { Referer: 'http://example.com/form/' } }, 403],
    ['is another site', { headers: { Referer: 'https://evil.com/https://example.com/' } }, 403],
    ['is another port', { headers: { Referer: 'https://example.com:8443/' } }, 403],
    ['hides its host', { headers: { Referer: 'https://example.com@evil.com/' } }, 403],
    ['is nonsense', { headers: { Referer: 'not an address' } }, 403],
    ['has no host', { headers: { Referer: 'about:blank' } }, 403],
    ['is trusted', { headers: { Referer: 'https://shop.com/x' }, changes: trusting('https://shop.com') }, 200],
    [
      'is under a wildcard',
      { headers: { Referer: 'https://a.shop.com/x' }, changes: trusting('https://*.shop.com') },
      200,
    ],
    [
      'ends like a wildcard',
      { headers: { Referer: 'https://myshop.com/' }, changes: trusting('https://*.shop.com') },
      403,
    ],
    [
      "is below the cookie's domain",
      { headers: { Referer: 'https://www.example.com/' }, changes: { csrfCookieDomain: '.example.com' } },
      200,
    ],
  ])('%s', async ([, sent, status]) => {
    expect(await statusOf({ ...sent, secure: true })).toBe(status)
  })

  test('is not asked over HTTP', async () => {
    expect(await statusOf({ headers: { Referer: 'http://evil.com/' } })).toBe(200)
  })

  test('counts for who comes by a proxy over HTTPS', async () => {
    const changes: Changes = { secureProxySslHeader: ['X-Forwarded-Proto', 'https'] }
    const headers = { 'X-Forwarded-Proto': 'https' }
    expect(await statusOf({ headers, changes })).toBe(403)
    expect(await statusOf({ headers: { ...headers, Referer: 'https://example.com/' }, changes })).toBe(200)
    expect(await statusOf({ headers: { ...headers, Origin: 'https://example.com' }, changes })).toBe(200)
  })
})
