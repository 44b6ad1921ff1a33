import type { ModelScope } from '../site/page-scope.ts'
import { BadListQuery, NoSuchPage } from './bad-list-query.ts'
import { readChangeList } from './change-list.ts'
import type { LoadedList } from './list-page.ts'
import { listParameters } from './list-query.ts'
import { pageOfRows } from './page-of-rows.ts'
import { readPageNumber } from './pagination.ts'

/** Reads the rows that the query string asks for. Throws `BadListQuery` for what the list does not have. */
export async function loadList({ site, modelAdmin, request }: ModelScope): Promise<LoadedList> {
  const list = readChangeList(site, modelAdmin, request)
  const { query } = list.scope
  const isWhole = list.term === '' && query.filterNames().length === 0
  const size = Math.max(1, modelAdmin.options.listPerPage ?? 100)
  if (query.get(listParameters.all) !== undefined) {
    const page = await pageOfRows(list.rows, 0, modelAdmin.options.listMaxShowAll ?? 200, isWhole)
    // More than may be shown at once are shown in pages.
    if (!page.hasNext) return { list, page, place: { number: 1, size, showsAll: true } }
  }
  const number = readPageNumber(query.get(listParameters.page))
  if (number === null) throw new BadListQuery(`'${query.get(listParameters.page)}' is no number of a page.`)
  const page = await pageOfRows(list.rows, (number - 1) * size, size, isWhole)
  if (page.rows.length === 0 && number > 1) throw new NoSuchPage(`There is no page ${number}.`)
  return { list, page, place: { number, size, showsAll: false } }
}
