import { isAbsolute, resolve } from 'node:path'

/** What `sqlite:…` says. */
export interface SqliteUrl {
  /** The file, absolute. */
  readonly path: string
  /** Milliseconds to retry while another process holds the file. */
  readonly busyTimeout: number
}

type Fail = (problem: string) => Error

export const sqliteExample = "'sqlite:db.sqlite3' or 'sqlite:/absolute/path.sqlite3'"

/** Reads `sqlite:<file>?timeout=<seconds>`; a relative file is taken from `baseDir`. Throws what `fail` makes of a problem. */
export function parseSqliteUrl(url: string, baseDir: string, fail: Fail): SqliteUrl {
  const [location = '', query = ''] = url.slice('sqlite:'.length).split('?', 2)
  const path = decodePath(location, fail)
  return { path: isAbsolute(path) ? path : resolve(baseDir, path), ...parseQuery(query, fail) }
}

function decodePath(location: string, fail: Fail): string {
  if (location === '' || location === '//') throw fail(`'sqlite:' names no file. Use ${sqliteExample}.`)
  if (location === ':memory:' || location === '///:memory:') {
    throw fail(
      "'sqlite::memory:' would be another, empty database for each connection. Use a file in a temporary folder; " +
        'tests get one from nuages/testing.',
    )
  }
  const path = location.startsWith('///') ? location.slice(2) : location
  if (path.startsWith('//')) throw fail(`'sqlite:${location}' names a host; SQLite is a file. Use ${sqliteExample}.`)
  try {
    return decodeURIComponent(path)
  } catch {
    throw fail(`'sqlite:${location}' has a '%' that is not an escape. Write '%25' for the character itself.`)
  }
}

function parseQuery(query: string, fail: Fail): { busyTimeout: number } {
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
