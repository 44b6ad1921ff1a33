import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import { FieldValueError } from '../../errors.ts'
import { CompositeKeyField } from '../../fields/composite-key-field.ts'
import { Field } from '../../fields/field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import type { ModelRegistry } from '../../models/model-registry.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import type { ManyToManyField } from '../../relations/many-to-many.ts'
import { DeserializationError, type Place, placeText } from '../errors.ts'
import { isRawNumber } from '../exact-json.ts'
import { membersByName, nameInFile } from '../file-names.ts'
import { findsByNaturalKey, type NaturalKey } from '../natural-key.ts'
import type { PlacedObject } from './placed-object.ts'
import { readValue } from './read-value.ts'

/** A row that a relation names by its primary key, or by a natural key, which is still to be found. */
export type NamedRow = { readonly key: unknown } | { readonly natural: NaturalKey }

/** An object of a file as values of its model: read without asking the database. */
export interface ReadRow {
  readonly place: Place
  readonly meta: ModelMeta
  /** By attribute. */
  readonly values: Record<string, unknown>
  /** The foreign keys that natural keys stand for. */
  readonly references: readonly { readonly field: ForeignKeyField; readonly natural: NaturalKey }[]
  readonly many: ReadonlyMap<ManyToManyField, readonly NamedRow[]>
}

export interface ReadRowOptions {
  readonly registry: ModelRegistry
  /** Passes over models and fields that there are not. */
  readonly ignoreNonExistent?: boolean | undefined
}

/** Reads an object; `undefined` for one that is passed over. Throws `DeserializationError`. */
export function readRow({ place, value }: PlacedObject, options: ReadRowOptions): ReadRow | undefined {
  const meta = modelOf(value, place, options)
  if (meta === undefined) return undefined
  const { fields = {} } = value
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    throw rowError({ place, meta, pk: value['pk'] }, '"fields" is no object of values by field names.')
  }
  const row = { values: {} as Record<string, unknown>, references: [] as ReadRow['references'][number][] }
  const many = new Map<ManyToManyField, readonly NamedRow[]>()
  const members = membersByName(meta)
  for (const [name, plain] of Object.entries(fields)) {
    const member = members.get(name)
    if (member === undefined) {
      if (options.ignoreNonExistent) continue
      throw unknownField(name, { place, meta, pk: value['pk'] })
    }
    try {
      if (!(member instanceof Field)) many.set(member, namedRows(member, plain))
      else if (!member.generated) take(row, member, plain)
    } catch (error) {
      throw wrongValue(error, name, { place, meta, pk: value['pk'] })
    }
  }
  try {
    takeKey(row.values, meta, value['pk'])
  } catch (error) {
    throw wrongValue(error, 'pk', { place, meta, pk: value['pk'] })
  }
  return { place, meta, values: row.values, references: row.references, many }
}

function modelOf(value: PlacedObject['value'], place: Place, options: ReadRowOptions): ModelMeta | undefined {
  const { model } = value
  if (typeof model !== 'string') {
    const close = didYouMean('model', Object.keys(value))
    throw new DeserializationError(`${placeText(place)}: the object does not say its "model".${close}`, { place })
  }
  try {
    return options.registry.get(model)
  } catch (error) {
    if (options.ignoreNonExistent && error instanceof ImproperlyConfigured) return undefined
    const reason = error instanceof Error ? error.message : String(error)
    throw new DeserializationError(`${placeText(place)}: ${reason}`, { place, model, cause: error })
  }
}

function takeKey(values: Record<string, unknown>, { pk }: ModelMeta, plain: unknown): void {
  if (plain === null || plain === undefined) return
  const key = readValue(pk, plain)
  if (!(pk instanceof CompositeKeyField)) values[pk.attribute] = key
  else for (const [at, part] of pk.parts.entries()) values[part.attribute] = (key as readonly unknown[])[at]
}

function take(
  row: { values: Record<string, unknown>; references: ReadRow['references'][number][] },
  field: Field,
  plain: unknown,
): void {
  if (field instanceof ForeignKeyField && Array.isArray(plain)) {
    row.references.push({ field, natural: naturalKeyOf(field, plain) })
    // Who asks for the row's own natural key meanwhile must not get a default.
    row.values[field.attribute] = null
  } else row.values[field.attribute] = readValue(field, plain)
}

function namedRows(member: ManyToManyField, plain: unknown): readonly NamedRow[] {
  if (!Array.isArray(plain)) throw new FieldValueError(member.name, 'a list of keys', plain)
  return plain.map((one) => {
    if (Array.isArray(one)) return { natural: naturalKeyOf(member, one) }
    const key = readValue(member.target.pk, one)
    if (key === null) throw new FieldValueError(member.name, 'a key', null)
    return { key }
  })
}

function naturalKeyOf(member: ForeignKeyField | ManyToManyField, plain: readonly unknown[]): NaturalKey {
  const { target } = member
  if (!findsByNaturalKey(target)) {
    throw new FieldValueError(
      member.name,
      `a primary key (${target.name}.objects has no getByNaturalKey, which would find natural keys)`,
      plain,
    )
  }
  return plain.map(exactNumber)
}

function exactNumber(part: unknown): unknown {
  if (!isRawNumber(part)) return part
  return /^-?\d+$/.test(part.rawJSON) ? BigInt(part.rawJSON) : part.rawJSON
}

/** Which row an error is about. */
export interface RowInFile {
  readonly place: Place
  readonly meta: ModelMeta
  readonly pk: unknown
}

/** An error that tells where the row stands, and which one it is. */
export function rowError(
  row: RowInFile,
  message: string,
  options: { field?: string; cause?: unknown; hint?: string } = {},
) {
  const { place, meta, pk } = row
  const key = pk === undefined || pk === null ? '' : `, pk ${isRawNumber(pk) ? pk.rawJSON : JSON.stringify(pk)}`
  return new DeserializationError(`${placeText(place)} (${meta.label}${key}): ${message}`, {
    place,
    model: meta.label,
    pk,
    ...options,
  })
}

function unknownField(name: string, row: RowInFile): DeserializationError {
  const { meta } = row
  const names = [...meta.fields.filter((field) => field !== meta.pk), ...meta.manyToMany].map(nameInFile)
  return rowError(
    row,
    `${meta.name} has no field '${name}'.${didYouMean(name, names)} Fields: ${names.sort().join(', ')}.`,
    {
      field: name,
      hint: 'A file that was written for other models is read with ignoreNonExistent (--ignore-non-existent).',
    },
  )
}

function wrongValue(error: unknown, name: string, row: RowInFile): DeserializationError {
  return rowError(row, error instanceof Error ? error.message : String(error), { field: name, cause: error })
}
