import type { HttpRequest } from '@nuages/http'
import type { QuerySet } from '@nuages/orm'
import type { ColumnSpec } from './column.ts'
import type { ListAction } from './list-action.ts'
import type { FilterSpec } from './list-filter.ts'
import type { DatePath, FieldPath, FormFieldName, OrderingPath, SearchPath } from './paths.ts'

/** The change list of a model. */
export interface ListOptions<M> {
  /** The columns; the row's text unless given. */
  readonly listDisplay?: readonly ColumnSpec<M>[]
  /** The columns that lead to the change page: the first unless given; `null` for none. */
  readonly listDisplayLinks?: readonly (ColumnSpec<M> & string)[] | null
  /** Columns that are edited in the list. */
  readonly listEditable?: readonly FormFieldName<M>[]
  readonly listFilter?: readonly FilterSpec<M>[]
  /** How many related rows a filter shows as links; beyond, one is searched for. */
  readonly listFilterMax?: number
  /** Relations to load in the same query, beyond those of the columns, which always are. */
  readonly listSelectRelated?: readonly FieldPath<M>[]
  readonly listPerPage?: number
  /** Up to how many rows "show all" is offered. */
  readonly listMaxShowAll?: number
  readonly searchFields?: readonly SearchPath<M>[]
  readonly searchHelpText?: string
  /** A date to go through by year, month and day. */
  readonly dateHierarchy?: DatePath<M>
  readonly ordering?: readonly OrderingPath<M>[]
  /** The columns that may be sorted by: all that can unless given. */
  readonly sortableBy?: readonly string[]
  /** What may be done with chosen rows, by name. `deleteSelected: false` takes the built-in deletion away. */
  readonly actions?: { readonly deleteSelected?: false } & { readonly [name: string]: ListAction<M> | false }
  readonly actionsOnTop?: boolean
  readonly actionsOnBottom?: boolean
  /** Whether the list's filters are still there after a row was saved. */
  readonly preserveFilters?: boolean
  readonly getListDisplay?: (request: HttpRequest) => readonly ColumnSpec<M>[]
  readonly getListFilter?: (request: HttpRequest) => readonly FilterSpec<M>[]
  readonly getSearchFields?: (request: HttpRequest) => readonly SearchPath<M>[]
  readonly getOrdering?: (request: HttpRequest) => readonly OrderingPath<M>[]
  readonly getSortableBy?: (request: HttpRequest) => readonly string[]
  /** Searches another way: `rows` are those before the search. */
  readonly getSearchResults?: (request: HttpRequest, rows: QuerySet<M>, term: string) => QuerySet<M>
}
