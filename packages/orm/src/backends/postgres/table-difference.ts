import { isDeepStrictEqual } from 'node:util'
import { namesColumn } from '../renamed-table.ts'
import type { CheckSchema, ColumnSchema, ExclusionSchema, IndexSchema, TableSchema, UniqueSchema } from '../schema.ts'

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
  readonly checks: ListDifference<CheckSchema>
  readonly exclusions: ListDifference<ExclusionSchema>
}

/** What leads from one state of a table, under its new names, to the next. */
export function tableDifference(before: TableSchema, after: TableSchema): TableDifference {
  const find = (table: TableSchema, name: string) => table.columns.find((column) => column.name === name)
  const stays = (from: ColumnSchema | undefined, to: ColumnSchema | undefined) =>
    from !== undefined && to !== undefined && !mustBeMadeAnew(before, after, from, to)
  // What speaks of a column that is made anew goes with the old one.
  const anew = before.columns
    .map(({ name }) => name)
    .filter((name) => find(after, name) && !stays(find(before, name), find(after, name)))
  const goes = (one: object) => anew.some((column) => speaksOf({ ...one, name: '' }, column))
  return {
    columns: {
      removed: before.columns.filter((column) => !stays(column, find(after, column.name))),
      added: after.columns.filter((column) => !stays(find(before, column.name), column)),
      kept: before.columns.flatMap((from) => {
        const to = find(after, from.name)
        return to && stays(from, to) ? [{ from, to }] : []
      }),
    },
    indexes: listDifference(before.indexes, after.indexes, goes),
    uniques: listDifference(before.uniques, after.uniques, goes),
    checks: listDifference(before.checks, after.checks, goes),
    exclusions: listDifference(before.exclusions, after.exclusions, goes),
  }
}

/** A computed column changes with what it is computed of, and cannot be altered; nothing of its own is lost. */
function mustBeMadeAnew(before: TableSchema, after: TableSchema, from: ColumnSchema, to: ColumnSchema): boolean {
  if (!isDeepStrictEqual(from.generated, to.generated)) return true
  const { generated } = to
  if (generated === undefined) return false
  return before.columns.some((one) => {
    const other = after.columns.find(({ name }) => name === one.name)
    return namesColumn(generated.sql, one.name) && (other?.type !== one.type || other.collation !== one.collation)
  })
}

function listDifference<T extends { readonly name: string }>(
  before: readonly T[],
  after: readonly T[],
  goes: (one: T) => boolean,
): ListDifference<T> {
  const removed = before.filter((one) => goes(one) || !after.some((other) => isDeepStrictEqual(one, other)))
  const added = after.filter((one) => goes(one) || !before.some((other) => isDeepStrictEqual(one, other)))
  const renamed: { from: T; to: T }[] = []
  for (const from of removed) {
    if (goes(from)) continue
    const to = added.find((one) => isDeepStrictEqual({ ...from, name: one.name }, one) && !isIn(renamed, one))
    if (to) renamed.push({ from, to })
  }
  return {
    removed: removed.filter((one) => !renamed.some(({ from }) => from === one)),
    added: added.filter((one) => !isIn(renamed, one)),
    renamed,
  }
}

/** Whether a part of a schema names a column, by itself or in its SQL. */
function speaksOf(part: unknown, column: string): boolean {
  if (typeof part === 'string') return part === column || namesColumn(part, column)
  return typeof part === 'object' && part !== null && Object.values(part).some((one) => speaksOf(one, column))
}

function isIn<T>(renamed: readonly { to: T }[], one: T): boolean {
  return renamed.some(({ to }) => to === one)
}
