import { isDeepStrictEqual } from 'node:util'
import type { ColumnSchema, TableSchema } from '../schema.ts'
import type { SchemaTarget } from '../schema-editor.ts'
import type { SqlValue } from '../statement.ts'
import { alterColumn, defaultSql } from './alter-column.ts'
import { incomingKeys, type StoredTable } from './catalog.ts'
import { derivedNames, foreignKeyName, type KeyTarget, uniqueName } from './derived-names.ts'
import type { FollowedKeys } from './followed-keys.ts'
import { quoteName, quoteNames, quoteValue, storedName } from './quote.ts'
import { tableDifference } from './table-difference.ts'
import {
  checkSql,
  columnCommentSql,
  columnSql,
  createIndexSql,
  exclusionSql,
  keyColumns,
  referencesSql,
  tableCommentSql,
  uniqueSql,
} from './table-sql.ts'

/**
 * Makes the columns, constraints and indexes of a table, which has its new names already, what `after` says: what goes is
 * dropped first, since it might not bear what comes.
 */
export async function alterStructure(
  target: SchemaTarget,
  before: TableSchema,
  after: TableSchema,
  fill: ReadonlyMap<string, SqlValue>,
  stored: StoredTable,
  followed: FollowedKeys,
): Promise<void> {
  const structure = new Structure(target, before, after, stored, followed)
  await structure.dropConstraints()
  await structure.dropColumns()
  await structure.addColumns(fill)
  for (const { from, to } of structure.difference.columns.kept) {
    await alterColumn(target, after.name, from, to, fill.get(to.name), stored.sequences.get(from.name), followed)
  }
  await structure.addComputed()
  await structure.addConstraints()
  await structure.changeComments()
}

class Structure {
  readonly difference: ReturnType<typeof tableDifference>
  readonly #target: SchemaTarget
  readonly #before: TableSchema
  readonly #after: TableSchema
  readonly #stored: StoredTable
  readonly #followed: FollowedKeys

  constructor(
    target: SchemaTarget,
    before: TableSchema,
    after: TableSchema,
    stored: StoredTable,
    followed: FollowedKeys,
  ) {
    this.difference = tableDifference(before, after)
    this.#target = target
    this.#before = before
    this.#after = after
    this.#stored = stored
    this.#followed = followed
  }

  async dropConstraints(): Promise<void> {
    const { indexes, uniques, checks, exclusions, columns } = this.difference
    for (const { from, to } of indexes.renamed) {
      await this.#target.run(`ALTER INDEX ${quoteName(from.name)} RENAME TO ${quoteName(to.name)}`)
    }
    for (const { from, to } of [...uniques.renamed, ...checks.renamed, ...exclusions.renamed]) {
      await this.#alter(`RENAME CONSTRAINT ${quoteName(from.name)} TO ${quoteName(to.name)}`)
    }
    for (const { name } of indexes.removed) {
      if (!this.#followed.hasDropped(name)) await this.#target.run(`DROP INDEX ${quoteName(name)}`)
    }
    for (const { name } of [...uniques.removed, ...checks.removed, ...exclusions.removed]) {
      await this.#alter(`DROP CONSTRAINT ${quoteName(name)}`)
    }
    for (const { from, to } of columns.kept) await this.#dropOfColumn(from, to)
    if (this.#keyChanges) {
      const key = keyColumns(this.#before)
      for (const column of key) await this.#dropIncoming(column)
      if (key.length > 0) await this.#drop('p', key)
    }
  }

  async #dropOfColumn(from: ColumnSchema, to: ColumnSchema): Promise<void> {
    if (from.references && !isDeepStrictEqual(from.references, to.references)) {
      await this.#drop('f', [from.name], from.references)
    }
    if (from.check !== undefined && from.check !== to.check) await this.#drop('c', [from.name])
    if (!from.unique || to.unique) return
    await this.#dropIncoming(from.name)
    await this.#drop('u', [from.name])
  }

  /** Computed columns first: those that they are computed of may go too. */
  async dropColumns(): Promise<void> {
    const { removed } = this.difference.columns
    const computed = removed.filter(({ generated }) => generated !== undefined)
    for (const { name, unique } of [...computed, ...removed.filter((column) => !computed.includes(column))]) {
      if (unique) await this.#dropIncoming(name)
      await this.#alter(`DROP COLUMN ${quoteName(name)}`)
    }
  }

  /** A new column gets its value for the rows that are there as a default, which it loses again: no row is written. */
  async addColumns(fill: ReadonlyMap<string, SqlValue>): Promise<void> {
    for (const column of this.difference.columns.added) {
      if (column.generated !== undefined) continue
      const name = quoteName(column.name)
      const value = fill.get(column.name) ?? null
      const initial = value === null ? column.default : quoteValue(value, column.type)
      await this.#alter(`ADD COLUMN ${name} ${columnSql(this.#after.name, column, false, initial)}`)
      if (value === null || initial === column.default) continue
      await this.#alter(`ALTER COLUMN ${name} ${defaultSql(column)}`)
    }
  }

  /** After the columns that they are computed of. */
  async addComputed(): Promise<void> {
    for (const column of this.difference.columns.added) {
      if (column.generated === undefined) continue
      await this.#alter(`ADD COLUMN ${quoteName(column.name)} ${columnSql(this.#after.name, column, false)}`)
    }
  }

  async addConstraints(): Promise<void> {
    const { indexes, uniques, checks, exclusions, columns } = this.difference
    const key = keyColumns(this.#after)
    if (this.#keyChanges && key.length > 0) await this.#alter(`ADD PRIMARY KEY (${quoteNames(key)})`)
    for (const { from, to } of columns.kept) await this.#addOfColumn(from, to)
    const added = [
      ...uniques.added.map(uniqueSql),
      ...checks.added.map(checkSql),
      ...exclusions.added.map(exclusionSql),
    ]
    for (const sql of added) await this.#alter(`ADD ${sql}`)
    for (const { from, to } of columns.kept) {
      if (to.references === undefined || isDeepStrictEqual(from.references, to.references)) continue
      const own = quoteName(foreignKeyName(this.#after.name, to.name, to.references))
      await this.#alter(`ADD CONSTRAINT ${own} FOREIGN KEY (${quoteName(to.name)}) ${referencesSql(to.references)}`)
    }
    for (const index of indexes.added) await this.#target.run(createIndexSql(this.#after.name, index))
  }

  async #addOfColumn(from: ColumnSchema, to: ColumnSchema): Promise<void> {
    if (to.unique && !from.unique) {
      const own = quoteName(uniqueName(this.#after.name, to.name))
      await this.#alter(`ADD CONSTRAINT ${own} UNIQUE (${quoteName(to.name)})`)
    }
    if (to.check !== undefined && from.check !== to.check) {
      const own = quoteName(derivedNames('c', this.#after.name, [to.name])[0]!)
      await this.#alter(`ADD CONSTRAINT ${own} CHECK (${to.check})`)
    }
  }

  async changeComments(): Promise<void> {
    if (this.#before.comment !== this.#after.comment) {
      await this.#target.run(tableCommentSql(this.#after.name, this.#after.comment))
    }
    const { kept, added } = this.difference.columns
    const changed = [
      ...kept.filter(({ from, to }) => from.comment !== to.comment).map(({ to }) => to),
      ...added.filter(({ comment }) => comment !== undefined),
    ]
    for (const column of changed) await this.#target.run(columnCommentSql(this.#after.name, column))
  }

  get #keyChanges(): boolean {
    return !isDeepStrictEqual(keyColumns(this.#before), keyColumns(this.#after))
  }

  #alter(sql: string): Promise<void> {
    return this.#target.run(`ALTER TABLE ${quoteName(this.#after.name)} ${sql}`)
  }

  /** A constraint is called what the database says; where SQL is only shown, what it may be called. */
  async #drop(kind: 'p' | 'u' | 'c' | 'f', columns: readonly string[], to?: KeyTarget): Promise<void> {
    const stored = columns.map(storedName)
    const tables = [this.#before, this.#after]
    const named = new Set(
      tables.flatMap(({ uniques, checks }) => [...uniques, ...checks]).map(({ name }) => storedName(name)),
    )
    if (!this.#stored.exists) {
      // It was made with the table, or added to it.
      for (const name of derivedNames(kind, this.#after.name, columns, to)) {
        await this.#alter(`DROP CONSTRAINT IF EXISTS ${quoteName(name)}`)
      }
      return
    }
    const names = this.#stored.constraints
      .filter((one) => one.kind === kind && !named.has(one.name) && isDeepStrictEqual(one.columns, stored))
      .map(({ name }) => name)
    for (const name of names) await this.#alter(`DROP CONSTRAINT ${quoteName(name)}`)
  }

  async #dropIncoming(column: string): Promise<void> {
    for (const key of await incomingKeys(this.#target, this.#after.name, column)) {
      await this.#target.run(`ALTER TABLE IF EXISTS ${key.table} DROP CONSTRAINT IF EXISTS ${quoteName(key.name)}`)
    }
  }
}
