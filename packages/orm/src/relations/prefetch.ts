import type { Database } from '../backends/database.ts'
import { database } from '../backends/registry.ts'
import { FieldError, QueryError } from '../errors.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import { type Row, stateOf } from '../models/row.ts'
import { metaOf } from '../models/save-row.ts'
import { namesOf, unknownName } from '../query/lookup-path.ts'
import { ForeignKeyField } from './foreign-key.ts'
import { loadRelation } from './load-related.ts'
import { PrefetchRequest } from './prefetch-request.ts'
import { ReverseField } from './reverse.ts'

/** Rows that a path has reached, and under which name the next part of a path leads on from them. */
interface Level {
  readonly meta: ModelMeta
  readonly rows: readonly Row[]
  /** Relations that were loaded to an attribute of their own. */
  readonly aliases: Map<string, Level>
}

/** Loads relations for rows and for what they lead to, a query each: `'posts__tags'` is two. Throws `FieldError`. */
export async function prefetch(
  meta: ModelMeta,
  rows: readonly Row[],
  requests: readonly (string | PrefetchRequest)[],
  db: Database,
): Promise<void> {
  const top: Level = { meta, rows, aliases: new Map() }
  const levels = new Map<string, Level>()
  for (const request of requests) await follow(top, levels, request, db)
}

/** `levels` are those that were reached already, by the path to them. */
async function follow(
  top: Level,
  levels: Map<string, Level>,
  request: string | PrefetchRequest,
  db: Database,
): Promise<void> {
  const path = request instanceof PrefetchRequest ? request.path : request
  const names = namesOf(path, 'prefetchRelated')
  let level = top
  for (const [at, name] of names.entries()) {
    const isLast = at === names.length - 1
    const own = isLast && request instanceof PrefetchRequest ? request : undefined
    const key = [...names.slice(0, at), own?.toAttr ?? name].join('__')
    const known = levels.get(key) ?? level.aliases.get(name)
    if (known && own?.source) {
      throw new QueryError(
        `prefetchRelated asks for '${path}' twice, once with another queryset: name it once, or give one a toAttr.`,
      )
    }
    const next = known ?? (await load(level, name, path, own, db))
    levels.set(key, next)
    if (own?.toAttr !== undefined) level.aliases.set(own.toAttr, next)
    level = next
  }
}

async function load(
  level: Level,
  name: string,
  path: string,
  request: PrefetchRequest | undefined,
  db: Database,
): Promise<Level> {
  const relation = level.meta.relation(name)
  if (!relation) throw unknownName(level.meta, name, `prefetchRelated '${path}'`)
  const toAttr = request?.toAttr
  if (toAttr !== undefined && level.meta.member(toAttr)) {
    throw new FieldError(
      `Prefetch('${path}', …, { toAttr: '${toAttr}' }) conflicts with a field of ${level.meta.name}: choose another name.`,
    )
  }
  const source = request?.source
  if (source && source.query.meta !== relation.target) {
    throw new QueryError(
      `Prefetch('${path}') leads to ${relation.target.name}, but its queryset is one of ${source.query.meta.name}.`,
    )
  }
  const found = level.rows.length === 0 ? [] : await loadRelation(relation, level.rows, db, { source, toAttr })
  // A row that holds the key leads back to one row alone, so that none of them is found twice.
  const isDistinct = relation instanceof ReverseField && relation.field instanceof ForeignKeyField
  const rows = isDistinct ? found : [...new Set(found)]
  if (source && source.prefetch.length > 0) {
    await prefetch(relation.target, rows, source.prefetch, source.alias === undefined ? db : database(source.alias))
  }
  return { meta: relation.target, rows, aliases: new Map() }
}

/** Loads relations for rows that are at hand, all of one model. Django's `prefetch_related_objects`. */
export async function prefetchRelatedObjects(
  rows: readonly object[],
  ...requests: readonly (string | PrefetchRequest)[]
): Promise<void> {
  const [first] = rows as readonly Row[]
  if (!first) return
  const meta = metaOf(first)
  const other = rows.find((row) => metaOf(row) !== meta)
  if (other) {
    throw new QueryError(
      `prefetchRelatedObjects takes rows of one model, got ${meta.name} and ${metaOf(other).name}: call it for each.`,
    )
  }
  await prefetch(meta, rows as readonly Row[], requests, database(stateOf(first).alias))
}
