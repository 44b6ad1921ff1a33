import { HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { afterAll, expect, test, vi } from 'vitest'
import { resetSetup, type SettingsInput } from '../../src/index.ts'
import { logger } from '../../src/log/logger.ts'
import { serveProject } from '../project/serve-project.ts'

afterAll(resetSetup)

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

const site = (changes: Partial<SettingsInput> = {}) =>
  serveProject({
    urlconf: async () => ({
      urlpatterns: [
        path('', (request) => new HttpResponse(request.id)),
        path('boom/', () => {
          throw new Error('boom')
        }),
      ],
    }),
    ...changes,
  })

test('each request has an id of its own, which its answer names', async () => {
  await using served = await site()
  const [one, two] = [await served.ask('/'), await served.ask('/')]
  expect(one.text).toMatch(uuid)
  expect(one.headers['x-request-id']).toBe(one.text)
  expect(two.text).not.toBe(one.text)
  expect((await served.ask('/nowhere/')).headers['x-request-id']).toMatch(uuid)
})

test('an id from outside is believed only of a trusted proxy', async () => {
  const headers = { 'X-Request-ID': 'edge-42' }
  {
    await using served = await site()
    expect((await served.ask('/', { headers })).text).toMatch(uuid)
  }
  await using served = await site({ trustedProxies: ['192.0.2.0/24'] })
  expect((await served.ask('/', { headers })).text).toMatch(uuid)
})

test.for<[string, boolean]>([
  ['edge-42', true],
  ['Root=1-67891233-abcdef012345678912345678', true],
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', true],
  ['a', true],
  ['x'.repeat(128), true],
  ['x'.repeat(129), false],
  ['', false],
  ['two words', false],
  ['a,b', false],
  ['"quoted"', false],
  ['<script>', false],
  ['é', false],
])('of a trusted proxy, %o is taken: %s', async ([id, isTaken]) => {
  await using served = await site({ trustedProxies: ['loopback'] })
  const answer = await served.ask('/', { headers: { 'X-Request-ID': id } })
  expect(answer.text === id).toBe(isTaken)
  expect(answer.headers['x-request-id']).toBe(answer.text)
})

test('the header has the name of the settings, or is left out', async () => {
  {
    await using served = await site({ requestIdHeader: 'X-Trace', trustedProxies: ['loopback'] })
    const { headers } = await served.ask('/', { headers: { 'x-trace': 'abc', 'X-Request-ID': 'other' } })
    expect(headers['x-trace']).toBe('abc')
    expect(headers).not.toHaveProperty('x-request-id')
  }
  await using served = await site({ requestIdHeader: false })
  const answer = await served.ask('/')
  expect(answer.headers).not.toHaveProperty('x-request-id')
  expect(answer.text).toMatch(uuid)
})

test('the log line of a failure has it', async () => {
  await using served = await site()
  const lines: unknown[] = []
  const spy = vi.spyOn(logger, 'error').mockImplementation((line: unknown) => {
    lines.push(line)
  })
  const { headers } = await served.ask('/boom/')
  spy.mockRestore()
  expect(lines).toMatchObject([{ id: headers['x-request-id'], method: 'GET', path: '/boom/', status: 500 }])
})
