import type { Database } from '../backends/database.ts'
import { database } from '../backends/registry.ts'
import type { Field } from '../fields/field.ts'
import { ByName } from '../models/by-name.ts'
import { loadDeferred } from '../models/deferred.ts'
import type { Relation } from '../models/model-meta.ts'
import { Reference, type Row, stateOf } from '../models/row.ts'
import { Unsaved } from '../models/unsaved.ts'
import { withColumn } from '../query/build/build-query.ts'
import { backwardStep } from '../query/compile/join-step.ts'
import { selectBeside, selectRows } from '../query/execute/select.ts'
import type { ColumnPath } from '../query/lookup-path.ts'
import { isSliced, type Query, rootQuery } from '../query/query.ts'
import { ForeignKeyField } from './foreign-key.ts'
import { ManyToManyField } from './many-to-many.ts'
import { sliceForEach } from './slice-for-each.ts'

type Values = Record<string, unknown>

export interface LoadOptions {
  /** Where the related rows are taken from; all rows of their model unless told. */
  readonly source?: { readonly query: Query; readonly alias: string | undefined } | undefined
  /** The property that keeps them, in place of the relation's own. */
  readonly toAttr?: string | undefined
}

/** Keys a statement takes at once: databases limit their parameters. */
const chunkSize = 10_000

const valuesOf = (row: Row): Values => row as unknown as Values

function relatedOf(row: Row): ByName<unknown> {
  const own = stateOf(row)
  own.related ??= new ByName()
  return own.related
}

/** Rows that a manager has loaded for its row, by the relation's name. */
function prefetchedOf(row: Row): ByName<readonly Row[]> {
  const own = stateOf(row)
  own.prefetched ??= new ByName()
  return own.prefetched
}

/** The related row that is there without asking: loaded or assigned, and still the one the key names. */
export function loadedRow(row: Row, field: ForeignKeyField): Row | null | undefined {
  const key = valuesOf(row)[field.attribute]
  const cached = stateOf(row).related?.get(field.name)
  if (cached instanceof Unsaved) return key === null ? cached.row : undefined
  if (key === null || key === undefined) return null
  if (!cached || cached instanceof Reference) return undefined
  return valuesOf(cached as Row)[field.target.pk.attribute] === key ? (cached as Row) : undefined
}

/** Loads a relation for rows that do not have it yet, in one query; returns the related rows. */
export async function loadRelation(
  relation: Relation,
  rows: readonly Row[],
  db: Database,
  options: LoadOptions = {},
): Promise<Row[]> {
  const load = new RelationLoad(relation, rows, db, options)
  if (relation instanceof ForeignKeyField) return load.forward(relation)
  if (relation instanceof ManyToManyField) return load.pairs(relation.sourceKey, relation.targetKey)
  const { field } = relation
  if (field instanceof ManyToManyField) return load.pairs(field.targetKey, field.sourceKey)
  return load.backward(field)
}

/** One relation of some rows, while its rows are read. */
class RelationLoad {
  readonly #relation: Relation
  readonly #rows: readonly Row[]
  readonly #db: Database
  readonly #query: Query
  readonly #toAttr: string | undefined
  readonly #isWhole: boolean

  constructor(relation: Relation, rows: readonly Row[], db: Database, { source, toAttr }: LoadOptions) {
    this.#relation = relation
    this.#rows = rows
    this.#db = source?.alias === undefined ? db : database(source.alias)
    const { fetchMode } = rows[0] ? stateOf(rows[0]) : {}
    const query = source?.query ?? rootQuery(relation.target.model)
    this.#query = fetchMode === undefined || query.fetchMode !== undefined ? query : { ...query, fetchMode }
    this.#toAttr = toAttr
    this.#isWhole = source === undefined
  }

  async forward(field: ForeignKeyField): Promise<Row[]> {
    await loadDeferred(this.#rows, [field])
    const missing = this.#rows.filter((row) => !this.#hasOne(row, () => loadedRow(row, field) !== undefined))
    const keys = [...new Set(missing.map((row) => valuesOf(row)[field.attribute]))].filter(isKey)
    const { pk } = field.target
    const base = this.#isWhole ? { ...this.#query, ordering: [], shape: 'unordered' } : this.#query
    const found = new Map<unknown, Row>()
    for (const row of await this.#select(base, { steps: [], field: pk, relation: undefined }, keys)) {
      found.set(valuesOf(row)[pk.attribute], row)
    }
    for (const row of missing) {
      const related = found.get(valuesOf(row)[field.attribute])
      if (this.#toAttr !== undefined) valuesOf(row)[this.#toAttr] = related ?? null
      else if (related) relatedOf(row).set(field.name, related)
    }
    return this.#rows.map((row) => this.#one(row, () => loadedRow(row, field))).filter((row) => row !== null)
  }

  async backward(key: ForeignKeyField): Promise<Row[]> {
    const { name } = this.#relation
    const missing = key.isOneToOne
      ? this.#rows.filter((row) => !this.#hasOne(row, () => stateOf(row).related?.has(name) ?? false))
      : this.#rows.filter((row) => !this.#hasMany(row))
    const grouped = this.#groups(missing, key.target.pk)
    const keys = [...grouped.keys()].filter(isKey)
    for (const found of await this.#select(this.#query, { steps: [], field: key, relation: undefined }, keys)) {
      grouped.get(valuesOf(found)[key.attribute])?.push(found)
    }
    for (const row of missing) {
      const found = grouped.get(valuesOf(row)[key.target.pk.attribute]) ?? []
      for (const one of found) relatedOf(one).set(key.name, row)
      if (!key.isOneToOne) this.#keep(row, found)
      else if (this.#toAttr === undefined) relatedOf(row).set(name, found[0] ?? null)
      else valuesOf(row)[this.#toAttr] = found[0] ?? null
    }
    if (!key.isOneToOne) return this.#rows.flatMap((row) => this.#many(row))
    return this.#rows
      .map((row) => this.#one(row, () => relatedOf(row).get(name) as Row | null))
      .filter((row) => row !== null)
  }

  /** Rows over a table of pairs: `near` is the key of the rows at hand, `far` that of the others. */
  async pairs(near: ForeignKeyField, far: ForeignKeyField): Promise<Row[]> {
    const missing = this.#rows.filter((row) => !this.#hasMany(row))
    const { pk } = near.target
    const path = pairPath(near, far)
    const beside = { type: 'column', path, output: near } as const
    const grouped = this.#groups(missing, pk)
    for (const chunk of chunks([...grouped.keys()].filter(isKey))) {
      const asked = this.#asked(this.#query, path, chunk)
      const { rows, beside: keys } = await selectBeside({ ...asked, beside, shape: `${asked.shape} beside` }, this.#db)
      for (const [index, row] of rows.entries()) grouped.get(readKey(near, keys[index]))?.push(row as Row)
    }
    for (const row of missing) this.#keep(row, grouped.get(valuesOf(row)[pk.attribute]) ?? [])
    return this.#rows.flatMap((row) => this.#many(row))
  }

  #groups(rows: readonly Row[], pk: Field): Map<unknown, Row[]> {
    return new Map(rows.map((row) => [valuesOf(row)[pk.attribute], []]))
  }

  async #select(base: Query, path: ColumnPath, keys: readonly unknown[]): Promise<Row[]> {
    const found: Row[][] = []
    for (const chunk of chunks(keys)) {
      found.push((await selectRows(this.#asked(base, path, chunk), this.#db)) as Row[])
    }
    return found.length === 1 ? found[0]! : found.flat()
  }

  /** The rows that these keys lead to; of a slice, that many for each of them. */
  #asked(base: Query, path: ColumnPath, keys: readonly unknown[]): Query {
    if (isSliced(base)) return sliceForEach(base, path, keys)
    return withColumn(base, path, keys, base === this.#query && path.steps.length > 0)
  }

  #hasOne(row: Row, otherwise: () => boolean): boolean {
    return this.#toAttr === undefined ? otherwise() : Object.hasOwn(row, this.#toAttr)
  }

  #one(row: Row, otherwise: () => Row | null | undefined): Row | null {
    return (this.#toAttr === undefined ? otherwise() : (valuesOf(row)[this.#toAttr] as Row | null)) ?? null
  }

  #hasMany(row: Row): boolean {
    if (this.#toAttr !== undefined) return Object.hasOwn(row, this.#toAttr)
    return stateOf(row).prefetched?.has(this.#relation.name) ?? false
  }

  #many(row: Row): readonly Row[] {
    return this.#toAttr === undefined
      ? prefetchedOf(row).get(this.#relation.name)!
      : (valuesOf(row)[this.#toAttr] as Row[])
  }

  #keep(row: Row, found: readonly Row[]): void {
    if (this.#toAttr === undefined) prefetchedOf(row).set(this.#relation.name, found)
    else valuesOf(row)[this.#toAttr] = found
  }
}

function isKey(value: unknown): boolean {
  return value !== null && value !== undefined
}

/** From the far rows back over the table of pairs to the key of the near ones. */
export function pairPath(near: ForeignKeyField, far: ForeignKeyField): ColumnPath {
  return { steps: [backwardStep(far)], field: near, relation: undefined }
}

function readKey(key: Field, raw: unknown): unknown {
  const decode = key.decoder()
  if (decode) return decode(raw as never)
  return typeof raw === 'bigint' && !key.readsBigints ? Number(raw) : raw
}

function* chunks(values: readonly unknown[]): Generator<readonly unknown[]> {
  for (let start = 0; start < values.length; start += chunkSize) yield values.slice(start, start + chunkSize)
}
