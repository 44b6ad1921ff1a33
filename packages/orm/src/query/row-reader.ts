import type { RawRow } from '../backends/database.ts'
import type { Decoder, Field } from '../fields/field.ts'
import type { ModelMeta, RuntimeModel } from '../models/model-meta.ts'
import { Peers } from '../models/peers.ts'
import { type Row, RowFiller, stateOf } from '../models/row.ts'
import type { RelatedColumns, ResultColumns } from './compile-select.ts'

/** What reads a column: the field's decoder, after making a number of what came as a bigint for another column's sake. */
export function columnDecoder(field: Field, bigints: boolean): Decoder | null {
  const decode = field.decoder()
  const isNumber =
    field.kind === 'integer' || field.kind === 'float' || field.kind === 'boolean' || field.kind === 'decimal'
  if (!bigints || !isNumber) return decode
  const toNumber: Decoder = (raw) => (typeof raw === 'bigint' ? Number(raw) : raw)
  return decode === null ? toNumber : (raw) => decode(toNumber(raw) as never)
}

/** Makes instances of one model from a part of each row, and those of the relations selected with it. */
class InstanceReader extends RowFiller {
  readonly #model: RuntimeModel
  readonly #names: readonly string[]
  readonly #decoders: readonly (Decoder | null)[]
  readonly #start: number
  readonly #key: number
  readonly #annotations: readonly { name: string; at: number; decode: Decoder | null }[]
  readonly #related: readonly { name: string; reader: InstanceReader }[]
  readonly #hasRelations: boolean
  #raw: RawRow = []
  #alias = ''
  #made: Row[] = []

  constructor(
    meta: ModelMeta,
    start: number,
    related: readonly RelatedColumns[],
    bigints: boolean,
    annotations: readonly { name: string; at: number; decode: Decoder | null }[] = [],
  ) {
    super()
    this.#model = meta.model
    this.#names = meta.fields.map((field) => field.attribute)
    this.#decoders = meta.fields.map((field) => columnDecoder(field, bigints))
    this.#start = start
    this.#key = start + meta.fields.indexOf(meta.pk)
    this.#annotations = annotations
    this.#related = related.map((below) => ({
      name: below.name,
      reader: new InstanceReader(below.meta, below.start, below.related, bigints),
    }))
    this.#hasRelations = meta.foreignKeys.length + meta.manyToMany.length + meta.reverses.length > 0
  }

  begin(alias: string): void {
    this.#alias = alias
    this.#made = []
    for (const { reader } of this.#related) reader.begin(alias)
  }

  /** The instance in a row, or `null` where an outer join found none. */
  read(raw: RawRow): Row | null {
    if (raw[this.#key] === null) return null
    this.#raw = raw
    const row = new this.#model(this) as Row
    if (this.#related.length > 0) {
      const related = new Map<string, unknown>()
      for (const { name, reader } of this.#related) related.set(name, reader.read(raw))
      stateOf(row).related = related
    }
    this.#made.push(row)
    return row
  }

  /** Makes the rows of one result known to each other. */
  end(): readonly Row[] {
    const made = this.#made
    this.#made = []
    if (this.#hasRelations && made.length > 1) {
      for (const peers of Peers.of(made)) for (const row of peers.rows as readonly Row[]) stateOf(row).peers = peers
    }
    for (const { reader } of this.#related) reader.end()
    return made
  }

  fill(row: Row): void {
    const raw = this.#raw
    const start = this.#start
    const names = this.#names
    const decoders = this.#decoders
    const state = stateOf(row)
    state.alias = this.#alias
    state.stored = true
    state.original = raw
    state.originalAt = start
    const target = row as unknown as Record<string, unknown>
    for (let index = 0; index < names.length; index++) {
      const value = raw[start + index]
      const decode = decoders[index]!
      target[names[index]!] = value === null || decode === null ? value : decode(value as never)
    }
    for (const { name, at, decode } of this.#annotations) {
      const value = raw[at]
      target[name] = value === null || decode === null ? value : decode(value as never)
    }
  }
}

/** Turns a result into what the caller sees. */
export interface ResultReader {
  read(rows: readonly RawRow[], alias: string): unknown[]
}

export function instanceReader(meta: ModelMeta, columns: ResultColumns, bigints: boolean): ResultReader {
  const annotations = columns.annotations.map(({ name, at }) => {
    return { name, at, decode: columnDecoder(columns.fields[at]!, bigints) }
  })
  const reader = new InstanceReader(meta, 0, columns.related, bigints, annotations)
  return {
    read(rows, alias) {
      reader.begin(alias)
      for (const raw of rows) reader.read(raw)
      return reader.end() as unknown[]
    },
  }
}

/** Rows as plain objects, for `values`. */
export function valuesReader(columns: ResultColumns, bigints: boolean): ResultReader {
  const names = columns.selected!
  const decoders = columns.fields.map((field) => columnDecoder(field, bigints))
  return {
    read: (rows) =>
      rows.map((raw) => {
        const value: Record<string, unknown> = {}
        for (let index = 0; index < names.length; index++) {
          const decode = decoders[index]!
          const cell = raw[index]
          value[names[index]!] = cell === null || decode === null ? cell : decode(cell as never)
        }
        return value
      }),
  }
}
