import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { apps, createApplication, resetSetup, type Settings } from '@nuages/core'
import { Client } from '@nuages/testing'
import type { Application } from 'nuages/gateway'
import { migrate } from 'nuages/orm/migrations'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectSettings } from '../project/settings.ts'
import { cookieHeader, DjangoSite, withoutDjango } from './real-django.ts'

const secretKey = 'only-for-tests-0123456789-abcdefgh'
const former = 'a-former-key-0123456789-abcdefghijk'
const entries = { name: 'Zoë 🍐', cart: [1, 2, { a: null }], 'with space': true, long: 'x'.repeat(900) }

describe.for([
  ['database', 'db'],
  ['signedCookies', 'signed_cookies'],
] as const)('a live session in the engine %s', ([engine, djangos]) => {
  let application: Application
  const sites: DjangoSite[] = []
  const folder = mkdtempSync(join(tmpdir(), 'nuages-django-sessions-'))
  const database = join(folder, 'db.sqlite3')

  beforeAll(async () => {
    const settings = projectSettings({
      baseDir: folder,
      templates: { dirs: [] },
      secretKey,
      secretKeyFallbacks: [former],
      databases: { default: `sqlite:${database}` },
      sessions: { engine },
    }) as Settings
    application = await createApplication(settings)
    const { dir } = apps.get('sessions')
    await migrate({
      apps: [{ label: 'sessions', models: apps.models('sessions'), migrationsDir: join(dir, 'migrations') }],
    })
  })

  afterAll(async () => {
    for (const site of sites) site.close()
    await resetSetup()
    rmSync(folder, { recursive: true, force: true })
  })

  function django(key = secretKey): DjangoSite {
    const site = new DjangoSite({ secretKey: key, database, engine: djangos })
    sites.push(site)
    return site
  }

  async function ask(path: string, cookie: string, json?: unknown): Promise<{ json: unknown; cookies: string[] }> {
    const client = new Client(application)
    const headers = { Cookie: cookie }
    const response =
      json === undefined ? await client.get(path, { headers }) : await client.put(path, { headers, json })
    return {
      json: response.text().startsWith('{') ? response.json() : response.text(),
      cookies: [...response.headers.getAll('Set-Cookie')],
    }
  }

  test.skipIf(withoutDjango)('goes from Django to here and back', { timeout: 60_000 }, async () => {
    const site = django()
    const made = cookieHeader((await site.ask('/write/', '', { entries })).cookies)
    expect((await ask('/show/', made)).json).toEqual(entries)
    // What is changed here, Django reads; both keep the session going.
    const changed = await ask('/put/', made, { name: 'Ann', more: 'ü' })
    const there = await site.ask('/read/', cookieHeader(changed.cookies))
    expect(there.json).toEqual({ entries: { ...entries, name: 'Ann', more: 'ü' }, age: 1_209_600 })
    const cycled = cookieHeader((await site.ask('/cycle/', cookieHeader(changed.cookies))).cookies)
    expect((await ask('/show/', cycled)).json).toEqual({ ...entries, name: 'Ann', more: 'ü' })
    await site.ask('/flush/', cycled)
    if (engine === 'database') expect((await ask('/show/', cycled)).json).toEqual({})
  })

  test.skipIf(withoutDjango)('goes from here to Django, with its own expiry', { timeout: 60_000 }, async () => {
    const made = await ask('/expire/', '', 3600)
    const there = await django().ask('/read/', cookieHeader(made.cookies))
    expect(there.json).toEqual({ entries: { visits: 1, _session_expiry: 3600 }, age: 3600 })
    const site = django()
    const timed = cookieHeader((await site.ask('/write/', '', { entries: { a: 1 }, expiry: 120 })).cookies)
    expect((await ask('/show/', timed)).json).toEqual({ a: 1, _session_expiry: 120 })
  })

  test.skipIf(withoutDjango)('of a former secret key is read, of another one is not', { timeout: 60_000 }, async () => {
    const old = cookieHeader((await django(former).ask('/write/', '', { entries: { a: 1 } })).cookies)
    expect((await ask('/show/', old)).json).toEqual({ a: 1 })
    const other = django('another-key-0123456789-abcdefghijkl')
    const foreign = cookieHeader((await other.ask('/write/', '', { entries: { a: 1 } })).cookies)
    expect((await ask('/show/', foreign)).json).toEqual({})
    const ours = cookieHeader((await ask('/visit/', '')).cookies)
    expect((await other.ask('/read/', ours)).json['entries']).toEqual({})
  })
})
