import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Application, cgiHost, withEnviron } from '../../src/index.ts'
import { startServer } from '../start-server.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nuages-serve-cgi-'))
  mkdirSync(join(folder, 'cgi-bin'))
  const file = join(folder, 'cgi-bin/site.cgi')
  const url = (path: string): string => JSON.stringify(join(import.meta.dirname, path))
  writeFileSync(
    file,
    `#!${process.execPath}
Promise.all([import(${url('../../src/index.ts')}), import(${url('../cases-application.ts')})]).then(
  async ([{ serveCgi }, { casesApplication }]) => process.exit((await serveCgi(casesApplication)) ? 0 : 1),
)
`,
  )
  chmodSync(file, 0o755)
})
afterAll(() => rmSync(folder, { recursive: true }))

// The two halves of CGI, each of which is tried with others by tests of its own.
test('an application of Nuages is a program under the host of Nuages', async () => {
  const host = cgiHost({ directory: join(folder, 'cgi-bin') })
  const application: Application = (environ, startResponse) =>
    host(withEnviron(environ, { SCRIPT_NAME: '/cgi-bin', PATH_INFO: environ.PATH_INFO.slice(8) }), startResponse)
  const { server, log } = await startServer(application)
  const ask = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`${server.url}/cgi-bin/site.cgi${path}`, init)

  const [hello, echo, environ, cookies, missing] = await Promise.all([
    ask('/hello'),
    ask('/echo', { method: 'POST', body: 'é'.repeat(100_000), headers: { 'Content-Type': 'text/plain' } }),
    ask('/environ?a=b%20c', { headers: { Authorization: 'Bearer secret', 'X-Custom': 'yes' } }),
    ask('/cookies', { redirect: 'manual' }),
    ask('/no-content'),
  ])
  expect(await hello.text()).toBe('Hello, World!')
  expect(await echo.text()).toBe('é'.repeat(100_000))
  const seen = await environ.json()
  expect(seen).toMatchObject({
    SCRIPT_NAME: '/cgi-bin/site.cgi',
    PATH_INFO: '/environ',
    QUERY_STRING: 'a=b%20c',
    HTTP_X_CUSTOM: 'yes',
    'gateway.runOnce': true,
  })
  expect(seen).not.toHaveProperty('HTTP_AUTHORIZATION')
  expect([cookies.status, cookies.headers.getSetCookie()]).toEqual([302, ['a=1', 'b=2']])
  expect(missing.status).toBe(204)
  expect(log).toEqual([])
})
