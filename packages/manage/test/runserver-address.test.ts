import { expect, test } from 'vitest'
import { parseAddress, urlOf } from '../src/runserver/address.ts'

test.each([
  [undefined, {}, '127.0.0.1', 8000],
  [undefined, { HOST: '0.0.0.0', PORT: '9000' }, '0.0.0.0', 9000],
  ['8001', { HOST: '0.0.0.0' }, '0.0.0.0', 8001],
  ['localhost', { PORT: '9000' }, 'localhost', 9000],
  ['0.0.0.0:80', {}, '0.0.0.0', 80],
  [':8080', {}, '127.0.0.1', 8080],
  ['[::1]:8000', {}, '::1', 8000],
  ['0', {}, '127.0.0.1', 0],
])('%j with %j is %s port %i', (text, environment, host, port) => {
  expect(parseAddress(text, environment)).toEqual({ host, port })
})

test.each(['65536', '::1:80', 'localhost:http', '-1'])('%j is refused', (text) => {
  expect(() => parseAddress(text, {})).toThrow(/no port|no address/)
})

test('a port of the environment that is none is refused', () => {
  expect(() => parseAddress(undefined, { PORT: 'http' })).toThrow("'http' is no port")
})

test('an IPv6 address is written in brackets', () => {
  expect(urlOf({ host: '::1', port: 80 })).toBe('http://[::1]:80/')
})
