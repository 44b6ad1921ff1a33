import { database } from '../backends/registry.ts'
import { QueryError } from '../errors.ts'
import type { Field } from '../fields/field.ts'
import { withColumn } from '../query/build/build-query.ts'
import { selectRows } from '../query/execute/select.ts'
import { asQuery, type Query, type QuerySource, rootQuery } from '../query/query.ts'
import { blockOf, isUndone } from '../transactions/atomic-block.ts'
import { deferredFields, goneError } from './deferred.ts'
import type { ModelMeta } from './model-meta.ts'
import { type Row, stateOf } from './row.ts'
import { metaOf } from './save-row.ts'

export interface RefreshOptions {
  readonly using?: string | undefined
  /** Columns and relations to read again; all that were loaded where it is left out. */
  readonly fields?: readonly string[] | undefined
  /** Where the row is looked for: `selectRelated`, `selectForUpdate` and what is annotated there count. */
  readonly fromQueryset?: QuerySource | undefined
}

type Values = Record<string, unknown>

/** Reads a row again, and forgets relations that were loaded. Throws the model's `DoesNotExist`. */
export async function refreshRow(row: Row, options: RefreshOptions = {}): Promise<void> {
  const meta = metaOf(row)
  const own = stateOf(row)
  const db = database(options.using ?? own.alias)
  const wanted = options.fields && names(meta, options.fields)
  if (wanted && wanted.columns.length === 0) return forget(row, wanted.relations)
  const key = (row as unknown as Values)[meta.pk.attribute]
  const from: Query = options.fromQueryset?.[asQuery]() ?? rootQuery(meta.model)
  const query = withColumn(from, { steps: [], field: meta.pk, relation: undefined }, [key])
  const [fresh] = (await selectRows(query, db)) as Row[]
  if (!fresh) throw goneError(meta, key)

  const missing = new Set(wanted ? [] : deferredFields(row))
  const columns = wanted?.columns ?? meta.fields.filter((field) => !missing.has(field))
  for (const field of columns) {
    if (Object.hasOwn(fresh, field.attribute))
      (row as unknown as Values)[field.attribute] = (fresh as unknown as Values)[field.attribute]
  }
  takeOriginal(row, fresh, meta, columns, wanted !== undefined)
  own.alias = db.alias
  own.stored = true
  if (wanted) return forget(row, [...wanted.relations, ...columns.map((field) => field.name)])
  own.related = stateOf(fresh).related
  own.prefetched = undefined
  own.heldSince = blockOf(db)?.fate
}

/** What the database holds by now, as far as it was read. */
function takeOriginal(row: Row, fresh: Row, meta: ModelMeta, columns: readonly Field[], some: boolean): void {
  const own = stateOf(row)
  const { original, originalAt } = stateOf(fresh)
  if (!some) {
    own.original = original
    own.originalAt = originalAt
    return
  }
  const { original: before, originalAt: beforeAt } = own
  if (!before || !original || isUndone(own.heldSince)) return
  own.original = meta.fields.map((field, index) =>
    columns.includes(field) ? original[originalAt + index] : before[beforeAt + index],
  )
  own.originalAt = 0
}

function names(meta: ModelMeta, given: readonly string[]): { columns: Field[]; relations: string[] } {
  const columns: Field[] = []
  const relations: string[] = []
  for (const name of given) {
    const field = meta.field(name)
    if (field) columns.push(field)
    else if (meta.relation(name)) relations.push(name)
    else throw new QueryError(`refreshFromDb({ fields }) of ${meta.name}: there is no field '${name}'.`)
  }
  return { columns, relations }
}

function forget(row: Row, relations: readonly string[]): void {
  const own = stateOf(row)
  for (const name of relations) {
    own.related?.delete(name)
    own.prefetched?.delete(name)
  }
}
