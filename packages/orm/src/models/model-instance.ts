import { inspect } from 'node:util'
import { database } from '../backends/registry.ts'
import { FieldError, FieldValueError, QueryError } from '../errors.ts'
import { CompositeKeyField, keyText } from '../fields/composite-key-field.ts'
import type { Field } from '../fields/field.ts'
import { unknownName } from '../query/lookup-path.ts'
import { databaseToWrite } from '../routing/route.ts'
import { postInit, preInit } from '../signals/signals.ts'
import { cleanFields, type FullCleanOptions, fullClean } from '../validation/full-clean.ts'
import { validateConstraints } from '../validation/validate-constraints.ts'
import { validateUnique } from '../validation/validate-unique.ts'
import { DeferredValue, deferredFields, loadDeferred } from './deferred.ts'
import { type Deleted, deleteRow } from './deletion.ts'
import { withPlainValues } from './late-value.ts'
import type { ModelMeta } from './model-meta.ts'
import { neighbourOf } from './neighbour.ts'
import { deferredValue } from './partial-model.ts'
import { type RefreshOptions, refreshRow } from './refresh-row.ts'
import { Row, RowFiller } from './row.ts'
import { metaOf, type SaveOptions, saveRow } from './save-row.ts'

type Values = Record<string, unknown>

/** What every model extends. */
export class ModelInstance extends Row {
  constructor(values?: object) {
    super()
    if (preInit.hasReceivers) tellBefore(this, values)
    if (values instanceof RowFiller) values.fill(this)
    else initialise(this, (values ?? {}) as Values)
    if (postInit.hasReceivers) tellAfter(this)
  }

  get pk(): unknown {
    const { pk } = metaOf(this)
    if (!(pk instanceof CompositeKeyField)) return (this as unknown as Values)[pk.attribute]
    const values = pk.parts.map((part) => (this as unknown as Values)[part.attribute])
    return values.some((value) => value === null || value === undefined) ? null : values
  }

  set pk(value: unknown) {
    const { pk } = metaOf(this)
    if (!(pk instanceof CompositeKeyField)) {
      ;(this as unknown as Values)[pk.attribute] = value
      return
    }
    if (value !== null) pk.partsOf(value)
    for (const [at, part] of pk.parts.entries()) {
      ;(this as unknown as Values)[part.attribute] = value === null ? null : (value as readonly unknown[])[at]
    }
  }

  async save(options: SaveOptions = {}): Promise<void> {
    const saved = saveRow(this, options)
    if (saved instanceof Promise) await saved
  }

  async delete(options: { readonly using?: string } = {}): Promise<Deleted> {
    if (this.pk === null || this.pk === undefined) {
      throw new QueryError(`This ${metaOf(this).name} cannot be deleted: it has no key, so it was never saved.`)
    }
    return deleteRow(
      this,
      options.using === undefined ? databaseToWrite(metaOf(this).model, this) : database(options.using),
    )
  }

  equals(other: unknown): boolean {
    if (this === other) return true
    if (!(other instanceof ModelInstance) || metaOf(this).concrete !== metaOf(other).concrete) return false
    return this.pk !== null && this.pk !== undefined && keyText(this.pk) === keyText(other.pk)
  }

  /** What people read of the row: `Post object (1)` until the model says better. */
  override toString(): string {
    const { pk } = this
    return `${metaOf(this).name} object (${Array.isArray(pk) ? pk.join(', ') : String(pk)})`
  }

  /** The columns, as JSON can hold them: what `JSON.stringify` has no form for, a bigint, as text. */
  toJSON(): Record<string, unknown> {
    const values = Object.entries(this).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? String(value) : value,
    ])
    return Object.fromEntries(values)
  }

  /** What subclasses check of a row as a whole. */
  clean(): void | Promise<void> {}

  async fullClean(options: FullCleanOptions = {}): Promise<void> {
    await loadDeferred([this])
    return fullClean(this, options)
  }

  async cleanFields(options: { readonly exclude?: readonly string[] } = {}): Promise<void> {
    await loadDeferred([this])
    cleanFields(this, options.exclude)
  }

  validateUnique(options: { readonly exclude?: readonly string[] } = {}): Promise<void> {
    return validateUnique(this, options.exclude)
  }

  validateConstraints(options: { readonly exclude?: readonly string[] } = {}): Promise<void> {
    return validateConstraints(this, options.exclude)
  }

  refreshFromDb(options: RefreshOptions = {}): Promise<void> {
    return refreshRow(this, options)
  }

  getDeferredFields(): Set<string> {
    return new Set(deferredFields(this).map((field) => field.name))
  }

  getNextBy(field: string, conditions: object = {}): Promise<unknown> {
    return neighbourOf(this, field, conditions, true)
  }

  getPreviousBy(field: string, conditions: object = {}): Promise<unknown> {
    return neighbourOf(this, field, conditions, false)
  }

  [inspect.custom](): object {
    return withPlainValues(this, inspect.custom)
  }

  [deferredValue](field: Field): unknown {
    return new DeferredValue(this, field)
  }
}

/** The values of a row that is read are not known by name yet. */
function tellBefore(row: ModelInstance, given: object | undefined): void {
  const { model } = metaOf(row)
  const values = given instanceof RowFiller ? {} : ((given ?? {}) as Values)
  if (preInit.hears(model)) preInit.sendNow({ sender: model, values })
}

function tellAfter(row: ModelInstance): void {
  const { model } = metaOf(row)
  if (postInit.hears(model)) postInit.sendNow({ sender: model, instance: row })
}

function initialise(row: ModelInstance, values: Values): void {
  const meta = metaOf(row)
  const target = row as unknown as Values
  let given = 0
  for (const field of meta.fields) {
    const { attribute } = field
    const value = values[attribute]
    if (value !== undefined) {
      given += 1
      target[attribute] = field.fromInput(value)
    } else if (Object.hasOwn(values, attribute)) refuseUndefined(attribute)
    else target[attribute] = field.initialValue()
  }
  const names = Object.keys(values)
  // As a rule there are columns alone.
  if (names.length > given) for (const name of names) assignOther(row, meta, name, values[name])
}

/** What is given beside columns: rows for relations, and the key by its general name. */
function assignOther(row: ModelInstance, meta: ModelMeta, name: string, value: unknown): void {
  const member = meta.member(name)
  if (member === undefined) throw unknownName(meta, name, `new ${meta.name}`)
  const field = meta.field(name)
  if (value === undefined) refuseUndefined(name)
  if (field?.attribute === name && name !== 'pk') return
  if (name === 'pk') row.pk = value
  else if (field) (row as unknown as Values)[name] = value
  else throw new FieldError(`${meta.name}.${name} leads to many rows: save the row, then add them.`)
}

function refuseUndefined(name: string): never {
  throw new FieldValueError(name, 'a value (leave the key out for its default, or use null)', undefined)
}
