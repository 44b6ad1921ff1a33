import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultRequestPolicy, HttpRequest, isProxyName, TrustedProxies } from '../../src/index.ts'
import { addressOfNode } from '../../src/proxies/node-address.ts'
import { makeEnviron } from '../environ.ts'

interface Seen {
  readonly address: string
  readonly scheme: string
  readonly host: string
  readonly port: number
}

/** What a request says of its client, with the peer `peer` (`''` on a unix socket). */
function seen(peer: string, headers: Record<string, string>, proxies: readonly string[]): Seen {
  const environ = makeEnviron({ HTTP_HOST: 'site.example', ...headers })
  const request = new HttpRequest(
    { ...environ, REMOTE_ADDR: peer === '' ? undefined : peer },
    {
      ...defaultRequestPolicy,
      trustedProxies: proxies.length === 0 ? undefined : new TrustedProxies(proxies),
    },
  )
  return { address: request.clientAddress, scheme: request.scheme, host: request.host, port: request.port }
}

const direct: Seen = { address: '10.0.0.1', scheme: 'http', host: 'site.example', port: 80 }
const all = {
  HTTP_X_FORWARDED_FOR: '203.0.113.9',
  HTTP_X_FORWARDED_PROTO: 'https',
  HTTP_X_FORWARDED_HOST: 'shop.example',
  HTTP_X_FORWARDED_PORT: '443',
  HTTP_FORWARDED: 'for=203.0.113.9;proto=https;host=shop.example',
}
const proxied = { address: '203.0.113.9', scheme: 'https', host: 'shop.example', port: 443 }

describe('who is not trusted is not believed', () => {
  it.each<[string, string, readonly string[]]>([
    ['nobody is', '10.0.0.1', []],
    ['another address', '10.0.0.1', ['10.0.0.2', '192.0.2.0/24']],
    ['a network beside it', '10.0.0.1', ['10.0.1.0/24', 'fd00::/8']],
    ['unix alone', '10.0.0.1', ['unix']],
    ['loopback alone', '10.0.0.1', ['loopback']],
  ])('%s', (_, peer, proxies) => {
    expect(seen(peer, all, proxies)).toEqual(direct)
  })

  it('a unix socket, unless it is named', () => {
    expect(seen('', all, ['loopback', '0.0.0.0/0', '::/0'])).toEqual({ ...direct, address: '' })
    expect(seen('', all, ['unix'])).toEqual(proxied)
  })
})

it.each<[string, string]>([
  ['10.0.0.1', '10.0.0.1'],
  ['10.0.0.1', '10.0.0.0/8'],
  ['10.0.0.1', '0.0.0.0/0'],
  ['::ffff:10.0.0.1', '10.0.0.0/8'],
  ['127.9.9.9', 'loopback'],
  ['::1', 'loopback'],
  ['fd00::7', 'fd00::/8'],
  ['FD00::7', 'fd00::7'],
])('%s is trusted by %s', (peer, proxy) => {
  expect(seen(peer, all, [proxy])).toEqual(proxied)
})

type Row = readonly [what: string, headers: Record<string, string>, expected: Partial<Seen>]
const proxies = ['10.0.0.0/8', 'fd00::/8']

describe('X-Forwarded-For, from its right end', () => {
  it.each<Row>([
    ['is the client', { HTTP_X_FORWARDED_FOR: '203.0.113.9' }, { address: '203.0.113.9' }],
    ['made up by the client', { HTTP_X_FORWARDED_FOR: '1.1.1.1, 203.0.113.9' }, { address: '203.0.113.9' }],
    ['made up as a proxy', { HTTP_X_FORWARDED_FOR: '10.0.0.9, 203.0.113.9' }, { address: '203.0.113.9' }],
    [
      'of several proxies',
      { HTTP_X_FORWARDED_FOR: '1.1.1.1, 203.0.113.9, 10.0.0.3,10.0.0.2' },
      { address: '203.0.113.9' },
    ],
    ['of proxies alone', { HTTP_X_FORWARDED_FOR: '10.0.0.4, 10.0.0.3' }, { address: '10.0.0.4' }],
    ['with a port', { HTTP_X_FORWARDED_FOR: '203.0.113.9:4711' }, { address: '203.0.113.9' }],
    ['IPv6', { HTTP_X_FORWARDED_FOR: '2001:DB8::1, fd00::1' }, { address: '2001:db8::1' }],
    ['IPv6 with a port', { HTTP_X_FORWARDED_FOR: '[2001:db8::1]:80' }, { address: '2001:db8::1' }],
    ['IPv4 as IPv6', { HTTP_X_FORWARDED_FOR: '::ffff:203.0.113.9, ::ffff:10.0.0.2' }, { address: '203.0.113.9' }],
    ['unknown', { HTTP_X_FORWARDED_FOR: '1.1.1.1, unknown' }, { address: '10.0.0.1' }],
    ['unknown behind a proxy', { HTTP_X_FORWARDED_FOR: '1.1.1.1, unknown, 10.0.0.2' }, { address: '10.0.0.2' }],
    ['something else', { HTTP_X_FORWARDED_FOR: '<script>' }, { address: '10.0.0.1' }],
    ['an address with a zone', { HTTP_X_FORWARDED_FOR: 'fe80::1%eth0' }, { address: '10.0.0.1' }],
    ['empty', { HTTP_X_FORWARDED_FOR: '' }, { address: '10.0.0.1' }],
    ['empty before the proxy added to it', { HTTP_X_FORWARDED_FOR: ', 203.0.113.9' }, { address: '203.0.113.9' }],
    ['with gaps', { HTTP_X_FORWARDED_FOR: '1.1.1.1,, 10.0.0.2' }, { address: '10.0.0.2' }],
  ])('%s', (_, headers, expected) => {
    expect(seen('10.0.0.1', headers, proxies)).toEqual({ ...direct, ...expected })
  })
})

describe('scheme, host and port', () => {
  it.each<Row>([
    ['https', { HTTP_X_FORWARDED_PROTO: 'HTTPS' }, { scheme: 'https', port: 443 }],
    ['another scheme', { HTTP_X_FORWARDED_PROTO: 'gopher' }, {}],
    ['a list: what the client claims stands left', { HTTP_X_FORWARDED_PROTO: 'https, http' }, {}],
    [
      'a list along the chain',
      { HTTP_X_FORWARDED_FOR: '203.0.113.9, 10.0.0.2', HTTP_X_FORWARDED_PROTO: 'https, http' },
      { address: '203.0.113.9', scheme: 'https', port: 443 },
    ],
    [
      'a list along the chain, with a claim before it',
      { HTTP_X_FORWARDED_FOR: '1.1.1.1, 203.0.113.9, 10.0.0.2', HTTP_X_FORWARDED_PROTO: 'https, http, https' },
      { address: '203.0.113.9', scheme: 'http' },
    ],
    [
      'one value for a chain',
      { HTTP_X_FORWARDED_FOR: '203.0.113.9, 10.0.0.2', HTTP_X_FORWARDED_PROTO: 'https' },
      { address: '203.0.113.9', scheme: 'https', port: 443 },
    ],
    ['a host', { HTTP_X_FORWARDED_HOST: 'Shop.Example' }, { host: 'shop.example' }],
    ['a host with a port', { HTTP_X_FORWARDED_HOST: 'shop.example:8443' }, { host: 'shop.example:8443', port: 8443 }],
    ['a list of hosts', { HTTP_X_FORWARDED_HOST: 'evil.example, shop.example' }, { host: 'shop.example' }],
    ['an empty host', { HTTP_X_FORWARDED_HOST: '' }, {}],
    ['a port', { HTTP_X_FORWARDED_PORT: '8080' }, { port: 8080 }],
    [
      'a port of a host',
      { HTTP_X_FORWARDED_HOST: 'a.example', HTTP_X_FORWARDED_PORT: '81' },
      { host: 'a.example:81', port: 81 },
    ],
    [
      'the usual port of a host',
      { HTTP_X_FORWARDED_HOST: 'a.example', HTTP_X_FORWARDED_PORT: '443', HTTP_X_FORWARDED_PROTO: 'https' },
      { host: 'a.example', scheme: 'https', port: 443 },
    ],
    ['no port', { HTTP_X_FORWARDED_PORT: '0' }, {}],
    ['too high a port', { HTTP_X_FORWARDED_PORT: '65536' }, {}],
    ['no number', { HTTP_X_FORWARDED_PORT: '8e1' }, {}],
  ])('%s', (_, headers, expected) => {
    expect(seen('10.0.0.1', headers, proxies)).toEqual({ ...direct, ...expected })
  })

  it.each(['evil.example/path', 'a b', 'évil.example', '[::1', 'a.example:port'])('the host %s is refused', (host) => {
    expect(() => seen('10.0.0.1', { HTTP_X_FORWARDED_HOST: host }, proxies)).toThrow('not a host name')
  })
})

describe('Forwarded', () => {
  it.each<Row>([
    ['for', { HTTP_FORWARDED: 'for=203.0.113.9' }, { address: '203.0.113.9' }],
    ['in quotes', { HTTP_FORWARDED: 'For="203.0.113.9:99"' }, { address: '203.0.113.9' }],
    ['IPv6', { HTTP_FORWARDED: 'for="[2001:db8::1]:99"' }, { address: '2001:db8::1' }],
    ['IPv6 without brackets', { HTTP_FORWARDED: 'for="2001:db8::1"' }, { address: '2001:db8::1' }],
    [
      'with a made-up element',
      { HTTP_FORWARDED: 'for=1.1.1.1;proto=https, for=203.0.113.9' },
      { address: '203.0.113.9' },
    ],
    [
      'along the chain',
      {
        HTTP_FORWARDED: 'for=1.1.1.1;host=evil, for=203.0.113.9;proto=https;host=shop.example, for=10.0.0.2;proto=http',
      },
      proxied,
    ],
    ['hidden', { HTTP_FORWARDED: 'for=1.1.1.1, for=_hidden;proto=https' }, { scheme: 'https', port: 443 }],
    ['unknown', { HTTP_FORWARDED: 'for=unknown' }, {}],
    ['without for', { HTTP_FORWARDED: 'proto=https;by=10.0.0.1' }, { scheme: 'https', port: 443 }],
    ['with an escape', { HTTP_FORWARDED: 'for="203.0.113\\.9"' }, { address: '203.0.113.9' }],
    [
      'with blanks and empty elements',
      { HTTP_FORWARDED: ' , for=203.0.113.9 ; proto=https ,,' },
      { address: '203.0.113.9', scheme: 'https', port: 443 },
    ],
    ['empty', { HTTP_FORWARDED: '' }, {}],
    ['twice the same parameter', { HTTP_FORWARDED: 'for=1.1.1.1;for=203.0.113.9' }, {}],
    ['an open quote', { HTTP_FORWARDED: 'for="203.0.113.9' }, {}],
    ['an open quote of the client', { HTTP_FORWARDED: 'for="1.1.1.1, for=203.0.113.9;proto=https' }, {}],
    ['a blank around the equals sign', { HTTP_FORWARDED: 'for = 203.0.113.9' }, {}],
    ['IPv6 in a token', { HTTP_FORWARDED: 'for=[2001:db8::1]' }, {}],
  ])('%s', (_, headers, expected) => {
    expect(seen('10.0.0.1', headers, proxies)).toEqual({ ...direct, ...expected })
  })
})

describe('both at once are believed where they agree', () => {
  it.each<Row>([
    ['all the same', all, proxied],
    [
      'one for each',
      { HTTP_X_FORWARDED_FOR: '203.0.113.9', HTTP_FORWARDED: 'proto=https' },
      { address: '203.0.113.9', scheme: 'https', port: 443 },
    ],
    // a proxy that sets X-Forwarded-For passes on whatever Forwarded a client sent
    ['another address', { HTTP_X_FORWARDED_FOR: '203.0.113.9', HTTP_FORWARDED: 'for=1.1.1.1' }, {}],
    ['another scheme', { HTTP_X_FORWARDED_PROTO: 'http', HTTP_FORWARDED: 'proto=https' }, {}],
    ['another host', { HTTP_X_FORWARDED_HOST: 'a.example', HTTP_FORWARDED: 'host=evil.example' }, {}],
    [
      'a host that is in Forwarded alone',
      { HTTP_X_FORWARDED_FOR: '203.0.113.9', HTTP_FORWARDED: 'for=203.0.113.9;host=evil.example' },
      { address: '203.0.113.9' },
    ],
    [
      'a host that is in X-Forwarded-Host alone',
      { HTTP_X_FORWARDED_HOST: 'evil.example', HTTP_FORWARDED: 'for=203.0.113.9' },
      { address: '203.0.113.9' },
    ],
    [
      'a malformed one says nothing',
      { HTTP_X_FORWARDED_FOR: '203.0.113.9', HTTP_FORWARDED: 'for=;' },
      { address: '203.0.113.9' },
    ],
  ])('%s', (_, headers, expected) => {
    expect(seen('10.0.0.1', headers, proxies)).toEqual({ ...direct, ...expected })
  })
})

it('Django’s own settings go before', () => {
  const environ = makeEnviron({
    HTTP_HOST: 'a.example',
    REMOTE_ADDR: '10.0.0.1',
    HTTP_X_FORWARDED_PROTO: 'https',
    HTTP_X_SCHEME: 'http',
  })
  const policy = { ...defaultRequestPolicy, trustedProxies: new TrustedProxies(proxies) }
  expect(new HttpRequest(environ, policy).scheme).toBe('https')
  expect(new HttpRequest(environ, { ...policy, secureProxyHeader: ['X-Scheme', 'https'] }).scheme).toBe('http')
})

it.each(['', 'localhost', '10.0.0.0/33', '::/129', '10.0.0/8', '10.0.0.0/-1', '10.0.0.0/8/8', 'fe80::1%eth0', '*'])(
  '%j is no proxy',
  (entry) => {
    expect(isProxyName(entry)).toBe(false)
    expect(() => new TrustedProxies([entry])).toThrow('which is no address and no network')
  },
)

const anyHeader = fc.oneof(
  fc.string(),
  fc
    .array(
      fc.constantFrom(
        'for=',
        'proto=https',
        'host=a',
        '"',
        '\\',
        ';',
        ',',
        ' ',
        '1.2.3.4',
        '[::1]',
        '10.0.0.2',
        ':80',
        'unknown',
      ),
    )
    .map((words) => words.join('')),
)

it('whatever is sent, the client is an address and never one that only the left end of a list names', () => {
  fc.assert(
    fc.property(anyHeader, anyHeader, anyHeader, (one, other, proto) => {
      const headers = {
        HTTP_X_FORWARDED_FOR: `${one}, 203.0.113.9, 10.0.0.3`,
        HTTP_FORWARDED: other,
        HTTP_X_FORWARDED_PROTO: proto,
        // What the words above make of a host need not be one.
        HTTP_X_FORWARDED_HOST: 'shop.example',
      }
      const { address, scheme } = seen('10.0.0.1', headers, proxies)
      expect(['203.0.113.9', '10.0.0.1']).toContain(address)
      expect(['http', 'https']).toContain(scheme)
    }),
    { numRuns: 500 },
  )
})

it('every address is read back with and without its port', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat({ max: 65_535 }), (address, port) => {
      const plain = addressOfNode(address)
      const bracketed = address.includes(':') ? `[${address}]` : address
      expect(plain).toBeDefined()
      expect(addressOfNode(`${bracketed}:${port}`)).toBe(plain)
    }),
  )
})
