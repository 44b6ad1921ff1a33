import type { Database } from '../backends/database.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import type { Row } from '../models/row.ts'
import { namesOf, unknownName } from '../query/lookup-path.ts'
import { loadRelation } from './load-related.ts'

/** Loads relations for rows and for what they lead to, a query each: `'posts__tags'` is two. Throws `FieldError`. */
export async function prefetch(
  meta: ModelMeta,
  rows: readonly Row[],
  paths: readonly string[],
  db: Database,
): Promise<void> {
  for (const path of paths) {
    let level = rows
    let of = meta
    for (const name of namesOf(path, 'prefetchRelated')) {
      const relation = of.relation(name)
      if (!relation) throw unknownName(of, name, `prefetchRelated '${path}'`)
      level = level.length === 0 ? level : [...new Set(await loadRelation(relation, level, db))]
      of = relation.target
    }
  }
}
