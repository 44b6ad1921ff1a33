import type { IndexColumn, IndexSchema } from '../schema.ts'
import type { RawRow } from '../statement.ts'
import { inParentheses, restAfter, splitParts, withoutComments } from './definition-text.ts'
import { quoteName } from './quote.ts'

/** An index with what made it: `c` CREATE INDEX, `u` UNIQUE, `pk` a key. */
export interface FoundIndex {
  readonly table: string
  readonly origin: string
  readonly schema: IndexSchema
}

/** Rows of `indexesOf`; `collationOf` tells how a column compares by itself. */
export function readIndexes(
  rows: readonly RawRow[],
  collationOf: (table: string, column: string) => string | undefined,
): FoundIndex[] {
  const byIndex = Map.groupBy(rows, ([, name]) => String(name))
  return [...byIndex].map(([name, parts]) => {
    const [table, , unique, origin, sql] = parts[0]!
    const text = sql === null ? '' : withoutComments(String(sql))
    const definitions = splitParts(text)
    const condition = restAfter(text, 'WHERE')
    return {
      table: String(table),
      origin: String(origin),
      schema: {
        name,
        unique: unique === 1,
        columns: parts.map((row, place) => readPart(row, definitions[place] ?? '', collationOf)),
        ...(condition === undefined ? {} : { condition }),
      },
    }
  })
}

function readPart(
  row: RawRow,
  definition: string,
  collationOf: (table: string, column: string) => string | undefined,
): IndexColumn {
  const [table, , , origin, , column, isDescending, collation] = row
  const descending = isDescending === 1
  // Of what is no column SQLite has no name.
  if (column === null) return { name: expressionOf(definition), isExpression: true, descending }
  const own = collationOf(String(table), String(column)) ?? 'BINARY'
  if (origin === 'c' && String(collation).toUpperCase() !== own.toUpperCase()) {
    return { name: `${quoteName(String(column))} COLLATE ${String(collation)}`, isExpression: true, descending }
  }
  return { name: String(column), descending }
}

/** An expression without what its order is; only the schema editor puts it in parentheses by itself. */
function expressionOf(definition: string): string {
  const bare = definition.replace(/\s+(?:ASC|DESC)\s*$/i, '')
  const inner = inParentheses(bare)
  return inner !== undefined && inner.length === bare.length - 2 ? inner : bare
}
