import type { QueryChanges } from '@nuages/http'
import type { PageLink, Pagination } from '../pages/change-list-page.ts'
import type { HiddenValue } from '../pages/printable.ts'
import { elidedPageRange } from './elided-pages.ts'
import { listParameters } from './list-query.ts'
import type { PageOfRows } from './page-of-rows.ts'

/** The links of a page: those of a `ListQuery`. */
export interface PageLinks {
  url(changes: QueryChanges): string
  hidden(without: readonly string[]): readonly HiddenValue[]
}

/** Which page of how long ones. */
export interface PagePlace {
  /** From 1 on. */
  readonly number: number
  readonly size: number
  readonly showsAll: boolean
}

/** A number as the query string has it; 1 where it has none, and `null` for what is no number of a page. */
export function readPageNumber(text: string | undefined): number | null {
  if (text === undefined || text === '') return 1
  if (!/^\d{1,9}$/.test(text)) return null
  return Number(text) || null
}

/** The links to other pages. Where there are too many rows to count, a number leads to any page. */
export function paginationOf(page: PageOfRows, place: PagePlace, links: PageLinks, maxShowAll: number): Pagination {
  const { number, size, showsAll } = place
  const numPages = page.many ? null : Math.max(1, Math.ceil(page.count / size))
  const urlOf = (target: number): string => links.url({ [listParameters.page]: target === 1 ? null : target })
  const from = (number - 1) * size
  const mayShowAll = !page.many && page.count <= maxShowAll && page.count > size
  return {
    number,
    numPages: showsAll ? 1 : numPages,
    pages: showsAll || numPages === 1 ? [] : pageLinks(page, number, numPages, urlOf),
    previousUrl: number > 1 ? urlOf(number - 1) : null,
    nextUrl: page.hasNext ? urlOf(number + 1) : null,
    from: page.rows.length === 0 ? 0 : from + 1,
    to: from + page.rows.length,
    showAllUrl: mayShowAll && !showsAll ? links.url({ [listParameters.all]: '' }) : null,
    pagedUrl: showsAll ? links.url({ [listParameters.all]: null }) : null,
    jump:
      !showsAll && (numPages === null || numPages > 10)
        ? { name: listParameters.page, hidden: links.hidden([listParameters.page]), max: numPages }
        : null,
  }
}

function pageLinks(
  page: PageOfRows,
  number: number,
  numPages: number | null,
  urlOf: (target: number) => string,
): readonly PageLink[] {
  // Where the end is not known, the pages that are known to be there, and a gap after them.
  const last = numPages ?? number + (page.hasNext ? 1 : 0)
  const range = elidedPageRange(number, last)
  const links = range.map((target): PageLink => {
    if (target === null) return { kind: 'gap' }
    return { kind: 'page', number: target, url: urlOf(target), current: target === number }
  })
  return numPages === null && page.hasNext ? [...links, { kind: 'gap' }] : links
}
