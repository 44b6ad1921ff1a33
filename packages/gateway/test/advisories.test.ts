/** Django's security advisories that concern servers, each as a test that is named after it. */
import { expect, test } from 'vitest'
import { toPlainEnviron } from '../src/index.ts'
import { get, startServer } from './start-server.ts'

test('CVE-2025-14550: a header that is repeated very often is joined at once', async () => {
  const { connect } = await startServer(
    (environ, startResponse) => {
      startResponse('200 OK', [['Content-Type', 'text/plain']])
      return String((environ.HTTP_X_MANY ?? '').split(', ').length)
    },
    { maxHeaderBytes: 4 * 1024 * 1024 },
  )
  const client = await connect()
  for (let time = 0; time < 3; time += 1) {
    client.send(get('/', 'X-Many: a\r\n'.repeat(100_000)))
    expect((await client.response()).body.toString()).toBe('100000')
  }
})

test('CVE-2026-3902: a header with underscores never stands for the one with hyphens', async () => {
  const { connect } = await startServer((environ, startResponse) => {
    startResponse('200 OK', [['Content-Type', 'application/json']])
    const plain = toPlainEnviron(environ) as unknown as Record<string, unknown>
    return JSON.stringify(Object.entries(plain).filter(([name]) => name.includes('FORWARDED')))
  })
  const client = await connect()
  client.send(get('/', 'X_Forwarded_For: 1.1.1.1\r\nX-Forwarded_Proto: https\r\nX-Forwarded-Host: a\r\n'))
  expect(JSON.parse((await client.response()).body.toString())).toEqual([['HTTP_X_FORWARDED_HOST', 'a']])
})
