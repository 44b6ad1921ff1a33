import { afterAll, describe, expect, test } from 'vitest'
import { resetSetup } from '../../src/index.ts'
import { type Changes, visitorWithToken } from './project.ts'

afterAll(resetSetup)

interface Sent {
  readonly site?: string
  readonly origin?: string
  readonly referer?: string
  readonly secure?: boolean
}

const trusting: Changes = { csrfTrustedOrigins: ['https://shop.com', 'https://*.wild.com'] }

/** The status of a post with a right token to `example.com`. */
async function statusOf({ site, origin, referer, secure = true }: Sent): Promise<number> {
  const { client, token } = await visitorWithToken(trusting, { host: 'example.com', secure })
  const headers = {
    ...(site === undefined ? {} : { 'Sec-Fetch-Site': site }),
    ...(origin === undefined ? {} : { Origin: origin }),
    ...(referer === undefined ? {} : { Referer: referer }),
  }
  return (await client.post('/take/', { form: { csrfmiddlewaretoken: token }, headers })).status
}

const own = 'https://example.com'
const evil = 'https://evil.com'

describe('what a browser says of the page that sends', () => {
  test.for<[string, Sent, number]>([
    ['it is of the same origin', { site: 'same-origin', origin: own }, 200],
    ['the same origin, and no other header', { site: 'same-origin' }, 200],
    // A proxy that ends HTTPS or passes no Host header on: the browser knows better.
    ['the same origin, by another name here', { site: 'same-origin', origin: 'https://public.name' }, 200],
    ['the same origin, a page that hides itself', { site: 'same-origin', origin: 'null', referer: '' }, 200],
    ['it is the visitor', { site: 'none' }, 200],
    ['it is another site', { site: 'cross-site', origin: evil }, 403],
    ['another site, without more', { site: 'cross-site' }, 403],
    ['another site, without more, over HTTP', { site: 'cross-site', secure: false }, 403],
    ['another site that sent it around by this one', { site: 'cross-site', origin: own }, 403],
    ['another site with a page of this one', { site: 'cross-site', referer: `${own}/form/` }, 403],
    ['another site in a sandbox', { site: 'cross-site', origin: 'null' }, 403],
    ['another site that is trusted', { site: 'cross-site', origin: 'https://shop.com' }, 200],
    ['another site under a wildcard', { site: 'cross-site', origin: 'https://a.wild.com' }, 200],
    ['another site like a trusted one', { site: 'cross-site', origin: 'http://shop.com' }, 403],
    ['another site that is trusted, by its referer', { site: 'cross-site', referer: 'https://shop.com/x' }, 200],
    ['it is a neighbour', { site: 'same-site', origin: 'https://www.example.com' }, 403],
    ['a neighbour, without more', { site: 'same-site' }, 403],
    ['a neighbour, without more, over HTTP', { site: 'same-site', secure: false }, 403],
    ['a neighbour that is this one', { site: 'same-site', origin: own }, 200],
    ['nothing that is known', { site: 'same-planet', origin: own }, 200],
    ['nothing that is known, of another site', { site: 'same-planet', origin: evil }, 403],
    ['two things', { site: 'same-origin, cross-site', origin: evil }, 403],
    ['in capitals', { site: 'SAME-ORIGIN', origin: evil }, 403],
    ['nothing', { site: '' }, 403],
    ['nothing at all, with an origin', { origin: own }, 200],
    ['nothing at all, with another origin', { origin: evil }, 403],
    ['nothing at all, with a referer', { referer: `${own}/form/` }, 200],
    ['nothing at all, with another referer', { referer: `${evil}/` }, 403],
    ['nothing at all, with nothing else', {}, 403],
    ['nothing at all, with nothing else, over HTTP', { secure: false }, 200],
  ])('%s', async ([, sent, status]) => {
    expect(await statusOf(sent)).toBe(status)
  })

  test('does not make up for a token', async () => {
    const { client } = await visitorWithToken({}, { host: 'example.com', secure: true })
    expect((await client.post('/take/', { headers: { 'Sec-Fetch-Site': 'same-origin' } })).status).toBe(403)
  })

  test('is told to developers', async () => {
    const { client, token } = await visitorWithToken({ debug: true }, { host: 'example.com', secure: true })
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: evil, Accept: 'text/plain' }
    const refused = await client.post('/take/', { form: { csrfmiddlewaretoken: token }, headers })
    expect(refused.text()).toContain(
      `The request was sent from '${evil}', and this is ${own}. The browser calls that cross-site.`,
    )
  })
})
