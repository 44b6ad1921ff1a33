import type { HttpRequest } from '@nuages/http'
import type { DisplayColumn } from '../columns/display-column.ts'
import { resolveColumn } from '../columns/resolve-column.ts'
import { buildFilters, filteredPaths } from '../filters/build-filters.ts'
import type { FilterScope, ListFilter } from '../filters/list-filter.ts'
import { narrowByParameters } from '../filters/parameter-filter.ts'
import type { ModelAdmin } from '../model-admin/model-admin.ts'
import type { AnyQuerySet } from '../options/any-model.ts'
import type { SiteRegistry } from '../site/site-registry.ts'
import { hierarchyParameters, narrowByDate } from './date-hierarchy.ts'
import { checkDirectLookup } from './direct-lookups.ts'
import { type ListOrder, readOrder } from './list-order.ts'
import { ListQuery, listParameters } from './list-query.ts'
import { searchRows } from './search-rows.ts'

/** A change list as the query string asks for it: which columns, which rows, in which order. Nothing is loaded yet. */
export interface ChangeList {
  readonly modelAdmin: ModelAdmin
  readonly scope: FilterScope
  readonly columns: readonly DisplayColumn[]
  readonly filters: readonly ListFilter[]
  readonly order: ListOrder
  readonly searchFields: readonly string[]
  readonly term: string
  /** The rows of the result, in order, with what the columns need. */
  readonly rows: AnyQuerySet
}

/** Reads the query string. Throws `BadListQuery` where it asks for what the list does not have. */
export function readChangeList(site: SiteRegistry, modelAdmin: ModelAdmin, request: HttpRequest): ChangeList {
  const { meta, options } = modelAdmin
  const query = new ListQuery(request.query)
  const scope = { site, request, query }
  const specs = options.getListDisplay?.(request) ?? options.listDisplay ?? ['toString']
  const columns = specs.map((spec) => resolveColumn(meta, spec, 'listDisplay')).map(sortableBy(modelAdmin, request))
  const filterSpecs = options.getListFilter?.(request) ?? options.listFilter ?? []
  const filters = buildFilters(modelAdmin, filterSpecs, site)
  const order = readOrder(modelAdmin, columns, query, request)
  const searchFields = options.getSearchFields?.(request) ?? options.searchFields ?? []
  const term = (query.get(listParameters.search) ?? '').trim()

  const owned = new Set(filters.flatMap(({ parameters }) => parameters))
  for (const name of options.dateHierarchy ? hierarchyParameters(options.dateHierarchy) : []) owned.add(name)
  const direct = query.filterNames().filter((name) => !owned.has(name))
  for (const name of direct) checkDirectLookup(meta, name, columns, filteredPaths(filterSpecs))

  let rows = filters.reduce((left, filter) => filter.narrow(left, scope), modelAdmin.rows(request))
  rows = narrowByParameters(meta, direct, rows, scope)
  if (options.dateHierarchy) rows = narrowByDate(rows, options.dateHierarchy, query)
  if (term !== '') rows = searched(modelAdmin, rows, searchFields, term, request)
  rows = withRelations(rows, columns, options.listSelectRelated ?? []).orderBy(...order.paths)
  return { modelAdmin, scope, columns, filters, order, searchFields, term, rows }
}

function sortableBy({ options }: ModelAdmin, request: HttpRequest): (column: DisplayColumn) => DisplayColumn {
  const sortable = options.getSortableBy?.(request) ?? options.sortableBy
  return (column) => (sortable === undefined || sortable.includes(column.name) ? column : { ...column, orderBy: null })
}

function searched(
  { options }: ModelAdmin,
  rows: AnyQuerySet,
  fields: readonly string[],
  term: string,
  request: HttpRequest,
): AnyQuerySet {
  if (options.getSearchResults) return options.getSearchResults(request, rows as never, term) as unknown as AnyQuerySet
  return fields.length === 0 ? rows : searchRows(rows, fields, term)
}

function withRelations(rows: AnyQuerySet, columns: readonly DisplayColumn[], more: readonly string[]): AnyQuerySet {
  const related = new Set([...columns.flatMap(({ selectRelated }) => selectRelated ?? []), ...more])
  const fetched = new Set(columns.flatMap(({ prefetchRelated }) => prefetchRelated ?? []))
  const loaded = related.size === 0 ? rows : rows.selectRelated(...related)
  return fetched.size === 0 ? loaded : loaded.prefetchRelated(...fetched)
}
