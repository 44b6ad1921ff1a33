import { FieldValueError } from '../errors.ts'
import { type Fragment, fragment } from '../query/fragment.ts'
import type { Lookup } from './lookup.ts'
import { searchIndexOf } from './search-index.ts'

/** Whether a text has anything that is looked for: letters or digits. */
const word = /[\p{L}\p{N}\p{Co}]/u

/**
 * Rows whose text has all the words, in any order and in capitals or not: as `to_tsvector` and `plainto_tsquery` of PostgreSQL
 * find them in the configuration `simple`, and FTS5 of SQLite. Django's `search`.
 */
export const searchLookup: Lookup = {
  name: 'search',
  accepts: (kind) => kind === 'text',
  compare(field, value) {
    if (typeof value !== 'string') throw new FieldValueError(field.name, "words (lookup 'search')", value)
    return word.test(value) ? { operator: 'own', params: [value] } : { operator: 'never', params: [] }
  },
  own: {
    id: 'search',
    sql: ({ lhs, rhs, field, isColumn, operations }) => {
      const index = isColumn ? searchIndexOf(field) : undefined
      if (!index) return operations.search({ text: lhs, words: rhs[0]! })
      const key = siblingColumn(lhs, operations.quote(field.column), operations.quote(index.key.column))
      return operations.search({ text: lhs, words: rhs[0]!, index: { name: index.name, column: field.column, key } })
    },
  },
}

/** Another column of the row that `lhs` is a column of. */
function siblingColumn(lhs: Fragment, own: string, other: string): Fragment {
  return fragment(lhs.sql.slice(0, lhs.sql.length - own.length) + other)
}
