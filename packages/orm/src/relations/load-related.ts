import type { Database } from '../backends/database.ts'
import type { Field } from '../fields/field.ts'
import type { Relation } from '../models/model-meta.ts'
import { Reference, type Row, stateOf } from '../models/row.ts'
import { Unsaved } from '../models/unsaved.ts'
import { withColumn } from '../query/build-query.ts'
import { backwardStep } from '../query/join-step.ts'
import type { ColumnPath } from '../query/lookup-path.ts'
import { rootQuery } from '../query/query.ts'
import { selectBeside, selectRows } from '../query/select.ts'
import { ForeignKeyField } from './foreign-key.ts'
import { ManyToManyField } from './many-to-many.ts'

type Values = Record<string, unknown>

/** Keys a statement takes at once: databases limit their parameters. */
const chunkSize = 10_000

const valuesOf = (row: Row): Values => row as unknown as Values

function relatedOf(row: Row): Map<string, unknown> {
  const own = stateOf(row)
  own.related ??= new Map()
  return own.related
}

/** Rows that a manager has loaded for its row, by the relation's name. */
function prefetchedOf(row: Row): Map<string, readonly Row[]> {
  const own = stateOf(row)
  own.prefetched ??= new Map()
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
export function loadRelation(relation: Relation, rows: readonly Row[], db: Database): Promise<Row[]> {
  if (relation instanceof ForeignKeyField) return loadForward(relation, rows, db)
  if (relation instanceof ManyToManyField) {
    return loadPairs(relation, relation.sourceKey, relation.targetKey, rows, db)
  }
  const { field } = relation
  if (field instanceof ManyToManyField) return loadPairs(relation, field.targetKey, field.sourceKey, rows, db)
  return loadBackward(relation, field, rows, db)
}

async function loadForward(field: ForeignKeyField, rows: readonly Row[], db: Database): Promise<Row[]> {
  const missing = rows.filter((row) => loadedRow(row, field) === undefined)
  const keys = unique(missing.map((row) => valuesOf(row)[field.attribute]))
  const { target } = field
  const path: ColumnPath = { steps: [], field: target.pk, relation: undefined }
  const found = new Map<unknown, Row>()
  for (const chunk of chunks(keys)) {
    const asked = withColumn(rootQuery(target.model), path, chunk)
    const query = { ...asked, ordering: [], shape: `${asked.shape} unordered` }
    for (const row of (await selectRows(query, db)) as Row[]) found.set(valuesOf(row)[target.pk.attribute], row)
  }
  for (const row of missing) {
    const related = found.get(valuesOf(row)[field.attribute])
    if (related) relatedOf(row).set(field.name, related)
  }
  return rows.map((row) => loadedRow(row, field)).filter((row) => row !== null && row !== undefined)
}

async function loadBackward(
  relation: Relation,
  key: ForeignKeyField,
  rows: readonly Row[],
  db: Database,
): Promise<Row[]> {
  const missing = rows.filter((row) =>
    key.isOneToOne ? !stateOf(row).related?.has(relation.name) : !stateOf(row).prefetched?.has(relation.name),
  )
  const pk = key.target.pk.attribute
  const path: ColumnPath = { steps: [], field: key, relation: undefined }
  const grouped = new Map<unknown, Row[]>(missing.map((row) => [valuesOf(row)[pk], []]))
  for (const chunk of chunks([...grouped.keys()].filter((value) => value !== null))) {
    for (const found of (await selectRows(withColumn(rootQuery(key.meta.model), path, chunk), db)) as Row[]) {
      grouped.get(valuesOf(found)[key.attribute])?.push(found)
    }
  }
  for (const row of missing) {
    const found = grouped.get(valuesOf(row)[pk]) ?? []
    for (const one of found) relatedOf(one).set(key.name, row)
    if (key.isOneToOne) relatedOf(row).set(relation.name, found[0] ?? null)
    else prefetchedOf(row).set(relation.name, found)
  }
  if (key.isOneToOne)
    return rows.map((row) => relatedOf(row).get(relation.name) as Row | null).filter((row) => row !== null)
  return rows.flatMap((row) => prefetchedOf(row).get(relation.name)!)
}

/** Rows over a table of pairs: `near` is the key of the rows at hand, `far` that of the others. */
async function loadPairs(
  relation: Relation,
  near: ForeignKeyField,
  far: ForeignKeyField,
  rows: readonly Row[],
  db: Database,
): Promise<Row[]> {
  const missing = rows.filter((row) => !stateOf(row).prefetched?.has(relation.name))
  const pk = near.target.pk.attribute
  const path = pairPath(near, far)
  const beside = { type: 'column', path, output: near } as const
  const grouped = new Map<unknown, Row[]>(missing.map((row) => [valuesOf(row)[pk], []]))
  for (const chunk of chunks([...grouped.keys()].filter((value) => value !== null))) {
    const asked = withColumn(rootQuery(far.target.model), path, chunk)
    const { rows: found, beside: keys } = await selectBeside({ ...asked, beside, shape: `${asked.shape} beside` }, db)
    for (const [index, row] of found.entries()) grouped.get(readKey(near, keys[index]))?.push(row as Row)
  }
  for (const row of missing) prefetchedOf(row).set(relation.name, grouped.get(valuesOf(row)[pk]) ?? [])
  return rows.flatMap((row) => prefetchedOf(row).get(relation.name)!)
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

function unique(values: readonly unknown[]): unknown[] {
  return [...new Set(values)]
}

function* chunks(values: readonly unknown[]): Generator<readonly unknown[]> {
  for (let start = 0; start < values.length; start += chunkSize) yield values.slice(start, start + chunkSize)
}
