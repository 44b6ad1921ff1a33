import { mkdtempSync, rmSync } from 'node:fs'
import type { NetConnectOpts } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { type Server, serve, validator } from '../src/index.ts'
import { casesApplication } from './cases-application.ts'
import { cgiInProcess } from './cgi-in-process.ts'
import { fetchInProcess } from './fetch-in-process.ts'
import { RawClient } from './raw-client.ts'
import { serverCases } from './server.cases.ts'

const folder = mkdtempSync(join(tmpdir(), 'nuages-gateway-'))
const socketPath = join(folder, 'server.sock')
afterAll(() => rmSync(folder, { recursive: true }))

describe.each([
  { over: 'TCP', target: { port: 0 }, application: casesApplication },
  { over: 'a unix socket', target: { socketPath }, application: casesApplication },
  { over: 'TCP with the validator', target: { port: 0 }, application: validator(casesApplication) },
  {
    over: 'TCP, the application run as a CGI program',
    target: { port: 0 },
    application: cgiInProcess(casesApplication),
  },
  {
    over: 'TCP, the application as a fetch handler',
    target: { port: 0 },
    application: fetchInProcess(casesApplication),
  },
])('the node server over $over', ({ target, application }) => {
  let server: Server
  let where: NetConnectOpts
  beforeAll(async () => {
    server = await serve(application, target, { errors: { write() {} } })
    where =
      typeof server.address === 'string' ? { path: server.address } : { port: server.address!.port, host: '127.0.0.1' }
  })
  afterAll(() => server.close({ timeoutMs: 1000 }))

  test.each(serverCases)('$name', async ({ run }) => {
    const client = await RawClient.connect(where)
    try {
      await run(client)
    } finally {
      client.close()
    }
  })
})
