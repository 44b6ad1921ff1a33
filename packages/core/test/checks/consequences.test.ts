import { serve } from '@nuages/gateway'
import { HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { afterEach, expect, test } from 'vitest'
import {
  commonMiddleware,
  createApplication,
  defaultMiddleware,
  resetSetup,
  runChecks,
  type SettingsInput,
} from '../../src/index.ts'
import { projectSettings } from '../project/settings.ts'

afterEach(resetSetup)

const urlpatterns = [path('', () => new HttpResponse('page'))]

interface Told {
  readonly ids: readonly string[]
  readonly status: number
  readonly location: string | null
  readonly headers: Headers
}

/** What the checks say of a site, and what a proxy that ends HTTPS is told by its server. */
async function served(changes: Partial<SettingsInput>): Promise<Told> {
  await resetSetup()
  const settings = projectSettings({ urlconf: async () => ({ urlpatterns }), ...changes })
  const server = await serve(await createApplication(settings), { port: 0 })
  try {
    const ids = (await runChecks({ deploy: true, tags: ['security'] })).map(({ id }) => id)
    const { status, headers } = await fetch(server.url, {
      redirect: 'manual',
      headers: { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '203.0.113.9' },
    })
    return { ids, status, location: headers.get('Location'), headers }
  } finally {
    await server.close()
  }
}

test('security.N023: what came over HTTPS is sent on to where it came from', async () => {
  const looping = await served({ secureSslRedirect: true })
  expect(looping.ids).toContain('security.N023')
  expect(looping.status).toBe(301)
  expect(looping.location).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/)
  const trusting = await served({ secureSslRedirect: true, trustedProxies: ['loopback'] })
  expect(trusting.ids).not.toContain('security.N023')
  expect(trusting.status).toBe(200)
})

test('security.N023: browsers are not told to remember HTTPS', async () => {
  const silent = await served({ secureHstsSeconds: 3600 })
  expect(silent.ids).toContain('security.N023')
  expect(silent.headers.has('Strict-Transport-Security')).toBe(false)
  const telling = await served({ secureHstsSeconds: 3600, trustedProxies: ['loopback'] })
  expect(telling.ids).not.toContain('security.N023')
  expect(telling.headers.get('Strict-Transport-Security')).toBe('max-age=3600')
})

test('security.N013: what commonMiddleware redirects has no security headers', async () => {
  const rest = defaultMiddleware.filter((one) => one !== commonMiddleware)
  const bare = await served({ prependWww: true, middleware: [commonMiddleware, ...rest] })
  expect(bare.ids).toContain('security.N013')
  expect([bare.status, bare.headers.has('X-Content-Type-Options')]).toEqual([301, false])
  const dressed = await served({ prependWww: true })
  expect(dressed.ids).not.toContain('security.N013')
  expect([dressed.status, dressed.headers.has('X-Content-Type-Options')]).toEqual([301, true])
})
