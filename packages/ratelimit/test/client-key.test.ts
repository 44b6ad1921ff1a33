import { defaultRequestPolicy, HttpRequest, TrustedProxies } from '@nuages/http'
import { expect, test } from 'vitest'
import { clientKey } from '../src/index.ts'

test.for([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::ffff:c000:201', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::', '2001:db8:1:2::/64'],
  ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::192.0.2.1', '0:0:0:0::/64'],
  ['', undefined],
])("'%s' counts as '%s'", ([address, key]) => {
  expect(clientKey({ clientAddress: address } as HttpRequest)).toBe(key)
})

test.for(['127.0.0.1', undefined])('who contradicts the proxy at %s is counted with all who do', (REMOTE_ADDR) => {
  const policy = { ...defaultRequestPolicy, trustedProxies: new TrustedProxies(['loopback', 'unix']) }
  const key = (environ: object) => clientKey(new HttpRequest({ REMOTE_ADDR, ...environ } as never, policy))
  const proxied = { HTTP_X_FORWARDED_FOR: '192.0.2.1' }
  expect(key(proxied)).toBe('192.0.2.1')
  const all = key({ ...proxied, HTTP_FORWARDED: 'for=192.0.2.2' })
  expect(all).toBe(REMOTE_ADDR ?? 'unclear')
  expect(key({ HTTP_X_FORWARDED_FOR: '192.0.2.3', HTTP_FORWARDED: 'for=192.0.2.4' })).toBe(all)
})
