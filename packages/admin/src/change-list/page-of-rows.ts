import type { ModelMeta } from '@nuages/orm'
import { counted, withSeparators } from '../model-admin/words.ts'
import type { AnyQuerySet, AnyRow } from '../options/any-model.ts'
import type { ResultCount } from '../pages/change-list-page.ts'

/** Up to how many rows are counted. Counting every row of a large table takes longer than reading a page of it. */
export const countLimit = 10_000

/** Some rows of a result, and how many it has. */
export interface PageOfRows {
  readonly rows: readonly AnyRow[]
  /** How many rows there are; where there are `many`, `countLimit`. */
  readonly count: number
  readonly many: boolean
  readonly hasNext: boolean
}

/** Reads `size` rows from place `from` on. A result that ends here is not counted; another is, up to `countLimit`. */
export async function pageOfRows(rows: AnyQuerySet, from: number, size: number): Promise<PageOfRows> {
  const found = await rows.slice(from, from + size + 1)
  const ends = found.length <= size && (found.length > 0 || from === 0)
  if (ends) return { rows: found, count: from + found.length, many: false, hasNext: false }
  const count = await rows
    .orderBy()
    .slice(0, countLimit + 1)
    .count()
  const many = count > countLimit
  return { rows: found.slice(0, size), count: many ? countLimit : count, many, hasNext: found.length > size }
}

/** `'1 post'`, `'10,000+ posts'` */
export function resultCount(meta: ModelMeta, { count, many }: PageOfRows): ResultCount {
  const text = many ? `${withSeparators(count)}+ ${meta.verboseNamePlural}` : counted(count, meta)
  return { count, many, text }
}
