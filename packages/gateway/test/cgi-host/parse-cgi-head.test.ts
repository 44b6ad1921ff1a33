import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CgiProgramError } from '../../src/cgi-host/cgi-program-error.ts'
import { parseCgiHead } from '../../src/cgi-host/parse-cgi-head.ts'

const parse = (text: string): ReturnType<typeof parseCgiHead> => parseCgiHead(Buffer.from(text, 'latin1'))

test.each([
  ['Content-Type: text/html\n\n', '200 OK', [['Content-Type', 'text/html']]],
  ['content-type:text/html\r\n\r\n', '200 OK', [['content-type', 'text/html']]],
  ['Status: 404\nContent-Type: a/b\n\n', '404 Not Found', [['Content-Type', 'a/b']]],
  ['Status: 404 Gone Fishing\n\n', '404 Gone Fishing', []],
  ['Location: https://example.com/\n\n', '302 Found', [['Location', 'https://example.com/']]],
  ['Location: //evil.example/\n\n', '302 Found', [['Location', '//evil.example/']]],
  ['Status: 301\nLocation: /x\n\n', '301 Moved Permanently', [['Location', '/x']]],
  [
    'Location: /x\nContent-Type: a/b\n\n',
    '302 Found',
    [
      ['Location', '/x'],
      ['Content-Type', 'a/b'],
    ],
  ],
  [
    'Content-Type: a/b\nX: \t v w \t\n\n',
    '200 OK',
    [
      ['Content-Type', 'a/b'],
      ['X', 'v w'],
    ],
  ],
])('%j is the head of a document', (text, status, headers) => {
  expect(parse(`${text}rest\n\n`)).toEqual({
    head: { kind: 'document', status, headers },
    rest: Buffer.from('rest\n\n'),
  })
})

test('a path alone is for the server', () => {
  expect(parse('Location: /x?y\n\n')!.head).toEqual({ kind: 'localRedirect', location: '/x?y' })
})

test.each([
  '\n',
  'X: y\n\n',
  'Hello\n',
  'Content-Type : a/b\n',
  ' Content-Type: a/b\n',
  'Content-Type: a/b\n folded\n',
  'Content-Type: a\rb\n',
  'Content-Type: a\0b\n',
  'Status: 100\n\n',
  'Status: 700\n\n',
  'Status: OK\n\n',
  'Status: 200\nStatus: 200\n\n',
  'Location: /a\nLocation: /b\n\n',
  'x'.repeat(70_000),
  `${'X: y\n'.repeat(20_000)}\n`,
])('%.40j is none', (text) => {
  expect(() => parse(text)).toThrow(CgiProgramError)
})

test('what comes in pieces is read as what comes at once, and nothing else is ever thrown', () => {
  const line = fc.oneof(
    fc.constantFrom('Content-Type: a/b', 'Status: 404', 'Location: /x', '', 'X: y'),
    fc.string({ maxLength: 12 }),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom('\n', '\r\n'), fc.nat(60), (lines, end, cut) => {
      const output = Buffer.from(lines.map((text) => text + end).join(''))
      const outcome = (bytes: Buffer): unknown => {
        try {
          return parseCgiHead(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(CgiProgramError)
          return 'error'
        }
      }
      const whole = outcome(output)
      const part = outcome(output.subarray(0, cut))
      // Whatever a part of it already says stays said.
      if (part === 'error') expect(whole).toBe('error')
      else if (part !== undefined) expect((whole as { head: unknown }).head).toEqual((part as { head: unknown }).head)
    }),
    { numRuns: 300 },
  )
})
