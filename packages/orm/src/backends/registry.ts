import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import type { DatabaseRouter } from '../routing/database-router.ts'
import type { Database } from './database.ts'
import { openDatabase } from './database-url.ts'

const databases = new Map<string, Database>()
let routers: readonly DatabaseRouter[] = []

/**
 * Names the databases of the process: alias to URL, with `default` among them. Nothing is opened before the first query.
 * Relative files are taken from `baseDir` (the working directory when left out); `routers` say which query goes where. Call `closeDatabases()` before naming
 * others. Throws `ImproperlyConfigured` for a URL it cannot read.
 */
export function configureDatabases(
  urls: Readonly<Record<string, string>>,
  options: { readonly baseDir?: string; readonly routers?: readonly DatabaseRouter[] } = {},
): void {
  if (databases.size > 0) {
    throw new ImproperlyConfigured(
      'configureDatabases() was called while databases are configured. Await closeDatabases() first.',
    )
  }
  if (!Object.hasOwn(urls, 'default')) {
    throw new ImproperlyConfigured(`databases has no 'default'. Got: ${Object.keys(urls).join(', ') || 'nothing'}.`)
  }
  const opened = Object.entries(urls).map(([alias, url]) => openDatabase(alias, url, options.baseDir ?? process.cwd()))
  for (const one of opened) databases.set(one.alias, one)
  routers = options.routers ?? []
}

/** The database of that alias. Throws `ImproperlyConfigured` when there is none. */
export function database(alias = 'default'): Database {
  const found = databases.get(alias)
  if (found !== undefined) return found
  if (databases.size === 0) {
    throw new ImproperlyConfigured(
      'No database is configured yet. Call setup(settings), or configureDatabases({ default: … }) outside a project.',
    )
  }
  throw new ImproperlyConfigured(
    `There is no database '${alias}'.${didYouMean(alias, databases.keys())} Configured: ${[...databases.keys()].join(', ')}.`,
  )
}

/** Those that are asked where a query goes, the first one first. */
export function databaseRouters(): readonly DatabaseRouter[] {
  return routers
}

/** The aliases that are configured, `default` first where it was given first. */
export function databaseAliases(): string[] {
  return [...databases.keys()]
}

/**
 * Waits for the transactions that are open, which may still ask for their database, then closes every one. They must be
 * configured again to be used, also where closing one fails, which throws.
 */
export async function closeDatabases(): Promise<void> {
  const closing = [...databases].map(async ([alias, open]) => {
    try {
      await open.close()
    } finally {
      if (databases.get(alias) === open) databases.delete(alias)
    }
  })
  const failed = (await Promise.allSettled(closing)).find(({ status }) => status === 'rejected')
  if (failed) throw (failed as PromiseRejectedResult).reason
}
