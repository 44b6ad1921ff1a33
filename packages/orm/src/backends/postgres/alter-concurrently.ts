import { isDeepStrictEqual } from 'node:util'
import { NotSupportedError } from '../errors.ts'
import type { ColumnSchema, IndexSchema, TableSchema, UniqueSchema } from '../schema.ts'
import type { ConcurrentChange, SchemaTarget } from '../schema-editor.ts'
import type { SqlValue } from '../statement.ts'
import { defaultSql } from './alter-column.ts'
import { storedTable } from './catalog.ts'
import { derivedNames, foreignKeyName, type OwnedKind, uniqueName } from './derived-names.ts'
import { quoteName, quoteValue, storedName } from './quote.ts'
import { standingConstraint, standingIndex, standingNotNull } from './standing.ts'
import { tableDifference } from './table-difference.ts'
import { checkSql, columnCommentSql, columnSql, createIndexSql, referencesSql, uniqueOfIndexSql } from './table-sql.ts'

/**
 * Makes a table what `after` says while others read and write it. Each statement is its own transaction, and takes a lock that
 * stops others for a moment only, or none: indexes are built beside the traffic, and rows are looked at after their constraint
 * binds new ones. Stopped halfway, it goes on where it was when it is run again. Throws `NotSupportedError` for what rewrites
 * the table.
 */
export async function alterConcurrently(
  target: SchemaTarget,
  before: TableSchema,
  after: TableSchema,
  change: ConcurrentChange = {},
): Promise<void> {
  assertPossible(before, after, change)
  const step = new ConcurrentAlteration(target, after, change)
  const { columns, indexes, uniques, checks } = tableDifference(before, after)
  for (const { name } of indexes.removed) await step.dropIndex(name)
  for (const { name } of [...uniques.removed, ...checks.removed]) await step.dropConstraint(name)
  for (const { name } of columns.removed) await step.alter(`DROP COLUMN IF EXISTS ${quoteName(name)}`)
  for (const column of columns.added) await step.addColumn(column)
  for (const { from, to } of columns.kept) await step.loosen(from, to)
  for (const { from, to } of [...columns.kept, ...columns.added.map(asAdded)]) await step.tighten(from, to)
  for (const index of indexes.added) await step.addIndex(index)
  for (const unique of uniques.added) await step.addUnique(unique)
  for (const check of checks.added) await step.addValidated(check.name, checkSql(check))
}

/** A column as it is added: what would look at the rows, or at those it points to, comes after. */
function asAdded(to: ColumnSchema): { from: ColumnSchema; to: ColumnSchema } {
  return { from: { ...to, unique: false, check: undefined, references: undefined }, to }
}

function assertPossible(before: TableSchema, after: TableSchema, { renamed }: ConcurrentChange): void {
  const { columns, exclusions } = tableDifference(before, after)
  const fail = (what: string) => {
    throw new NotSupportedError(
      `PostgreSQL cannot ${what} of '${after.name}' while others write. Concurrent operations change indexes, unique ` +
        'constraints, checks, foreign keys, defaults and whether a column may be NULL; another column with its rows copied ' +
        'to it is the way for the rest.',
    )
  }
  if (before.name !== after.name || (renamed?.size ?? 0) > 0) fail('rename columns or the table')
  if (exclusions.added.length > 0) fail('add an exclusion constraint')
  for (const { from, to } of columns.kept) {
    if (from.type !== to.type || from.collation !== to.collation) fail(`change the type of '${to.name}'`)
    if (from.primaryKey !== to.primaryKey || from.autoIncrement !== to.autoIncrement) fail(`make '${to.name}' a key`)
  }
  for (const column of columns.added) {
    if (column.generated?.stored || column.autoIncrement || column.primaryKey) fail(`compute '${column.name}'`)
  }
}

class ConcurrentAlteration {
  readonly #target: SchemaTarget
  readonly #table: TableSchema
  readonly #fill: ReadonlyMap<string, SqlValue>
  /** Whether the SQL is only shown: then it is all of it, whatever the database has of it already. */
  readonly #shown: boolean

  constructor(target: SchemaTarget, table: TableSchema, { fill, shown = false }: ConcurrentChange) {
    this.#target = target
    this.#table = table
    this.#fill = fill ?? new Map()
    this.#shown = shown
  }

  alter(sql: string): Promise<void> {
    return this.#target.run(`ALTER TABLE ${quoteName(this.#table.name)} ${sql}`)
  }

  dropIndex(name: string): Promise<void> {
    return this.#target.run(`DROP INDEX CONCURRENTLY IF EXISTS ${quoteName(name)}`)
  }

  dropConstraint(name: string): Promise<void> {
    return this.alter(`DROP CONSTRAINT IF EXISTS ${quoteName(name)}`)
  }

  /** The rows that are there get its value as a default, which no row is written for. */
  async addColumn(column: ColumnSchema): Promise<void> {
    const { name, type, default: own } = column
    const value = this.#fill.get(name) ?? null
    const initial = value === null ? own : quoteValue(value, type)
    const definition = columnSql(this.#table.name, asAdded(column).from, false, initial)
    await this.alter(`ADD COLUMN IF NOT EXISTS ${quoteName(name)} ${definition}`)
    if (initial !== own) await this.alter(`ALTER COLUMN ${quoteName(name)} ${defaultSql(column)}`)
    if (column.comment !== undefined) await this.#target.run(columnCommentSql(this.#table.name, column))
  }

  /** What a column loses, its default and its comment: the catalogue alone changes. */
  async loosen(from: ColumnSchema, to: ColumnSchema): Promise<void> {
    const column = quoteName(to.name)
    if (from.references && !isDeepStrictEqual(from.references, to.references)) await this.#dropOwn('f', from)
    if (from.check !== undefined && from.check !== to.check) await this.#dropOwn('c', from)
    if (from.unique && !to.unique) await this.#dropOwn('u', from)
    if (!from.null && to.null) await this.alter(`ALTER COLUMN ${column} DROP NOT NULL`)
    if (from.default !== to.default) await this.alter(`ALTER COLUMN ${column} ${defaultSql(to)}`)
    if (from.comment !== to.comment) await this.#target.run(columnCommentSql(this.#table.name, to))
  }

  async tighten(from: ColumnSchema, to: ColumnSchema): Promise<void> {
    const table = this.#table.name
    if (from.null && !to.null) await this.#refuseNull(to)
    if (to.check !== undefined && from.check !== to.check) {
      const [name] = derivedNames('c', table, [to.name])
      await this.addValidated(name!, checkSql({ name: name!, sql: to.check }))
    }
    if (to.references !== undefined && !isDeepStrictEqual(from.references, to.references)) {
      const name = foreignKeyName(table, to.name, to.references)
      const key = `FOREIGN KEY (${quoteName(to.name)}) ${referencesSql(to.references)}`
      await this.addValidated(name, `CONSTRAINT ${quoteName(name)} ${key}`)
    }
    if (to.unique && !from.unique) await this.addUnique({ name: uniqueName(table, to.name), columns: [to.name] })
  }

  /** It binds new rows at once; then those that are there are looked at, while others write. */
  async addValidated(name: string, sql: string): Promise<void> {
    const standing = this.#shown ? 'absent' : await standingConstraint(this.#target, this.#table.name, name)
    if (standing === 'done') return
    if (standing === 'absent') await this.alter(`ADD ${sql} NOT VALID`)
    await this.alter(`VALIDATE CONSTRAINT ${quoteName(name)}`)
  }

  /** An index that is not valid is of no use to anybody and costs every write, so that none is left. */
  async addIndex(index: IndexSchema): Promise<void> {
    const standing = this.#shown ? 'absent' : await standingIndex(this.#target, this.#table.name, index.name)
    if (standing === 'done') return
    if (standing === 'begun') await this.dropIndex(index.name)
    try {
      await this.#target.run(createIndexSql(this.#table.name, index, true))
    } catch (error) {
      await this.dropIndex(index.name).catch(() => {})
      throw error
    }
  }

  /** The constraint takes over an index that was built beside the traffic. */
  async addUnique(unique: UniqueSchema): Promise<void> {
    const { name, nullsDistinct } = unique
    const table = this.#table.name
    if (!this.#shown && (await standingConstraint(this.#target, table, name)) === 'done') return
    const columns = unique.columns.map((column) => ({ name: column, descending: false }))
    const index = { name, columns, unique: true, ...(nullsDistinct === undefined ? {} : { nullsDistinct }) }
    await this.addIndex(index)
    await this.alter(`ADD ${uniqueOfIndexSql(unique)}`)
  }

  /** PostgreSQL reads the whole table for SET NOT NULL, while nobody else may, unless a valid check says it already. */
  async #refuseNull({ name, type, default: own }: ColumnSchema): Promise<void> {
    const table = this.#table.name
    const column = quoteName(name)
    const check = `${table}_${name}_not_null`
    const isDone = !this.#shown && (await standingNotNull(this.#target, table, name)) === 'done'
    if (!isDone) {
      const standing = this.#shown ? 'absent' : await standingConstraint(this.#target, table, check)
      if (standing === 'absent')
        await this.alter(`ADD ${checkSql({ name: check, sql: `${column} IS NOT NULL` })} NOT VALID`)
      const fill = this.#fill.get(name) ?? null
      const value = fill === null ? own : quoteValue(fill, type)
      if (value !== undefined) {
        await this.#target.run(`UPDATE ${quoteName(table)} SET ${column} = ${value} WHERE ${column} IS NULL`)
      }
      if (standing !== 'done') await this.alter(`VALIDATE CONSTRAINT ${quoteName(check)}`)
      await this.alter(`ALTER COLUMN ${column} SET NOT NULL`)
    }
    await this.dropConstraint(check)
  }

  /** A constraint of one column is called what the database says, or else what it would be called. */
  async #dropOwn(kind: OwnedKind, column: ColumnSchema): Promise<void> {
    const derived = derivedNames(kind, this.#table.name, [column.name], column.references)
    if (this.#shown) return this.dropConstraint(derived.at(-1)!)
    const named = new Set([...this.#table.uniques, ...this.#table.checks].map(({ name }) => storedName(name)))
    const { constraints } = await storedTable(this.#target, this.#table.name)
    for (const { name, kind: own, columns } of constraints) {
      const isOwn = own === kind && isDeepStrictEqual(columns, [storedName(column.name)]) && !named.has(name)
      if (isOwn) await this.dropConstraint(name)
    }
  }
}
