import { HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { Client } from 'nuages/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { createApplication, resetSetup, type SettingsInput } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

afterAll(resetSetup)

// A view that never asks for the host, and one that builds a link with it.
const urlpatterns = [
  path('', () => new HttpResponse('page')),
  path('link/', (request) => new HttpResponse(request.buildAbsoluteUri('/reset/'))),
]

async function site(
  changes: Partial<SettingsInput>,
): Promise<(host: string, path?: string) => Promise<[number, string]>> {
  await resetSetup()
  const application = await createApplication(projectSettings({ urlconf: async () => ({ urlpatterns }), ...changes }))
  return async (host, address = '/') => {
    const client = new Client(application, { raiseRequestException: false })
    const response = await client.get(address, { headers: { Host: host, Accept: 'text/plain' } })
    return [response.status, response.text()]
  }
}

describe('of the hosts of the settings', () => {
  const allowedHosts = [
    'forum.example',
    'UPPER.example',
    '.domain.example',
    '12.34.56.78',
    '[2001:19f0::1]',
    'xn--4ca.example',
  ]
  const taken = [
    'forum.example',
    'forum.example:80',
    'forum.example:8000',
    'FORUM.EXAMPLE',
    'forum.example.',
    'upper.example',
    'domain.example',
    'a.domain.example',
    'a.b.domain.example:8000',
    '12.34.56.78',
    '12.34.56.78:443',
    '[2001:19f0::1]',
    '[2001:19F0::1]:8000',
    'xn--4ca.example',
  ]
  const refused = [
    'evil.example',
    'a.forum.example',
    'forum.example.evil.example',
    'evilforum.example',
    'evildomain.example',
    'domain.example.evil.example',
    '.domain.example.evil',
    '12.34.56.79',
    '[2001:19f0::2]',
    '2001:19f0::1',
    // What is no host at all.
    '',
    'forum.example@evil.example',
    'forum.example:pw@evil.example',
    'evil.example/forum.example',
    'forum.example/../..',
    'forum.example?x',
    'forum.example#x',
    'forum.example:80:80',
    'forum.example:port',
    'forum.example:',
    'forum.example:123456',
    'forum example',
    'forum.example, evil.example',
    "forum.example'><script>",
    'forum.example%00',
    'forum_.example',
    '[2001:19f0::1',
    '[2001:19f0::1]evil.example',
    '[v1.x]',
    '*',
    'ä.example',
  ]

  test.for(taken)('%o is one', async (host) => {
    const ask = await site({ allowedHosts })
    expect((await ask(host))[0]).toBe(200)
    expect(await ask(host, '/link/')).toEqual([200, new URL('/reset/', `http://${host}`).href])
  })

  test.for(refused)('%o is none, and no page nor link is made for it', async (host) => {
    const ask = await site({ allowedHosts })
    for (const address of ['/', '/link/', '/nowhere/']) {
      const [status, text] = await ask(host, address)
      expect(status, address).toBe(400)
      expect(text).not.toContain('evil')
    }
  })

  test('any well-formed one is, where they are *', async () => {
    const ask = await site({ allowedHosts: ['*'] })
    expect((await ask('any.example:81'))[0]).toBe(200)
    expect((await ask('any.example/evil'))[0]).toBe(400)
  })

  test('none is, where there are none', async () => {
    expect((await (await site({ allowedHosts: [] }))('localhost'))[0]).toBe(400)
  })
})

describe('in development, without any', () => {
  test.for<[string, number]>([
    ['localhost', 200],
    ['localhost:8000', 200],
    ['shop.localhost:8000', 200],
    ['127.0.0.1:8000', 200],
    ['[::1]:8000', 200],
    ['example.com', 400],
    ['127.0.0.2', 400],
    ['localhost.evil.example', 400],
    ['evillocalhost', 400],
  ])('%o gets %d', async ([host, status]) => {
    expect((await (await site({ debug: true, allowedHosts: [] }))(host))[0]).toBe(status)
  })

  test('developers are told which setting is missing', async () => {
    const [, text] = await (await site({ debug: true, allowedHosts: [] }))('example.com:8000')
    expect(text).toContain("Add 'example.com' to allowedHosts")
  })
})
