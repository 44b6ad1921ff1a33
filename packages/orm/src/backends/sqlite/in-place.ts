import { isDeepStrictEqual } from 'node:util'
import { namesColumn } from '../renamed-table.ts'
import type { ColumnSchema, IndexSchema, TableSchema } from '../schema.ts'
import type { TableChange } from '../schema-editor.ts'
import { quoteName, quoteValue } from './quote.ts'
import { firesOnUpdate, hasConstraint, type StoredTable } from './stored-table.ts'
import { checkSql, columnSql } from './table-sql.ts'

/** One statement, and what it says of the rows where they do not bear it: SQLite says no more than that a constraint failed. */
export interface InPlaceStep {
  readonly sql: string
  readonly refused?: { readonly kind: 'notNull' | 'check'; readonly column?: string; readonly constraint?: string }
}

/** The statements that change a table without a rebuild, or `undefined` where SQLite has none. */
export function inPlace(
  before: TableSchema,
  after: TableSchema,
  change: TableChange,
  stored: StoredTable,
): InPlaceStep[] | undefined {
  const columns = columnDifference(before, after)
  const checks = differenceByName(before.checks, after.checks)
  if (stored.isStrict || columns === undefined || !isDeepStrictEqual(before.uniques, after.uniques)) return undefined
  if (!checks.removed.every(({ name }) => hasConstraint(stored, name))) return undefined
  const standing = { ...before, checks: before.checks.filter((check) => !checks.removed.includes(check)) }
  if (!columns.removed.every((column) => mayDrop(standing, column, columns.removed))) return undefined
  if (!columns.added.every(mayAdd)) return undefined
  const steps = new Steps(after, change)
  for (const { name } of checks.removed) steps.alter(`DROP CONSTRAINT ${quoteName(name)}`)
  // What is computed of others goes before them.
  for (const column of columns.removed.toSorted((one, other) => computed(other) - computed(one))) {
    steps.alter(`DROP COLUMN ${quoteName(column.name)}`)
  }
  for (const column of columns.added) steps.add(column)
  for (const column of columns.nullable) steps.setNull(column)
  for (const check of checks.added) steps.alter(`ADD ${checkSql(check)}`, { kind: 'check', constraint: check.name })
  return steps.writesRows && firesOnUpdate(stored, before) ? undefined : steps.list
}

class Steps {
  readonly list: InPlaceStep[] = []
  writesRows = false
  readonly #table: string
  readonly #change: TableChange

  constructor({ name }: TableSchema, change: TableChange) {
    this.#table = quoteName(name)
    this.#change = change
  }

  alter(sql: string, refused?: InPlaceStep['refused']): void {
    this.list.push({ sql: `ALTER TABLE ${this.#table} ${sql}`, ...(refused === undefined ? {} : { refused }) })
  }

  /** SQLite asks for a default where there may be no NULL. A model has none: then the column is closed to NULL once it is filled. */
  add(column: ColumnSchema): void {
    const fill = this.#change.fill?.get(column.name) ?? null
    const isWhole = column.null || column.default !== undefined || column.generated !== undefined
    const name = quoteName(column.name)
    this.alter(`ADD COLUMN ${name} ${columnSql(isWhole ? column : { ...column, null: true }, false)}`)
    if (fill !== null) this.#update(`${name} = ${quoteValue(fill)}`)
    if (!isWhole) this.#close(column)
  }

  setNull(column: ColumnSchema): void {
    const name = quoteName(column.name)
    if (column.null) {
      this.alter(`ALTER COLUMN ${name} DROP NOT NULL`)
      return
    }
    const fill = this.#change.fill?.get(column.name) ?? null
    const value = fill === null ? column.default : quoteValue(fill)
    if (value !== undefined) this.#update(`${name} = ${value} WHERE ${name} IS NULL`)
    this.#close(column)
  }

  #close({ name }: ColumnSchema): void {
    this.alter(`ALTER COLUMN ${quoteName(name)} SET NOT NULL`, { kind: 'notNull', column: name })
  }

  #update(sql: string): void {
    this.writesRows = true
    this.list.push({ sql: `UPDATE ${this.#table} SET ${sql}` })
  }
}

interface ColumnDifference {
  readonly added: readonly ColumnSchema[]
  readonly removed: readonly ColumnSchema[]
  /** As they will be: those of which nothing changes but whether they may be NULL. */
  readonly nullable: readonly ColumnSchema[]
}

/** `undefined` where a column changes in another way, or its place does. */
function columnDifference(before: TableSchema, after: TableSchema): ColumnDifference | undefined {
  const find = (table: TableSchema, name: string) => table.columns.find((column) => column.name === name)
  const removed = before.columns.filter(({ name }) => !find(after, name))
  const added = after.columns.filter(({ name }) => !find(before, name))
  const nullable: ColumnSchema[] = []
  for (const column of after.columns) {
    const old = find(before, column.name)
    if (old === undefined || isDeepStrictEqual(old, column)) continue
    if (!isDeepStrictEqual({ ...old, null: column.null }, column) || column.primaryKey) return undefined
    nullable.push(column)
  }
  const kept = before.columns.filter((column) => !removed.includes(column))
  const order = [...kept, ...added].map(({ name }) => name)
  if (!order.every((name, position) => after.columns[position]?.name === name)) return undefined
  return { added, removed, nullable }
}

/** Numbers, text, bytes and NULL: SQLite gives rows that are there no other default. */
const constant = /^(?:[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|'(?:[^']|'')*'|x'[\da-f]*'|NULL)$/i

function mayAdd({ primaryKey, unique, generated, default: initial }: ColumnSchema): boolean {
  return !primaryKey && !unique && !generated?.stored && (initial === undefined || constant.test(initial))
}

function mayDrop(table: TableSchema, column: ColumnSchema, removed: readonly ColumnSchema[]): boolean {
  const generated = table.columns.filter((one) => !removed.includes(one)).flatMap((one) => one.generated ?? [])
  if ([...table.checks, ...generated].some(({ sql }) => namesColumn(sql, column.name))) return false
  return !column.primaryKey && !column.unique
}

function computed({ generated }: ColumnSchema): number {
  return generated === undefined ? 0 : 1
}

/** What goes and what comes; one that changes does both. */
export function differenceByName<T extends IndexSchema | TableSchema['checks'][number]>(
  before: readonly T[],
  after: readonly T[],
) {
  return {
    removed: before.filter((one) => !after.some((other) => isDeepStrictEqual(one, other))),
    added: after.filter((one) => !before.some((other) => isDeepStrictEqual(one, other))),
  }
}
