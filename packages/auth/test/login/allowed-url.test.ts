import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { urlHasAllowedHostAndScheme } from '../../src/index.ts'

const here = { allowedHosts: ['example.com', 'example.com:8000'] }

describe('leads away, in some browser', () => {
  const bad = [
    '',
    '   ',
    null,
    undefined,
    'http://evil.com',
    'http:///evil.com',
    'https://evil.com',
    'ftp://example.com',
    '//evil.com',
    '///evil.com',
    '////evil.com',
    '/\\evil.com',
    '\\\\evil.com',
    '\\\\evil.com/\\evil.com\\..\\evil.com\\\\',
    '\\/evil.com',
    '/\\/evil.com',
    '\\\\\\evil.com',
    'http:evil',
    'http:evil.com',
    'https:evil.com',
    'http:/evil.com',
    'https:/evil.com',
    'http:\\\\evil.com',
    'http:/\\evil.com',
    'http:\\/evil.com',
    'http:\\evil.com',
    'http:///example.com',
    'javascript:alert("XSS")',
    'JAVASCRIPT:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    '\njavascript:alert(x)',
    'javascript:alert(1)@example.com',
    '\x08//evil.com',
    '\x08/path',
    '/\t/evil.com',
    '\t//evil.com\n/x',
    '/\n/evil.com',
    'http://evil.com@example.com',
    'http://example.com@evil.com',
    'http://example.com:pw@evil.com',
    'http://user@example.com/',
    'http://evil.com\\@example.com',
    'http://evil.com#@example.com',
    'http://evil.com?@example.com',
    'http://example.com.evil.com/',
    'http://example.com:1234/',
    'http://[example.com',
    'http://[::1/',
    'http://2001:cdba:0000:0000:0000:0000:3257:9652/',
    '//evil\u3002com',
    '//ev\u00adil.com',
    'http://\u0435xample.com/', // a Cyrillic e
    'http://nowhere.invalid/',
    '//nowhere.invalid/x',
    '\u2028//evil.com',
    '\u200b//evil.com',
    '/a\nb',
    '/a\x01b',
    'http://example.com/\r\nSet-Cookie: a=b',
    '\ud800/x',
    `/${'x'.repeat(2048)}`,
    'x:y',
  ]
  for (const url of bad) {
    test(JSON.stringify(url) ?? 'undefined', () => expect(urlHasAllowedHostAndScheme(url, here)).toBe(false))
  }
})

describe('stays', () => {
  const good = [
    '/',
    '/view/?param=http://example.com',
    '/view/?param=https://evil.com',
    '/view?param=ftp://evil.com',
    'view/?param=//evil.com',
    'path/http:2222222222',
    '/url%20with%20spaces/',
    '/confirm/%2F%2Fevil.com',
    '?page=2',
    '#part',
    './x',
    '../x',
    '/a//evil.com',
    '/\u2215evil.com',
    '/\uff0fevil.com',
    '/김치/?q=é',
    ' /with/spaces/around ',
    'http://example.com/',
    'HTTP://EXAMPLE.com/x',
    'https://example.com:8000/x',
    '//example.com/x',
  ]
  for (const url of good) {
    test(JSON.stringify(url), () => expect(urlHasAllowedHostAndScheme(url, here)).toBe(true))
  }
})

test('without hosts, paths alone will do', () => {
  expect(urlHasAllowedHostAndScheme('/x')).toBe(true)
  expect(urlHasAllowedHostAndScheme('http://example.com/x')).toBe(false)
  expect(urlHasAllowedHostAndScheme('//example.com/x', { allowedHosts: ['Example.com'] })).toBe(true)
})

test('where HTTPS is required, an absolute URL says so', () => {
  const options = { ...here, requireHttps: true }
  expect(urlHasAllowedHostAndScheme('https://example.com/x', options)).toBe(true)
  expect(urlHasAllowedHostAndScheme('http://example.com/x', options)).toBe(false)
  expect(urlHasAllowedHostAndScheme('//example.com/x', options)).toBe(false)
  expect(urlHasAllowedHostAndScheme('/x', options)).toBe(true)
})

test('whatever is let through stays on the host, however it is read', () => {
  const pieces = fc.constantFrom(
    ...[
      '/',
      '\\',
      ':',
      '@',
      '?',
      '#',
      '.',
      '\t',
      '\n',
      ' ',
      '%',
      'http',
      'https',
      'evil.com',
      'example.com',
      'a',
      '\u0000',
    ],
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const url = parts.join('')
      if (!urlHasAllowedHostAndScheme(url, here)) return
      for (const page of ['http://example.com/accounts/login/', 'https://example.com/accounts/login/']) {
        for (const spelling of [url, url.trim(), url.replaceAll('\\', '/').trim()]) {
          expect(new URL(spelling, page).host, JSON.stringify(url)).toMatch(/^example\.com(?::8000)?$/)
        }
      }
    }),
    { numRuns: 20_000 },
  )
})
