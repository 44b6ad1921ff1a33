import { FieldValueError } from '../errors.ts'
import { choiceLabel } from '../fields/choices.ts'
import type { Field } from '../fields/field.ts'
import { ByName } from '../models/by-name.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import { Reference, Row, stateOf } from '../models/row.ts'
import { Unsaved } from '../models/unsaved.ts'
import { keyOf } from '../query/build/key-of-related.ts'
import { relate } from '../routing/route.ts'
import type { ForeignKeyField } from './foreign-key.ts'
import { loadedRow } from './load-related.ts'
import { ManyToManyField } from './many-to-many.ts'
import { DeferredRef, Ref, ReverseRef } from './ref.ts'
import { relatedManager } from './related-manager.ts'
import type { RelatedRows } from './related-rows.ts'
import { RelatedSet } from './related-set.ts'
import type { ReverseField } from './reverse.ts'
import { RowsByKey } from './rows-by-key.ts'
import { RowsByPairs } from './rows-by-pairs.ts'

type Values = Record<string, unknown>

/** Gives a model's instances their relations, and the labels of choices: members of the prototype, so no part of the values. */
export function installAccessors(meta: ModelMeta): void {
  const { prototype } = meta.model
  for (const field of meta.fields) if (field.options.choices) defineDisplay(prototype, field)
  for (const field of meta.foreignKeys) define(prototype, field.name, readKey(field), writeKey(field))
  for (const relation of meta.manyToMany) define(prototype, relation.name, manager(relation), refuse(meta, relation))
  for (const relation of meta.reverses) {
    define(
      prototype,
      relation.name,
      (row) => readReverse(row, relation),
      (row, value) => writeReverse(row, relation, value),
    )
  }
}

/** Unless the model has a method of that name itself. */
function defineDisplay(prototype: object, field: Field): void {
  const name = `get${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}Display`
  if (name in prototype) return
  Object.defineProperty(prototype, name, {
    configurable: true,
    writable: true,
    value(this: Values): string {
      return choiceLabel(field, this[field.attribute])
    },
  })
}

function define(
  prototype: object,
  name: string,
  get: (row: Row) => unknown,
  set: (row: Row, value: unknown) => void,
): void {
  Object.defineProperty(prototype, name, {
    configurable: true,
    get(this: Row) {
      return get(this)
    },
    set(this: Row, value: unknown) {
      set(this, value)
    },
  })
}

function relatedOf(row: Row): ByName<unknown> {
  const own = stateOf(row)
  own.related ??= new ByName()
  return own.related
}

function readKey(field: ForeignKeyField): (row: Row) => unknown {
  return (row) => {
    if (stateOf(row).partial && !Object.hasOwn(row, field.attribute)) return new DeferredRef(row, field)
    const loaded = loadedRow(row, field)
    if (loaded !== undefined) return loaded
    const key = (row as unknown as Values)[field.attribute]
    const known = stateOf(row).related?.get(field.name)
    if (known instanceof Ref && known.id === key) return known
    const ref = new Ref(row, field, key)
    relatedOf(row).set(field.name, ref)
    return ref
  }
}

function writeKey(field: ForeignKeyField): (row: Row, value: unknown) => void {
  return (row, value) => {
    const values = row as unknown as Values
    if (Row.has(value)) relate(row, value, field.name)
    if (Row.has(value) && stateOf(value).stored === false) {
      const key = (value as unknown as Values)[field.target.pk.attribute]
      if (key === null || key === undefined) {
        values[field.attribute] = null
        relatedOf(row).set(field.name, new Unsaved(value))
        return
      }
    }
    if (value !== null && !Row.has(value) && !(value instanceof Reference)) {
      throw new FieldValueError(field.name, `a row of ${field.target.name} (a key goes to '${field.attribute}')`, value)
    }
    values[field.attribute] = keyOf(field.target, value, field.name)
    if (Row.has(value)) relatedOf(row).set(field.name, value)
    else stateOf(row).related?.delete(field.name)
  }
}

function rowsOf(relation: ManyToManyField | ReverseField): RelatedRows {
  if (relation instanceof ManyToManyField) {
    return new RowsByPairs(relation.sourceKey, relation.targetKey, relation.symmetrical, false)
  }
  const { field } = relation
  if (field instanceof ManyToManyField) return new RowsByPairs(field.targetKey, field.sourceKey, false, true)
  return new RowsByKey(field)
}

function manager(relation: ManyToManyField | ReverseField): (row: Row) => object {
  return (row) => {
    const own = stateOf(row)
    own.managers ??= new ByName()
    let known = own.managers.get(relation.name)
    if (!known) {
      known = relatedManager(new RelatedSet(row, relation, rowsOf(relation)))
      own.managers.set(relation.name, known)
    }
    return known
  }
}

function refuse(meta: ModelMeta, relation: ManyToManyField | ReverseField): () => never {
  return () => {
    throw new FieldValueError(
      relation.name,
      `set(rows), since ${meta.name}.${relation.name} leads to many rows`,
      'an assignment',
    )
  }
}

function readReverse(row: Row, relation: ReverseField): unknown {
  if (!relation.isSingle) return manager(relation)(row)
  const { related } = stateOf(row)
  const known = related?.get(relation.name)
  if (known !== undefined) return known
  return new ReverseRef(row, relation)
}

function writeReverse(row: Row, relation: ReverseField, value: unknown): void {
  if (!relation.isSingle) refuse(relation.meta, relation)()
  const other = value as Values | null
  if (other !== null) other[relation.field.name] = row
  relatedOf(row).set(relation.name, other)
}
