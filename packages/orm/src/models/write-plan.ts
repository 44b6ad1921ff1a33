import type { Database, Statement } from '../backends/database.ts'
import { type OnConflict, type Operations, placeholder } from '../backends/operations.ts'
import { operationsFor } from '../backends/operations-for.ts'
import type { Field } from '../fields/field.ts'
import { VersionField } from '../fields/version-field.ts'
import type { ForeignKeyField } from '../relations/foreign-key.ts'
import type { ModelMeta } from './model-meta.ts'

/** A statement that writes one row, and which of the model's fields it gives back. */
export interface RowStatement extends Statement {
  readonly returning: readonly number[]
}

/** Fields as a set of bits, where they fit into a number; else as text. */
type FieldSet = number | string

/**
 * What writing rows of a model takes that is the same for every row: worked out once for each model and dialect. Fields are
 * known by where they stand in `meta.fields`.
 */
export class WritePlan {
  readonly meta: ModelMeta
  readonly operations: Operations
  readonly fields: readonly Field[]
  readonly keyAt: number
  /** Where the field for optimistic locking stands; -1 where there is none. */
  readonly versionAt: number
  readonly foreignKeys: readonly ForeignKeyField[]
  /** Every field that UPDATE may set. */
  readonly updatable: readonly number[]
  /** INSERT of a row that has its key, and of one that the database gives a key. */
  readonly insertWithKey: RowStatement
  readonly insertNumbered: RowStatement
  readonly #updates = new Map<FieldSet, RowStatement>()
  readonly #bulk = new Map<string, RowStatement>()

  constructor(meta: ModelMeta, operations: Operations) {
    this.meta = meta
    this.operations = operations
    this.fields = meta.fields
    this.keyAt = meta.fields.indexOf(meta.pk)
    this.versionAt = meta.fields.findIndex((field) => field instanceof VersionField)
    this.foreignKeys = meta.foreignKeys
    const all = [...meta.fields.keys()]
    this.updatable = all.filter((index) => index !== this.keyAt && index !== this.versionAt)
    this.insertWithKey = this.#insert(all, [])
    this.insertNumbered = this.#insert(
      all.filter((index) => index !== this.keyAt),
      [this.keyAt],
    )
  }

  #insert(written: readonly number[], missing: readonly number[]): RowStatement {
    const { operations, meta } = this
    const returning = operations.tellsInsertedKey ? [] : missing
    const fields = written.map((index) => this.fields[index]!)
    const sql = insertSql(meta, operations, fields, 1) + returningSql(this, returning)
    return { sql: operations.finish(sql), returning }
  }

  /** UPDATE of these fields of the row with a key: first their values are bound, then the key, then the version. */
  update(written: readonly number[]): RowStatement {
    const set = this.#setOf(written)
    let statement = this.#updates.get(set)
    if (statement === undefined) {
      statement = this.#compileUpdate(written)
      this.#updates.set(set, statement)
    }
    return statement
  }

  #compileUpdate(written: readonly number[]): RowStatement {
    const { quote, assigned, finish } = this.operations
    const version = this.fields[this.versionAt]
    const set = written.map((index) => {
      const field = this.fields[index]!
      return `${quote(field.column)} = ${assigned(field.kind, placeholder)}`
    })
    const where = [`${quote(this.meta.pk.column)} = ${placeholder}`]
    if (version) {
      set.push(`${quote(version.column)} = ${quote(version.column)} + 1`)
      where.push(`${quote(version.column)} = ${placeholder}`)
    }
    const sql = `UPDATE ${quote(this.meta.table)} SET ${set.join(', ')} WHERE ${where.join(' AND ')}`
    return { sql: finish(sql), returning: [] }
  }

  /** A statement over several rows, compiled once for its shape. */
  bulk(shape: string, compile: (operations: Operations) => string, returning: readonly number[] = []): RowStatement {
    let statement = this.#bulk.get(shape)
    if (statement === undefined) {
      const { operations } = this
      statement = { sql: operations.finish(compile(operations) + returningSql(this, returning)), returning }
      this.#bulk.set(shape, statement)
    }
    return statement
  }

  /** INSERT of several rows, with their keys or without. It gives the keys back where the rows have none. */
  insertMany(rows: number, withKey: boolean, conflict: OnConflict | undefined): RowStatement {
    // What was ignored gives nothing back, so that nobody could say which key is whose.
    const returning = withKey || conflict?.action === 'ignore' ? [] : [this.keyAt]
    const shape = `insert ${withKey} ${rows} ${conflict ? JSON.stringify(conflict) : ''}`
    return this.bulk(
      shape,
      (operations) => {
        const fields = withKey ? this.fields : this.fields.filter((field) => field !== this.meta.pk)
        return insertSql(this.meta, operations, fields, rows) + (conflict ? operations.onConflict(conflict) : '')
      },
      returning,
    )
  }

  #setOf(fields: readonly number[]): FieldSet {
    if (this.fields.length > 31) return fields.join()
    let bits = 0
    for (const index of fields) bits |= 1 << index
    return bits
  }
}

const plans = new WeakMap<ModelMeta, Record<string, WritePlan>>()

export function writePlan(meta: ModelMeta, vendor: Database['vendor']): WritePlan {
  let own = plans.get(meta)
  if (own === undefined) {
    own = {}
    plans.set(meta, own)
  }
  own[vendor] ??= new WritePlan(meta, operationsFor(vendor))
  return own[vendor]
}

/** INSERT for `rows` rows, as far as their values go. */
function insertSql(meta: ModelMeta, operations: Operations, fields: readonly Field[], rows: number): string {
  const { quote, assigned } = operations
  if (fields.length === 0) return `INSERT INTO ${quote(meta.table)} DEFAULT VALUES`
  const columns = fields.map((field) => quote(field.column)).join(', ')
  const one = `(${fields.map((field) => assigned(field.kind, placeholder)).join(', ')})`
  return `INSERT INTO ${quote(meta.table)} (${columns}) VALUES ${new Array(rows).fill(one).join(', ')}`
}

function returningSql(plan: WritePlan, returning: readonly number[]): string {
  if (returning.length === 0) return ''
  return ` RETURNING ${returning.map((index) => plan.operations.quote(plan.fields[index]!.column)).join(', ')}`
}
