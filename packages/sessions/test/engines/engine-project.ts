import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { caches } from '@nuages/cache'
import { createApplication, resetSetup, type Settings } from '@nuages/core'
import { database as currentDatabase } from '@nuages/orm'
import { TestDatabase } from '@nuages/testing'
import type { Application } from 'nuages/gateway'
import { projectSettings } from '../project/settings.ts'
import { redisUrl } from './redis.ts'

/** A project whose sessions are kept by one of the engines. */
export interface EngineProject {
  readonly application: Application
  readonly folder: string
  /** What another process needs to open the same project. */
  readonly settings: object
  close(): Promise<void>
}

/** Engines by their names in tests, each with its section and its cache. */
export interface EngineCase {
  readonly title: string
  readonly sessions: { readonly engine: 'database' | 'cache' | 'cachedDatabase' | 'signedCookies' | 'file' }
  readonly cache?: string
}

const redis = await redisUrl()

const onRedis: readonly EngineCase[] =
  redis === undefined
    ? []
    : [
        { title: 'cache on Redis', sessions: { engine: 'cache' }, cache: redis },
        { title: 'cachedDatabase on Redis', sessions: { engine: 'cachedDatabase' }, cache: redis },
      ]

/** Those that keep sessions on this side, behind a random key. */
export const keyedEngines: readonly EngineCase[] = [
  { title: 'database', sessions: { engine: 'database' } },
  { title: 'file', sessions: { engine: 'file' } },
  { title: 'cache in memory', sessions: { engine: 'cache' }, cache: 'memory:' },
  { title: 'cache in files', sessions: { engine: 'cache' }, cache: 'file:cache' },
  { title: 'cachedDatabase in memory', sessions: { engine: 'cachedDatabase' }, cache: 'memory:' },
  ...onRedis,
]

export const engines: readonly EngineCase[] = [
  ...keyedEngines,
  { title: 'signedCookies', sessions: { engine: 'signedCookies' } },
]

export async function openProject(
  { sessions, cache = 'memory:' }: EngineCase,
  changes: object = {},
): Promise<EngineProject> {
  const folder = mkdtempSync(join(tmpdir(), 'nuages-sessions-'))
  const changed = {
    baseDir: folder,
    templates: { dirs: [] },
    caches: { default: cache },
    sessions: { ...sessions, filePath: 'kept', ...changes },
  }
  const settings = projectSettings(changed) as Settings
  const database = await TestDatabase.create(settings)
  await database.reset()
  const application = await createApplication(settings)
  return {
    application,
    folder,
    settings: {
      ...changed,
      databases: { default: `sqlite:${(currentDatabase() as unknown as { path: string }).path}` },
    },
    async close() {
      // One that was cut off has nothing to clear.
      await caches
        .get()
        .clear()
        .catch(() => undefined)
      await caches.close()
      await database.close()
      await resetSetup()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
