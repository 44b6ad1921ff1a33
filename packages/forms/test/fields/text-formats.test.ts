import { expect, test } from 'vitest'
import { email, type FormField, ipAddress, regex, slug, url, uuid } from '../../src/index.ts'
import { result } from './clean-result.ts'

const id = '0e984725-c51c-4bf4-9960-e1c80e27aba0'

test.each<[FormField, unknown, unknown]>([
  [email(), ' ann@example.com ', 'ann@example.com'],
  [email(), 'ann', '! invalid'],
  [email(), 'ann@', '! invalid'],
  [email(), 'a b@example.com', '! invalid'],
  [email(), 'ann@example.com\nbcc: x@example.com', '! invalid'],
  [email(), `${'a'.repeat(320)}@example.com`, '! max_length'],
  [email({ required: false }), '', ''],
  [url(), 'https://example.com/a?b#c', 'https://example.com/a?b#c'],
  [url(), 'example.com', 'https://example.com'],
  [url(), '//example.com/x', 'https://example.com/x'],
  [url(), 'example.com:8000/x', 'https://example.com:8000/x'],
  [url(), 'localhost:8000', 'https://localhost:8000'],
  [url(), 'ftp://example.com', 'ftp://example.com'],
  [url(), 'javascript:alert(1)', '! invalid'],
  [url(), 'data:text/html,x', '! invalid'],
  [url(), 'https://', '! invalid'],
  [url(), 'not a url', '! invalid'],
  [url({ required: false }), ' ', ''],
  [slug(), 'a-b_C1', 'a-b_C1'],
  [slug(), 'a b', '! invalid'],
  [slug(), 'ärger', '! invalid'],
  [slug({ allowUnicode: true }), 'ärger-١', 'ärger-١'],
  [regex({ regex: /\d{3}/ }), '123', '123'],
  [regex({ regex: /\d{3}/ }), '1234', '! invalid'],
  [regex({ regex: /\d{3}/g }), '123', '123'],
  [regex({ regex: /a|b/i }), 'B', 'B'],
  [regex({ regex: /a|b/m }), 'a\nx', '! invalid'],
  [regex({ regex: /a/ }), ' a', '! invalid'],
  [uuid(), id, id],
  [uuid(), id.toUpperCase().replaceAll('-', ''), id],
  [uuid(), `{${id}}`, id],
  [uuid(), `urn:uuid:${id}`, id],
  [uuid(), `${id}0`, '! invalid'],
  [uuid({ required: false, emptyValue: null }), '', null],
  [ipAddress(), ' 192.0.2.1 ', '192.0.2.1'],
  [ipAddress(), '192.0.2.256', '! invalid'],
  [ipAddress(), '010.0.0.1', '! invalid'],
  [ipAddress(), '2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
  [ipAddress(), '::ffff:192.0.2.1', '::ffff:192.0.2.1'],
  [ipAddress({ unpackIpv4: true }), '::ffff:192.0.2.1', '192.0.2.1'],
  [ipAddress(), 'fe80::1%eth0', '! invalid'],
  [ipAddress({ protocol: 'IPv4' }), '::1', '! invalid'],
  [ipAddress({ protocol: 'IPv6' }), '192.0.2.1', '! invalid'],
])('case %#', async (field, raw, expected) => {
  expect(await result(field, raw)).toEqual(expected)
})
