import type { HttpRequest } from '@nuages/http'
import type { ListQuery } from '../change-list/list-query.ts'
import type { AnyQuerySet } from '../options/any-model.ts'
import type { Filter } from '../pages/change-list-page.ts'
import type { SiteRegistry } from '../site/site-registry.ts'

/** What a filter is shown for. */
export interface FilterScope {
  readonly site: SiteRegistry
  readonly request: HttpRequest
  readonly query: ListQuery
}

/** A filter of a change list, with what the query string says to it. */
export interface ListFilter {
  /** The parameters that are its own. */
  readonly parameters: readonly string[]
  /** The rows that it lets through. Throws `BadListQuery` for a value that it cannot read. */
  narrow(rows: AnyQuerySet, scope: FilterScope): AnyQuerySet
  /** What the page shows of it; `null` where there is nothing to choose. */
  show(scope: FilterScope): Promise<Filter | null>
}
