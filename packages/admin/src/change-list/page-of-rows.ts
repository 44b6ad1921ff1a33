import { type ModelMeta, rowsAndCount } from '@nuages/orm'
import { counted as inWords, withSeparators } from '../model-admin/words.ts'
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

/**
 * Reads `size` rows from place `from` on. `isWhole` says that nothing narrows the rows: then counting costs next to nothing and
 * comes with the rows, in one statement. Narrowed rows are counted where they go on beyond the page, since the database may
 * look at every row for either.
 */
export async function pageOfRows(rows: AnyQuerySet, from: number, size: number, isWhole: boolean): Promise<PageOfRows> {
  const slice = rows.slice(from, from + size + 1)
  if (isWhole) {
    const { rows: found, count } = await rowsAndCount(slice, countLimit + 1)
    return pageOf(found as AnyRow[], from, size, count ?? (await counted(rows)))
  }
  const found = await slice
  const ends = found.length <= size && (found.length > 0 || from === 0)
  return pageOf(found, from, size, ends ? from + found.length : await counted(rows))
}

function counted(rows: AnyQuerySet): Promise<number> {
  return rows
    .orderBy()
    .slice(0, countLimit + 1)
    .count()
}

function pageOf(found: readonly AnyRow[], from: number, size: number, count: number): PageOfRows {
  const hasNext = found.length > size
  // Whoever stands on the last page knows how many there are.
  const known = !hasNext && found.length > 0 ? from + found.length : count
  const many = known > countLimit && known === count
  return { rows: found.slice(0, size), count: many ? countLimit : known, many, hasNext }
}

/** `'1 post'`, `'10,000+ posts'` */
export function resultCount(meta: ModelMeta, { count, many }: PageOfRows): ResultCount {
  const text = many ? `${withSeparators(count)}+ ${meta.verboseNamePlural}` : inWords(count, meta)
  return { count, many, text }
}
