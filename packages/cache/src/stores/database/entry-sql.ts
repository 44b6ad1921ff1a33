import type { Statement } from '@nuages/orm'

/** The statements of a database cache. Each is one object for good, by which the database keeps its prepared form. */
export interface EntrySql {
  readonly get: Statement
  /** Adds or replaces. */
  readonly set: Statement
  /** Adds, or replaces one that is over; changes one row where it did. */
  readonly add: Statement
  readonly touch: Statement
  /** Replaces the value where it is still the one that was read; with and without another end. */
  readonly swap: Statement
  readonly swapKeepingEnd: Statement
  readonly deleteIfSame: Statement
  readonly delete: Statement
  readonly clear: Statement
  readonly count: Statement
  readonly deleteOver: Statement
  /** Deletes so many, those that end first. */
  readonly deleteFirst: Statement
  /** Those of several keys. */
  getMany(count: number): Statement
}

export function entrySql(table: string, vendor: string): EntrySql {
  const name = `"${table.replaceAll('"', '""')}"`
  const [one, two, three, four] = [1, 2, 3, 4].map((at) => (vendor === 'postgresql' ? `$${at}` : '?')) as [
    string,
    string,
    string,
    string,
  ]
  const values = `(cache_key, value, expires) VALUES (${one}, ${two}, ${three})`
  const replace = 'ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires'
  // Two that cull at once must not wait for each other.
  const lock = vendor === 'postgresql' ? ' FOR UPDATE SKIP LOCKED' : ''
  const many = new Map<number, Statement>()
  return {
    get: { sql: `SELECT value FROM ${name} WHERE cache_key = ${one} AND expires > ${two}`, single: true },
    set: { sql: `INSERT INTO ${name} ${values} ${replace}` },
    add: { sql: `INSERT INTO ${name} ${values} ${replace} WHERE ${name}.expires <= ${four}` },
    touch: { sql: `UPDATE ${name} SET expires = ${one} WHERE cache_key = ${two} AND expires > ${three}` },
    swap: { sql: `UPDATE ${name} SET value = ${one}, expires = ${two} WHERE cache_key = ${three} AND value = ${four}` },
    swapKeepingEnd: { sql: `UPDATE ${name} SET value = ${one} WHERE cache_key = ${two} AND value = ${three}` },
    deleteIfSame: { sql: `DELETE FROM ${name} WHERE cache_key = ${one} AND value = ${two}` },
    delete: { sql: `DELETE FROM ${name} WHERE cache_key = ${one} AND expires > ${two}` },
    clear: { sql: `DELETE FROM ${name}` },
    count: { sql: `SELECT count(*) FROM ${name}` },
    deleteOver: {
      sql: `DELETE FROM ${name} WHERE cache_key IN (SELECT cache_key FROM ${name} WHERE expires <= ${one}${lock})`,
    },
    deleteFirst: {
      sql: `DELETE FROM ${name} WHERE cache_key IN (SELECT cache_key FROM ${name} ORDER BY expires, cache_key LIMIT ${one}${lock})`,
    },
    getMany(count) {
      let statement = many.get(count)
      if (statement === undefined) {
        const marks = Array.from({ length: count }, (_, at) => (vendor === 'postgresql' ? `$${at + 2}` : '?'))
        statement = {
          sql: `SELECT cache_key, value, expires FROM ${name} WHERE expires > ${one} AND cache_key IN (${marks.join(', ')})`,
        }
        many.set(count, statement)
      }
      return statement
    },
  }
}
