import { ImproperlyConfigured } from '@nuages/foundation'
import type { Database } from './database.ts'
import { backendOfScheme, urlExamples } from './known-backends.ts'

/**
 * The database that a URL names, connected when it is first used, and none of those that `database(alias)` gives: whoever opens it
 * closes it. Throws `ImproperlyConfigured` for a scheme that no backend has, and for what the backend cannot read.
 */
export function openDatabase(alias: string, url: string, baseDir = process.cwd()): Database {
  const fail = (problem: string) => new ImproperlyConfigured(`databases.${alias}: ${problem}`)
  const backend = backendOfScheme(schemeOf(url))
  if (backend !== undefined) return backend.open({ alias, url, baseDir, fail })
  throw fail(`got '${redacted(url)}', which is not a database URL. Use ${urlExamples()}.`)
}

/** What stands before the first colon of a URL, in lower case. */
export function schemeOf(url: string): string {
  return /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? ''
}

/** A URL may hold a password, and errors end up in logs. */
function redacted(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//***@')
}
