import { isAbsolute, resolve } from 'node:path'
import { ImproperlyConfigured } from '@nuages/foundation'

/** What a database URL says, for the backend that its scheme names. */
export interface SqliteUrl {
  readonly backend: 'sqlite'
  /** The file, absolute. */
  readonly path: string
  /** Milliseconds to retry while another process holds the file. */
  readonly busyTimeout: number
}

const takes = "'sqlite:db.sqlite3' or 'sqlite:/absolute/path.sqlite3'"

/**
 * Reads `sqlite:<file>?timeout=<seconds>`; a relative file is taken from `baseDir`. Throws `ImproperlyConfigured` for
 * everything else, and says what works.
 */
export function parseDatabaseUrl(alias: string, url: string, baseDir: string): SqliteUrl {
  const fail = (problem: string) => new ImproperlyConfigured(`databases.${alias}: ${problem}`)
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme === 'postgres' || scheme === 'postgresql') {
    throw fail(
      `'${scheme}:' arrives with the PostgreSQL backend, which this version does not have. What works now: ${takes}.`,
    )
  }
  if (scheme !== 'sqlite') throw fail(`got '${redacted(url)}', which is not a database URL. Use ${takes}.`)
  const [location = '', query = ''] = url.slice('sqlite:'.length).split('?', 2)
  const path = decodePath(location, fail)
  return { backend: 'sqlite', path: isAbsolute(path) ? path : resolve(baseDir, path), ...parseQuery(query, fail) }
}

function decodePath(location: string, fail: (problem: string) => Error): string {
  if (location === '' || location === '//') throw fail(`'sqlite:' names no file. Use ${takes}.`)
  if (location === ':memory:' || location === '///:memory:') {
    throw fail(
      "'sqlite::memory:' would be another, empty database for each connection. Use a file in a temporary folder; " +
        'tests get one from nuages/testing.',
    )
  }
  const path = location.startsWith('///') ? location.slice(2) : location
  if (path.startsWith('//')) throw fail(`'sqlite:${location}' names a host; SQLite is a file. Use ${takes}.`)
  try {
    return decodeURIComponent(path)
  } catch {
    throw fail(`'sqlite:${location}' has a '%' that is not an escape. Write '%25' for the character itself.`)
  }
}

function parseQuery(query: string, fail: (problem: string) => Error): { busyTimeout: number } {
  let busyTimeout = 5000
  for (const [name, value] of new URLSearchParams(query)) {
    if (name !== 'timeout') throw fail(`unknown option '${name}' in the URL. SQLite takes: timeout (seconds).`)
    const seconds = Number(value)
    if (value === '' || !(seconds >= 0 && seconds <= 3600)) {
      throw fail(`timeout=${value} is not a number of seconds from 0 to 3600.`)
    }
    busyTimeout = seconds * 1000
  }
  return { busyTimeout }
}

/** A URL may hold a password, and errors end up in logs. */
function redacted(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//***@')
}
