import { isDeepStrictEqual } from 'node:util'
import type { TableSchema } from '../schema.ts'
import type { SchemaTarget } from '../schema-editor.ts'
import type { SqlValue } from '../statement.ts'
import { alterColumn } from './alter-column.ts'
import { incomingKeys, type StoredTable } from './catalog.ts'
import { derivedNames, foreignKeyName, type KeyTarget, uniqueName } from './derived-names.ts'
import { quoteName, quoteNames, quoteValue, storedName } from './quote.ts'
import { tableDifference } from './table-difference.ts'
import { columnSql, createIndexSql, keyColumns, referencesSql } from './table-sql.ts'

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
): Promise<void> {
  const structure = new Structure(target, before, after, stored)
  await structure.dropConstraints()
  await structure.dropColumns()
  await structure.addColumns(fill)
  for (const { from, to } of structure.difference.columns.kept) {
    await alterColumn(target, after.name, from, to, fill.get(to.name), stored.sequences.get(from.name))
  }
  await structure.addConstraints()
}

class Structure {
  readonly difference: ReturnType<typeof tableDifference>
  readonly #target: SchemaTarget
  readonly #before: TableSchema
  readonly #after: TableSchema
  readonly #stored: StoredTable

  constructor(target: SchemaTarget, before: TableSchema, after: TableSchema, stored: StoredTable) {
    this.difference = tableDifference(before, after)
    this.#target = target
    this.#before = before
    this.#after = after
    this.#stored = stored
  }

  async dropConstraints(): Promise<void> {
    const { indexes, uniques, columns } = this.difference
    for (const { from, to } of indexes.renamed) {
      await this.#target.run(`ALTER INDEX ${quoteName(from.name)} RENAME TO ${quoteName(to.name)}`)
    }
    for (const { from, to } of uniques.renamed) {
      await this.#alter(`RENAME CONSTRAINT ${quoteName(from.name)} TO ${quoteName(to.name)}`)
    }
    for (const { name } of indexes.removed) await this.#target.run(`DROP INDEX ${quoteName(name)}`)
    for (const { name } of uniques.removed) await this.#alter(`DROP CONSTRAINT ${quoteName(name)}`)
    for (const { from, to } of columns.kept) {
      if (from.references && !isDeepStrictEqual(from.references, to.references)) {
        await this.#drop('f', [from.name], from.references)
      }
      if (from.check !== undefined && from.check !== to.check) await this.#drop('c', [from.name])
      if (from.unique && !to.unique) await this.#dropIncoming(from.name)
      if (from.unique && !to.unique) await this.#drop('u', [from.name])
    }
    if (this.#keyChanges) {
      const key = keyColumns(this.#before)
      for (const column of key) await this.#dropIncoming(column)
      if (key.length > 0) await this.#drop('p', key)
    }
  }

  async dropColumns(): Promise<void> {
    for (const { name, unique } of this.difference.columns.removed) {
      if (unique) await this.#dropIncoming(name)
      await this.#alter(`DROP COLUMN ${quoteName(name)}`)
    }
  }

  /** A new column gets its value for the rows that are there as a default, which it loses again: no row is written. */
  async addColumns(fill: ReadonlyMap<string, SqlValue>): Promise<void> {
    for (const column of this.difference.columns.added) {
      const name = quoteName(column.name)
      const value = fill.get(column.name) ?? null
      const initial = value === null ? '' : ` DEFAULT ${quoteValue(value, column.type)}`
      const [type, rest] = splitType(columnSql(this.#after.name, column, false), column.type)
      await this.#alter(`ADD COLUMN ${name} ${type}${initial}${rest}`)
      if (value !== null) await this.#alter(`ALTER COLUMN ${name} DROP DEFAULT`)
    }
  }

  async addConstraints(): Promise<void> {
    const { indexes, uniques, columns } = this.difference
    const key = keyColumns(this.#after)
    if (this.#keyChanges && key.length > 0) await this.#alter(`ADD PRIMARY KEY (${quoteNames(key)})`)
    for (const { from, to } of columns.kept) {
      const name = quoteName(to.name)
      if (to.unique && !from.unique) {
        const own = quoteName(uniqueName(this.#after.name, to.name))
        await this.#alter(`ADD CONSTRAINT ${own} UNIQUE (${name})`)
      }
      if (to.check !== undefined && from.check !== to.check) {
        const own = quoteName(derivedNames('c', this.#after.name, [to.name])[0]!)
        await this.#alter(`ADD CONSTRAINT ${own} CHECK (${to.check})`)
      }
    }
    for (const unique of uniques.added) {
      await this.#alter(`ADD CONSTRAINT ${quoteName(unique.name)} UNIQUE (${quoteNames(unique.columns)})`)
    }
    for (const { from, to } of columns.kept) {
      if (to.references === undefined || isDeepStrictEqual(from.references, to.references)) continue
      const own = quoteName(foreignKeyName(this.#after.name, to.name, to.references))
      await this.#alter(`ADD CONSTRAINT ${own} FOREIGN KEY (${quoteName(to.name)}) ${referencesSql(to.references)}`)
    }
    for (const index of indexes.added) await this.#target.run(createIndexSql(this.#after.name, index))
  }

  get #keyChanges(): boolean {
    return !isDeepStrictEqual(keyColumns(this.#before), keyColumns(this.#after))
  }

  #alter(sql: string): Promise<void> {
    return this.#target.run(`ALTER TABLE ${quoteName(this.#after.name)} ${sql}`)
  }

  /** A constraint is called what the database says; where SQL is only shown, what it would be called. */
  async #drop(kind: 'p' | 'u' | 'c' | 'f', columns: readonly string[], to?: KeyTarget): Promise<void> {
    const stored = columns.map(storedName)
    const named = new Set([...this.#before.uniques, ...this.#after.uniques].map(({ name }) => storedName(name)))
    const names = this.#stored.exists
      ? this.#stored.constraints
          .filter((one) => one.kind === kind && !named.has(one.name) && isDeepStrictEqual(one.columns, stored))
          .map(({ name }) => name)
      : derivedNames(kind, this.#after.name, columns, to).slice(0, 1)
    for (const name of names) await this.#alter(`DROP CONSTRAINT ${quoteName(name)}`)
  }

  async #dropIncoming(column: string): Promise<void> {
    for (const key of await incomingKeys(this.#target, this.#after.name, column)) {
      await this.#target.run(`ALTER TABLE ${key.table} DROP CONSTRAINT ${quoteName(key.name)}`)
    }
  }
}

/** The default stands behind the type. */
function splitType(sql: string, type: string): [type: string, rest: string] {
  return [type, sql.slice(type.length)]
}
