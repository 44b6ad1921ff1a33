import { relative, resolve } from 'node:path'
import { activeMiddleware, defaultMiddleware, type Settings, settings } from '@nuages/core'
import type { Check, CheckMessage } from '@nuages/foundation'
import { ImproperlyConfigured } from '@nuages/foundation'
import { CacheAddress } from './cache-address.ts'
import { cachePolicy } from './cache-settings.ts'
import { caches } from './caches.ts'
import { cacheMiddleware } from './pages/cache-middleware.ts'

/** URLs that cannot be read, and aliases that nobody has, are told before the first request meets them. */
export const checkCaches: Check = () => [
  ...caches.aliases().flatMap(wrongUrl),
  ...missingAliases(),
  ...exposedFolders(),
  ...cacheTooFarOut(),
]

function wrongUrl(alias: string): CheckMessage[] {
  try {
    caches.get(alias)
    return []
  } catch (error) {
    if (!(error instanceof ImproperlyConfigured)) throw error
    const { message, hint } = error
    return [{ level: 'error', id: 'caches.E002', message, object: alias, ...(hint === undefined ? {} : { hint }) }]
  }
}

function missingAliases(): CheckMessage[] {
  const aliases = caches.aliases()
  const wanted = [...new Set(['default', cachePolicy().pageAlias])].filter((alias) => !aliases.includes(alias))
  return wanted.map((alias) => ({
    level: 'error',
    id: 'caches.E001',
    message: `The setting 'caches' has no '${alias}'. It names: ${aliases.join(', ') || 'none'}.`,
    hint: `Add it: caches: { ${alias}: 'memory:' }.`,
  }))
}

/** Whoever can fetch or put a file there could read, or make up, what the cache holds. The id is Django's. */
function exposedFolders(): CheckMessage[] {
  const { baseDir, mediaRoot, staticRoot, staticDirs } = settings as Settings
  const served = [mediaRoot, staticRoot, ...staticDirs].filter((folder) => folder !== undefined)
  return cacheAddresses('file').flatMap(({ alias, location }) => {
    const folder = resolve(baseDir, location)
    const around = served.find((one) => isWithin(folder, one) || isWithin(one, folder))
    if (around === undefined) return []
    return [
      {
        level: 'warning' as const,
        id: 'caches.W002',
        message: `The folder of the cache '${alias}' and '${around}', which is served, are one or in one another.`,
        hint: "Keep the cache elsewhere: 'file:var/cache'.",
        object: alias,
      },
    ]
  })
}

/** What stands inside of the cache does nothing for a page that is kept: it is sent without an id, and whole each time. */
function cacheTooFarOut(): CheckMessage[] {
  const all = activeMiddleware()
  const at = all.indexOf(cacheMiddleware)
  const inside = defaultMiddleware.filter((one) => at !== -1 && all.indexOf(one) > at).map(({ name }) => name)
  if (inside.length === 0) return []
  return [
    {
      level: 'warning',
      id: 'caches.W003',
      message: `cacheMiddleware comes before ${inside.join(', ')}: pages that are kept are answered without ${inside.length === 1 ? 'it' : 'them'}.`,
      hint: 'Put it last: middleware: [...defaultMiddleware, cacheMiddleware].',
    },
  ]
}

/** The caches of a scheme. */
export function cacheAddresses(scheme: string): CacheAddress[] {
  return Object.entries((settings as Settings).caches)
    .map(([alias, url]) => new CacheAddress(alias, url))
    .filter((address) => address.scheme === scheme)
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || !(way.startsWith('..') || way.startsWith('/'))
}
