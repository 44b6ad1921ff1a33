import type { IndexColumn, IndexSchema } from '../schema.ts'
import type { RawRow } from '../statement.ts'
import { withoutParentheses } from './outer-parentheses.ts'
import { quoteName } from './quote.ts'

/** An index as the catalogue has it: those behind constraints are among them. */
export interface StoredIndex {
  /** The number of its table, and its own. */
  readonly table: string
  readonly id: string
  /** `'btree'`, `'gin'` */
  readonly kind: string
  readonly schema: IndexSchema
}

interface Part {
  readonly isIncluded: boolean
  readonly column: IndexColumn
}

/** Rows of `indexesOf`, which has one for each part of an index. */
export function readIndexes(rows: readonly RawRow[]): StoredIndex[] {
  const byId = Map.groupBy(rows, ([, id]) => String(id))
  return [...byId].map(([id, parts]) => {
    const [table, , name, unique, kind, condition, nullsEqual] = parts[0]!
    const read = parts.map(readPart)
    const included = read.filter(({ isIncluded }) => isIncluded).map(({ column }) => column.name)
    return {
      table: String(table),
      id,
      kind: String(kind),
      schema: {
        name: String(name),
        columns: read.filter(({ isIncluded }) => !isIncluded).map(({ column }) => column),
        unique: Boolean(unique),
        ...(condition === null ? {} : { condition: withoutParentheses(String(condition)) }),
        ...(included.length === 0 ? {} : { include: included }),
        ...(kind === 'btree' ? {} : { using: String(kind) }),
        ...(nullsEqual ? { nullsDistinct: false as const } : {}),
      },
    }
  })
}

function readPart(row: RawRow): Part {
  const [isIncluded, column, definition, descending, opclass, collation] = row.slice(7)
  return {
    isIncluded: Boolean(isIncluded),
    column: {
      ...readName(column, definition, collation),
      descending: Boolean(descending),
      ...(opclass === null ? {} : { opclass: String(opclass) }),
    },
  }
}

/** A column that is ordered in another way than its own is an expression to the index. */
function readName(
  column: unknown,
  definition: unknown,
  collation: unknown,
): Pick<IndexColumn, 'name' | 'isExpression'> {
  if (column === null) return { name: withoutParentheses(String(definition)), isExpression: true }
  if (collation === null || collation === undefined) return { name: String(column) }
  return { name: `${quoteName(String(column))} COLLATE ${quoteName(String(collation))}`, isExpression: true }
}
