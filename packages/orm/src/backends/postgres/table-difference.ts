import { isDeepStrictEqual } from 'node:util'
import type { ColumnSchema, IndexSchema, TableSchema, UniqueSchema } from '../schema.ts'

interface ListDifference<T> {
  readonly removed: readonly T[]
  readonly added: readonly T[]
  /** The same under another name. */
  readonly renamed: readonly { readonly from: T; readonly to: T }[]
}

export interface TableDifference {
  readonly columns: {
    readonly removed: readonly ColumnSchema[]
    readonly added: readonly ColumnSchema[]
    /** Those that stay, as they were and as they will be. */
    readonly kept: readonly { readonly from: ColumnSchema; readonly to: ColumnSchema }[]
  }
  readonly indexes: ListDifference<IndexSchema>
  readonly uniques: ListDifference<UniqueSchema>
}

/** What leads from one state of a table, under its new names, to the next. */
export function tableDifference(before: TableSchema, after: TableSchema): TableDifference {
  const find = (table: TableSchema, name: string) => table.columns.find((column) => column.name === name)
  return {
    columns: {
      removed: before.columns.filter(({ name }) => !find(after, name)),
      added: after.columns.filter(({ name }) => !find(before, name)),
      kept: before.columns.flatMap((from) => {
        const to = find(after, from.name)
        return to ? [{ from, to }] : []
      }),
    },
    indexes: listDifference(before.indexes, after.indexes),
    uniques: listDifference(before.uniques, after.uniques),
  }
}

function listDifference<T extends { readonly name: string }>(
  before: readonly T[],
  after: readonly T[],
): ListDifference<T> {
  const removed = before.filter((one) => !after.some((other) => isDeepStrictEqual(one, other)))
  const added = after.filter((one) => !before.some((other) => isDeepStrictEqual(one, other)))
  const renamed: { from: T; to: T }[] = []
  for (const from of removed) {
    const to = added.find((one) => isDeepStrictEqual({ ...from, name: one.name }, one) && !isIn(renamed, one))
    if (to) renamed.push({ from, to })
  }
  return {
    removed: removed.filter((one) => !renamed.some(({ from }) => from === one)),
    added: added.filter((one) => !isIn(renamed, one)),
    renamed,
  }
}

function isIn<T>(renamed: readonly { to: T }[], one: T): boolean {
  return renamed.some(({ to }) => to === one)
}
