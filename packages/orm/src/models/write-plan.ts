import type { Database, Statement } from '../backends/database.ts'
import { type OnConflict, type Operations, placeholder } from '../backends/operations.ts'
import { operationsFor } from '../backends/operations-for.ts'
import { AutoField } from '../fields/auto-field.ts'
import { isDatabaseDefault } from '../fields/database-default.ts'
import type { Decoder, Field } from '../fields/field.ts'
import { VersionField } from '../fields/version-field.ts'
import { columnDecoder } from '../query/execute/row-reader.ts'
import type { ForeignKeyField } from '../relations/foreign-key.ts'
import type { ModelMeta } from './model-meta.ts'
import { refuseSwapped } from './swaps.ts'

/** A statement that writes one row, and which of the model's fields it gives back. */
export interface RowStatement extends Statement {
  readonly returning: readonly number[]
  /** How many values are bound. */
  readonly parameters: number
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
  /** Where the primary key stands; -1 where it is of several fields. */
  readonly keyAt: number
  /** Where the fields of the primary key stand. */
  readonly keysAt: readonly number[]
  /** Where the field for optimistic locking stands; -1 where there is none. */
  readonly versionAt: number
  readonly foreignKeys: readonly ForeignKeyField[]
  /** What reads a field that a statement gave back. */
  readonly decoders: readonly (Decoder | null)[]
  /** Every field that UPDATE may set. */
  readonly updatable: readonly number[]
  /** What the database computes, and so is read back and never written. */
  readonly generated: readonly number[]
  /** What a new row may lack: the key that the database numbers, and what has a default there. */
  readonly #omissible: readonly number[]
  readonly #written: readonly number[]
  readonly #inserts = new Map<FieldSet, RowStatement>()
  readonly #updates = new Map<FieldSet, RowStatement>()
  readonly #bulk = new Map<string, RowStatement>()

  constructor(meta: ModelMeta, operations: Operations) {
    this.meta = meta
    this.operations = operations
    this.fields = meta.fields
    this.keyAt = meta.fields.indexOf(meta.pk)
    this.keysAt = meta.keyFields.map((field) => meta.fields.indexOf(field))
    this.versionAt = meta.fields.findIndex((field) => field instanceof VersionField)
    this.foreignKeys = meta.foreignKeys
    this.decoders = meta.fields.map((field) => columnDecoder(field, true))
    const all = [...meta.fields.keys()]
    this.generated = all.filter((index) => this.fields[index]!.generated)
    this.#written = all.filter((index) => !this.fields[index]!.generated)
    this.updatable = this.#written.filter((index) => !this.keysAt.includes(index) && index !== this.versionAt)
    this.#omissible = all.filter((index) => index === this.keyAt || this.fields[index]!.hasDbDefault)
  }

  /** What a new row lacks, of an encoded row or of values by attribute. */
  missingIn(values: Readonly<Record<string, unknown>>): readonly number[] {
    const { fields } = this
    const isMissing = (index: number): boolean => {
      const value = values[fields[index]!.attribute]
      return index === this.keyAt
        ? value === null || value === undefined || isDatabaseDefault(value)
        : isDatabaseDefault(value)
    }
    // As a rule there is the key alone to ask for.
    if (this.keyAt >= 0 && this.#omissible.length === 1) return isMissing(this.keyAt) ? this.#omissible : nothing
    return this.#omissible.filter(isMissing)
  }

  /** INSERT of a row that lacks these fields. It gives back what the database gave them, but for a key that it tells anyway. */
  insert(missing: readonly number[]): RowStatement {
    const set = this.#setOf(missing)
    let statement = this.#inserts.get(set)
    if (statement === undefined) {
      const returning = this.#returningAfter(missing)
      const sql = insertSql(this.meta, this.operations, this.writtenBut(missing), 1)
      statement = this.#finished(sql, returning)
      this.#inserts.set(set, statement)
    }
    return statement
  }

  /** The fields that an INSERT writes of a row that lacks some. */
  writtenBut(missing: readonly number[]): readonly Field[] {
    return this.#written.filter((index) => !missing.includes(index)).map((index) => this.fields[index]!)
  }

  /** Whether rows that lack these fields lack nothing but a key that the database numbers. */
  lacksKeyAlone(missing: readonly number[]): boolean {
    const isKey = missing.length === 1 && missing[0] === this.keyAt && this.generated.length === 0
    return isKey && this.operations.tellsInsertedKey && this.meta.pk instanceof AutoField
  }

  #returningAfter(missing: readonly number[]): readonly number[] {
    return this.lacksKeyAlone(missing) ? nothing : [...missing, ...this.generated]
  }

  #finished(sql: string, returning: readonly number[]): RowStatement {
    const bigints = returning.some((index) => this.fields[index]!.readsBigints)
    const whole = sql + returningSql(this, returning)
    const parameters = whole.split(placeholder).length - 1
    return { sql: this.operations.finish(whole), returning, parameters, bigints }
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
    const { quote, assigned } = this.operations
    const version = this.fields[this.versionAt]
    const set = written.map((index) => {
      const field = this.fields[index]!
      return `${quote(field.column)} = ${assigned(field.kind, placeholder)}`
    })
    const where = this.meta.keyFields.map(({ column }) => `${quote(column)} = ${placeholder}`)
    if (version) {
      set.push(`${quote(version.column)} = ${quote(version.column)} + 1`)
      where.push(`${quote(version.column)} = ${placeholder}`)
    }
    const sql = `UPDATE ${quote(this.meta.table)} SET ${set.join(', ')} WHERE ${where.join(' AND ')}`
    return this.#finished(sql, this.generated)
  }

  /** A statement over several rows, compiled once for its shape. */
  bulk(
    shape: string,
    compile: (operations: Operations) => string,
    returning: readonly number[] = nothing,
  ): RowStatement {
    let statement = this.#bulk.get(shape)
    if (statement === undefined) {
      statement = this.#finished(compile(this.operations), returning)
      this.#bulk.set(shape, statement)
    }
    return statement
  }

  /** INSERT of several rows that lack the same fields. It gives back what they lack. */
  insertMany(
    rows: number,
    missing: readonly number[],
    conflict: OnConflict | undefined,
    keysAreTold = false,
  ): RowStatement {
    // What was ignored gives nothing back, so that nobody could say which row is whose.
    const returning = keysAreTold || conflict?.action === 'ignore' ? nothing : [...missing, ...this.generated]
    const shape = `insert ${rows} but ${missing.join()} ${conflict ? JSON.stringify(conflict) : ''}${keysAreTold}`
    return this.bulk(
      shape,
      (operations) =>
        insertSql(this.meta, operations, this.writtenBut(missing), rows) +
        (conflict ? operations.onConflict(conflict) : ''),
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

const nothing: readonly number[] = []

const plans = new WeakMap<ModelMeta, Record<string, WritePlan>>()

export function writePlan(meta: ModelMeta, vendor: Database['vendor']): WritePlan {
  let own = plans.get(meta)
  if (own === undefined) {
    refuseSwapped(meta)
    own = {}
    plans.set(meta, own)
  }
  own[vendor] ??= new WritePlan(meta, operationsFor(vendor))
  return own[vendor]
}

/** INSERT for `rows` rows, as far as their values go. */
function insertSql(meta: ModelMeta, operations: Operations, fields: readonly Field[], rows: number): string {
  const { quote, assigned } = operations
  // Of several rows without any value, each is one of its own: see `inBatches`.
  if (fields.length === 0) return `INSERT INTO ${quote(meta.table)} DEFAULT VALUES`
  const columns = fields.map((field) => quote(field.column)).join(', ')
  const one = `(${fields.map((field) => assigned(field.kind, placeholder)).join(', ')})`
  return `INSERT INTO ${quote(meta.table)} (${columns}) VALUES ${new Array(rows).fill(one).join(', ')}`
}

function returningSql(plan: WritePlan, returning: readonly number[]): string {
  if (returning.length === 0) return ''
  return ` RETURNING ${returning.map((index) => plan.operations.quote(plan.fields[index]!.column)).join(', ')}`
}
