import { expect, test } from 'vitest'
import { addNeverCacheHeaders, HttpResponse, patchCacheControl } from '../src/index.ts'

test('addNeverCacheHeaders gives the response back, which nobody may keep whatever it said before', () => {
  const response = new HttpResponse('mine', { headers: { 'Cache-Control': 'public, max-age=600' } })
  expect(addNeverCacheHeaders(response)).toBe(response)
  const said = response.headers.get('Cache-Control')!.split(', ').sort()
  expect(said).toEqual(['max-age=0', 'must-revalidate', 'no-cache', 'no-store', 'private'])
  expect(Date.parse(response.headers.get('Expires')!)).toBeLessThanOrEqual(Date.now())
})

test('patchCacheControl keeps what else is said, the shorter time, and one of public and private', () => {
  const response = new HttpResponse('', {
    headers: { 'Cache-Control': 'Max-Age=60, no-cache="Set-Cookie, X-Mine", private' },
  })
  patchCacheControl(response, { public: true, maxAge: 600, sMaxAge: 30, staleIfError: 5 })
  expect(response.headers.get('Cache-Control')).toBe(
    'max-age=60, no-cache="Set-Cookie, X-Mine", public, s-maxage=30, stale-if-error=5',
  )
  patchCacheControl(response, { public: false, sMaxAge: -1 })
  expect(response.headers.get('Cache-Control')).toContain('s-maxage=0')
  expect(response.headers.get('Cache-Control')).not.toContain('public')
})
