import type { RawRow } from '../../backends/database.ts'
import type { Decoder, Field } from '../../fields/field.ts'
import { ByName } from '../../models/by-name.ts'
import type { FetchMode } from '../../models/fetch-mode.ts'
import { lateProperty } from '../../models/late-value.ts'
import type { ModelMeta, RuntimeModel } from '../../models/model-meta.ts'
import { partialModel } from '../../models/partial-model.ts'
import { Peers } from '../../models/peers.ts'
import { type Row, RowFiller, type RowState, stateOf } from '../../models/row.ts'
import type { RelatedColumns, ResultColumns } from '../compile/select-list.ts'

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
  readonly #late: readonly (PropertyDescriptor | undefined)[]
  readonly #start: number
  readonly #key: number
  readonly #annotations: readonly { name: string; at: number; decode: Decoder | null }[]
  readonly #related: readonly { name: string; reader: InstanceReader }[]
  readonly #knowsPeers: boolean
  /** Where each column that was read stands among the model's fields, where some were not. */
  readonly #places: readonly number[] | undefined
  readonly #width: number
  #raw: RawRow = []
  #alias = ''
  #fetchMode: FetchMode | undefined
  #made: Row[] = []

  constructor(
    meta: ModelMeta,
    columns: Pick<RelatedColumns, 'start' | 'loaded' | 'related'>,
    bigints: boolean,
    annotations: readonly { name: string; at: number; decode: Decoder | null }[] = [],
  ) {
    super()
    const { start, loaded, related } = columns
    const fields = loaded ?? meta.fields
    const missing = loaded ? meta.fields.filter((field) => !loaded.includes(field)) : []
    this.#model = loaded ? partialModel(meta, missing) : meta.model
    this.#places = loaded?.map((field) => meta.fields.indexOf(field))
    this.#width = meta.fields.length
    this.#names = fields.map((field) => field.attribute)
    this.#decoders = fields.map((field) => columnDecoder(field, bigints))
    this.#late = fields.map((field) => (field.readsLate ? lateProperty(field, meta.fields.indexOf(field)) : undefined))
    this.#start = start
    this.#key = start + fields.indexOf(meta.keyFields[0]!)
    this.#annotations = annotations
    this.#related = related.map((below) => ({
      name: below.name,
      reader: new InstanceReader(below.meta, below, bigints),
    }))
    const relations = meta.foreignKeys.length + meta.manyToMany.length + meta.reverses.length
    this.#knowsPeers = relations > 0 || missing.length > 0
  }

  begin(alias: string, fetchMode: FetchMode | undefined): void {
    this.#alias = alias
    this.#fetchMode = fetchMode
    this.#made = []
    for (const { reader } of this.#related) reader.begin(alias, fetchMode)
  }

  /** The instance in a row, or `null` where an outer join found none. */
  read(raw: RawRow): Row | null {
    if (raw[this.#key] === null) return null
    this.#raw = raw
    const row = new this.#model(this) as Row
    if (this.#related.length > 0) {
      const related = new ByName<unknown>()
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
    const isShared = this.#fetchMode === undefined || this.#fetchMode === 'peers'
    if (this.#knowsPeers && isShared && made.length > 1) {
      for (const peers of Peers.of(made)) for (const row of peers.rows as readonly Row[]) stateOf(row).peers = peers
    }
    for (const { reader } of this.#related) reader.end()
    return made
  }

  /** Of a row that lacks columns, what was read stands where it would of a whole one. */
  #keepPart(state: RowState, places: readonly number[]): void {
    const original = new Array<unknown>(this.#width)
    for (let index = 0; index < places.length; index++) original[places[index]!] = this.#raw[this.#start + index]
    state.original = original
    state.originalAt = 0
    state.partial = true
  }

  fill(row: Row): void {
    const raw = this.#raw
    const start = this.#start
    const names = this.#names
    const decoders = this.#decoders
    const late = this.#late
    const state = stateOf(row)
    state.alias = this.#alias
    state.stored = true
    if (this.#fetchMode !== undefined) state.fetchMode = this.#fetchMode
    if (this.#places === undefined) {
      state.original = raw
      state.originalAt = start
    } else this.#keepPart(state, this.#places)
    state.raw = state.original
    state.rawAt = state.originalAt
    const target = row as unknown as Record<string, unknown>
    for (let index = 0; index < names.length; index++) {
      const value = raw[start + index]
      const name = names[index]!
      const decode = decoders[index]!
      const property = late[index]
      if (value === null || decode === null) target[name] = value
      else if (property === undefined) target[name] = decode(value as never)
      else Object.defineProperty(target, name, property)
    }
    for (const { name, at, decode } of this.#annotations) {
      const value = raw[at]
      target[name] = value === null || decode === null ? value : decode(value as never)
    }
  }
}

/** Turns a result into what the caller sees. */
export interface ResultReader {
  read(rows: readonly RawRow[], alias: string, fetchMode?: FetchMode): unknown[]
}

export function instanceReader(meta: ModelMeta, columns: ResultColumns, bigints: boolean): ResultReader {
  const annotations = columns.annotations.map(({ name, at }) => {
    return { name, at, decode: columnDecoder(columns.fields[at]!, bigints) }
  })
  const reader = new InstanceReader(meta, { ...columns, start: 0 }, bigints, annotations)
  return {
    read(rows, alias, fetchMode) {
      reader.begin(alias, fetchMode)
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
