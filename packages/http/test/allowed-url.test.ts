import { expect, test } from 'vitest'
import { HttpRequest, safeNext } from '../src/index.ts'
import { makeEnviron } from './environ.ts'

test('safeNext gives back what stays on the host that was asked, or on one that is named', () => {
  const request = new HttpRequest(makeEnviron({ HTTP_HOST: 'example.com' }))
  for (const next of ['/a?b=c', 'http://example.com/a']) expect(safeNext(request, next), next).toBe(next)
  for (const next of ['https://evil.example/', '//evil.example', 'javascript:alert(1)', '', undefined, null]) {
    expect(safeNext(request, next), String(next)).toBeUndefined()
  }
  expect(safeNext(request, 'http://other.example/a', ['other.example'])).toBe('http://other.example/a')
})

test('safeNext does not lead from HTTPS to HTTP', () => {
  const request = new HttpRequest(makeEnviron({ HTTP_HOST: 'example.com', 'gateway.urlScheme': 'https' }))
  expect(safeNext(request, 'https://example.com/a')).toBe('https://example.com/a')
  expect(safeNext(request, 'http://example.com/a')).toBeUndefined()
})
