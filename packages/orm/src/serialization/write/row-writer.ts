import { FieldValueError } from '../../errors.ts'
import type { Field } from '../../fields/field.ts'
import { FileField } from '../../fields/files/file-field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import type { Row } from '../../models/row.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import type { ManyToManyField } from '../../relations/many-to-many.ts'
import { SerializationError } from '../errors.ts'
import { isWrittenWithRow, membersByName, modelNameInFile, nameInFile } from '../file-names.ts'
import { hasNaturalKey } from '../natural-key.ts'
import { documentOf } from './document.ts'
import { type PlainWriter, plainWriter } from './plain-value.ts'
import type { RelatedKeys } from './related-keys.ts'

export interface RowWriterOptions {
  /** The fields to write, by either of their names; all unless told. */
  readonly fields?: readonly string[] | undefined
  /** Names rows of other models by their natural keys, where they have some. */
  readonly useNaturalForeignKeys?: boolean | undefined
  /** Leaves the primary key out, where the row has a natural one. */
  readonly useNaturalPrimaryKeys?: boolean | undefined
}

/** An object of a file, as `JSON.stringify` takes it. */
export interface WrittenObject {
  readonly model: string
  readonly pk?: unknown
  readonly fields: Readonly<Record<string, unknown>>
}

interface WrittenField {
  readonly name: string
  readonly field: Field
  readonly write: PlainWriter
  /** Its related row is named by a natural key. */
  readonly natural: boolean
}

type Values = Readonly<Record<string, unknown>>

/** What makes objects of the rows of one model. */
export class RowWriter {
  readonly meta: ModelMeta
  /** The foreign keys whose rows must be loaded, to be named by their natural keys. */
  readonly naturalKeys: readonly ForeignKeyField[]
  readonly manyToMany: readonly ManyToManyField[]
  readonly #name: string
  readonly #key: PlainWriter | undefined
  readonly #fields: readonly WrittenField[]
  readonly #many: readonly (readonly [name: string, member: ManyToManyField])[]

  constructor(meta: ModelMeta, options: RowWriterOptions) {
    const chosen = options.fields && chosenMembers(meta, options.fields)
    const isChosen = (member: unknown): boolean => chosen?.has(member) ?? true
    const isNatural = (field: Field): boolean =>
      (options.useNaturalForeignKeys ?? false) && field instanceof ForeignKeyField && hasNaturalKey(field.target)
    // A key that is another row's is named as that row is.
    const leavesKeyOut = ((options.useNaturalPrimaryKeys ?? false) && hasNaturalKey(meta)) || isNatural(meta.pk)
    this.meta = meta
    this.#name = modelNameInFile(meta)
    this.#key = leavesKeyOut ? undefined : plainWriter(meta.pk)
    this.#fields = meta.fields
      // A key that is itself a relation says something beyond the key.
      .filter((field) => field !== meta.pk || (leavesKeyOut && field instanceof ForeignKeyField))
      .filter((field) => !field.generated && isChosen(field))
      .map((field) => ({ name: nameInFile(field), field, write: plainWriter(field), natural: isNatural(field) }))
    this.naturalKeys = this.#fields.filter(({ natural }) => natural).map(({ field }) => field as ForeignKeyField)
    this.manyToMany = meta.manyToMany.filter((member) => isWrittenWithRow(member) && isChosen(member))
    this.#many = this.manyToMany.map((member) => [nameInFile(member), member])
  }

  write(row: Row, related: RelatedKeys): WrittenObject {
    const fields: Record<string, unknown> = {}
    for (const { name, field, write, natural } of this.#fields) {
      fields[name] = (natural ? related.naturalKey(row, field) : undefined) ?? this.#value(row, field, write)
    }
    for (const [name, member] of this.#many) fields[name] = related.keys(row, member)
    if (this.#key === undefined) return { model: this.#name, fields }
    return { model: this.#name, pk: this.#plain(row, 'pk', this.#key, (row as unknown as Values)['pk']), fields }
  }

  #value(row: Row, field: Field, write: PlainWriter): unknown {
    const value = (row as unknown as Values)[field.attribute]
    if (field.kind === 'json') return documentOf(row, field, value)
    if (value === null && field instanceof FileField) return ''
    return this.#plain(row, field.name, write, value)
  }

  #plain(row: Row, name: string, write: PlainWriter, value: unknown): unknown {
    if (value === null || value === undefined) return null
    try {
      return write(value)
    } catch (error) {
      const problem = error instanceof FieldValueError ? error : new FieldValueError(name, 'a value of its type', value)
      throw new SerializationError(`${String(row)} (${this.#name}) cannot be written: ${problem.message}`, {
        cause: error,
      })
    }
  }
}

function chosenMembers(meta: ModelMeta, names: readonly string[]): ReadonlySet<unknown> {
  const members = membersByName(meta)
  return new Set(names.map((name) => members.get(name)).filter((member) => member !== undefined))
}
