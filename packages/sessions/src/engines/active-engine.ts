import { resolve } from 'node:path'
import { fromSettings, type Settings } from '@nuages/core'
import { longestCookieName } from '../session-cookie.ts'
import type { SessionsSettings } from '../sessions-settings.ts'
import { CacheRecords } from './cache-records.ts'
import { CachedDatabaseRecords } from './cached-database-records.ts'
import { databaseRecords } from './database-records.ts'
import { FileRecords } from './file-records.ts'
import { KeyedEngine } from './keyed-engine.ts'
import type { SessionEngine } from './session-engine.ts'
import { SignedCookieEngine } from './signed-cookie-engine.ts'

/** Where the running project keeps its sessions, as `sessions.engine` says. Django's `SESSION_ENGINE`. */
export const sessionEngine: () => SessionEngine = fromSettings((settings) => {
  const { engine, cacheAlias, filePath } = (settings as Settings & { readonly sessions: SessionsSettings }).sessions
  if (typeof engine !== 'string') return engine
  switch (engine) {
    case 'database':
      return new KeyedEngine(engine, databaseRecords)
    case 'cache':
      return new KeyedEngine(engine, new CacheRecords(cacheAlias))
    case 'cachedDatabase':
      return new KeyedEngine(engine, new CachedDatabaseRecords(cacheAlias))
    case 'file':
      return new KeyedEngine(engine, new FileRecords(resolve(settings.baseDir, filePath)))
    case 'signedCookies':
      return new SignedCookieEngine(longestCookieName())
  }
})
