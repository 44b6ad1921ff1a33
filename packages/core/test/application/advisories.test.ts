import { once } from 'node:events'
import { connect } from 'node:net'
import { PassThrough } from 'node:stream'
import { serve } from '@nuages/gateway'
import pino from 'pino'
import { afterAll, expect, test, vi } from 'vitest'
import { createApplication, logger, resetSetup } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

afterAll(resetSetup)

test('CVE-2025-48432: a path cannot write lines into the log, nor steer a terminal', async () => {
  await resetSetup()
  const application = await createApplication(projectSettings({ logging: { level: 'info', pretty: false } }))
  const output = new PassThrough()
  const lines = pino({ level: 'info' }, output)
  const spies = (['warn', 'error'] as const).map((level) =>
    vi.spyOn(logger, level).mockImplementation((...args: unknown[]) => lines[level](...(args as [object, string]))),
  )
  await using server = Object.assign(await serve(application, { host: '127.0.0.1', port: 0 }), {
    async [Symbol.asyncDispose]() {
      await server.close()
    },
  })
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  const forged = '/x%0d%0a%7B%22level%22:50%7D%1b[2J%c2%9b/'
  socket.end(`GET ${forged} HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n`)
  socket.resume()
  await once(socket, 'close')
  for (const spy of spies) spy.mockRestore()
  const written = String(output.read())
  expect(written.trim().split(/[\r\n]/)).toHaveLength(1)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(written.slice(0, -1)).not.toMatch(/[\0-\x1f\x7f-\x9f]/)
  expect(JSON.parse(written)).toMatchObject({ status: 404 })
})
