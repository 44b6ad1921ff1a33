import {
  BooleanField,
  choiceOf,
  DecimalField,
  Field,
  ForeignKeyField,
  JsonField,
  ManyToManyField,
  type ModelMeta,
  ReverseField,
  TextField,
} from '@nuages/orm'
import { calledAt, capitalised } from '../generic/listing/called-at.ts'
import { PathValue } from './path-value.ts'

/** How a template shows a value. */
export type DisplayKind = 'text' | 'longText' | 'boolean' | 'number' | 'list' | 'file' | 'image' | 'json'

/** A value of a row, and how it is shown. */
export interface DisplayedValue {
  readonly label: string
  readonly kind: DisplayKind
  /** A template that reads it gets what it stands for. */
  readonly value: unknown
}

/** A column of a list, or a line of a row's page: a path of the model, or a member of its class. */
export class DisplayField {
  readonly name: string
  readonly label: string
  readonly kind: DisplayKind
  readonly #names: readonly string[]
  readonly #field: Field | undefined

  constructor(meta: ModelMeta, name: string) {
    this.name = name
    this.#names = name.split('__')
    const member = memberAt(meta, this.#names)
    this.#field = member instanceof Field && !(member instanceof ForeignKeyField) ? member : undefined
    this.label = capitalised(name === 'toString' ? meta.verboseName : calledAt(meta, this.#names))
    this.kind = kindOf(member)
  }

  of(row: object): DisplayedValue {
    return { label: this.label, kind: this.kind, value: this.#valueOf(row) }
  }

  #valueOf(row: object): unknown {
    const field = this.#field
    if (this.#names.length > 1 || field === undefined) return new PathValue(row, this.#names)
    const value = (row as Readonly<Record<string, unknown>>)[field.attribute]
    if (this.kind === 'json') return value === null ? null : JSON.stringify(value, null, 2)
    const choice = choiceOf(field, value)
    if (choice) return choice[1]
    // A price is 24.90, however the database writes it.
    return field instanceof DecimalField && hasPlaces(value) ? value.toFixed(field.decimalPlaces) : value
  }
}

function hasPlaces(value: unknown): value is { toFixed(places: number): string } {
  return typeof value === 'object' && value !== null && 'toFixed' in value
}

function memberAt(meta: ModelMeta, names: readonly string[]): unknown {
  const [name, ...rest] = names as [string, ...string[]]
  const target = rest.length > 0 ? meta.relation(name)?.target : undefined
  return target ? memberAt(target, rest) : meta.member(name)
}

const numbers: ReadonlySet<string> = new Set(['integer', 'bigint', 'float', 'decimal'])

function kindOf(member: unknown): DisplayKind {
  if (member instanceof ManyToManyField || (member instanceof ReverseField && !member.isSingle)) return 'list'
  if (!(member instanceof Field) || member instanceof ForeignKeyField || member.options.choices) return 'text'
  if (member instanceof BooleanField) return 'boolean'
  if (member instanceof JsonField) return 'json'
  if (member instanceof TextField) return member.factory === 'text' ? 'longText' : 'text'
  if (member.factory === 'file' || member.factory === 'image') return member.factory
  return numbers.has(member.kind) && !member.primaryKey ? 'number' : 'text'
}

/** The first fields of a form that fit into the columns of a list; `toString()` where there are none. */
export function defaultColumns(meta: ModelMeta, edited: readonly string[]): readonly string[] {
  const short = edited.filter((name) => {
    return (
      meta.member(name) !== undefined &&
      !['longText', 'list', 'json', 'file', 'image'].includes(new DisplayField(meta, name).kind)
    )
  })
  return short.length === 0 ? ['toString'] : short.slice(0, 4)
}
