import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@nuages/gateway'
import { type HttpRequest, JsonResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { expect, test } from 'vitest'
import { createApplication, resetSetup, SettingsError } from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

const urlpatterns = [
  path('who/', (request: HttpRequest) => {
    const { clientAddress, scheme, host, port, isFromTrustedProxy } = request
    return new JsonResponse({ clientAddress, scheme, host, port, isFromTrustedProxy, url: request.buildAbsoluteUri() })
  }),
]

/** What a site on a unix socket is told by a proxy that sends what the nginx of the documentation does. */
async function asked(trustedProxies: readonly string[]): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'nuages-proxies-'))
  const socketPath = join(folder, 'site.sock')
  await resetSetup()
  const application = await createApplication(
    projectSettings({ urlconf: async () => ({ urlpatterns }), trustedProxies, secureSslRedirect: false }),
  )
  const server = await serve(application, { socketPath })
  try {
    const headers = { Host: 'example.com', 'X-Forwarded-For': '1.1.1.1, 203.0.113.9', 'X-Forwarded-Proto': 'https' }
    return await new Promise((resolve, reject) => {
      httpRequest({ socketPath, path: '/who/', headers, agent: false }, async (response) => {
        resolve(JSON.parse(Buffer.concat(await Array.fromAsync(response)).toString()))
      })
        .on('error', reject)
        .end()
    })
  } finally {
    await server.close()
    await resetSetup()
    rmSync(folder, { recursive: true })
  }
}

test('behind a proxy on a unix socket that is trusted, the client has its address and scheme', async () => {
  expect(await asked(['unix'])).toEqual({
    clientAddress: '203.0.113.9',
    scheme: 'https',
    host: 'example.com',
    port: 443,
    isFromTrustedProxy: true,
    url: 'https://example.com/who/',
  })
})

test.each([[[]], [['loopback', '10.0.0.0/8']]])('behind one that is not (%j), it has none', async (trustedProxies) => {
  expect(await asked(trustedProxies)).toMatchObject({
    clientAddress: '',
    scheme: 'http',
    host: 'example.com',
    isFromTrustedProxy: false,
  })
})

test('what is no proxy is refused when the settings are read', () => {
  expect(() => projectSettings({ trustedProxies: ['nginx'] })).toThrow(SettingsError)
  expect(() => projectSettings({ trustedProxies: ['10.0.0.0/99'] })).toThrow(/trustedProxies.*10\.0\.0\.0\/8/s)
})
