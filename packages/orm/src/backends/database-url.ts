import { ImproperlyConfigured } from '@nuages/foundation'
import type { Database } from './database.ts'
import { backendOfScheme, urlExamples } from './known-backends.ts'

/**
 * The database that a URL names, not opened yet. Throws `ImproperlyConfigured` for a scheme that no backend has, and for what
 * the backend cannot read.
 */
export function openDatabase(alias: string, url: string, baseDir: string): Database {
  const fail = (problem: string) => new ImproperlyConfigured(`databases.${alias}: ${problem}`)
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? ''
  const backend = backendOfScheme(scheme)
  if (backend !== undefined) return backend.open({ alias, url, baseDir, fail })
  throw fail(`got '${redacted(url)}', which is not a database URL. Use ${urlExamples()}.`)
}

/** A URL may hold a password, and errors end up in logs. */
function redacted(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//***@')
}
