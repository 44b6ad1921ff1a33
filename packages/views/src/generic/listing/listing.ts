import type { QueryDict } from '@nuages/http'
import { type ModelMeta, QuerySet } from '@nuages/orm'
import type { QuerySource } from '../query-source.ts'
import { metaOf, type ViewModel } from '../view-model.ts'
import { FilterField } from './filter-field.ts'
import { ListFilter } from './list-filter.ts'
import type { ListOptions } from './list-options.ts'
import { allowedTerms, type ListOrdering, listOrderings } from './list-ordering.ts'
import { searchesMany, searchWords, wordCondition } from './search-rows.ts'

/** The parameters of the query string that are not filters. */
export interface ListingKwargs {
  readonly search: string
  readonly ordering: string
}

/** What a template needs to show filters, search and order. */
export type ListingContext = {
  readonly filters: readonly ListFilter[]
  /** What was searched for; `null` where the list has no search. */
  readonly search: string | null
  readonly orderings: readonly ListOrdering[]
  /** Whether the request asks for less than all rows. */
  readonly isFiltered: boolean
}

/** What a request asks of a list, as far as the list allows it: filters, words to search for, an order. */
export class Listing implements ListingContext {
  readonly filters: readonly ListFilter[]
  readonly search: string | null
  /** The terms of the order that was asked for. */
  readonly terms: readonly string[]
  readonly #model: ViewModel
  readonly #fields: readonly FilterField[]
  readonly #options: ListOptions
  /** The order where none is asked for. */
  #fallback: readonly string[] = []

  constructor(model: ViewModel, options: ListOptions, query: QueryDict, kwargs: ListingKwargs) {
    this.#model = model
    this.#options = options
    this.#fields = filterFields(this.#meta, options.filterFields ?? [])
    this.filters = this.#fields.map((field) => new ListFilter(field, query.getAll(field.name)))
    this.search = options.searchFields?.length ? (query.get(kwargs.search) ?? '').trim() : null
    this.terms = allowedTerms(query.get(kwargs.ordering) ?? '', options.orderingFields ?? [])
  }

  get isFiltered(): boolean {
    return this.filters.some(({ isActive }) => isActive) || Boolean(this.search)
  }

  get orderings(): readonly ListOrdering[] {
    const current = this.terms.length > 0 ? this.terms : this.#fallback
    return listOrderings(this.#meta, this.#options.orderingFields ?? [], current)
  }

  /** The rows that answer, in the order that is asked for, which the key makes a total one. `ordering` is what they are in. */
  apply<Row>(rows: QuerySource<Row>, ordering: readonly string[]): QuerySource<Row> {
    this.#fallback = ordering.length > 0 ? ordering : this.#meta.orderingPaths
    if (this.filters.some(({ isValid }) => !isValid)) return rows.none()
    const filtered = this.#searched(this.#filtered(rows))
    return this.terms.length === 0 ? filtered : filtered.orderBy(...this.terms, 'pk')
  }

  get #meta(): ModelMeta {
    return metaOf(this.#model)
  }

  #filtered<Row>(rows: QuerySource<Row>): QuerySource<Row> {
    return this.filters.reduce((left, { conditions }, index) => {
      return conditions === undefined ? left : this.#narrowed(left, conditions, this.#fields[index]!.many)
    }, rows)
  }

  #searched<Row>(rows: QuerySource<Row>): QuerySource<Row> {
    const fields = this.#options.searchFields ?? []
    if (!this.search) return rows
    const many = searchesMany(this.#meta, fields)
    return searchWords(this.search).reduce(
      (left, word) => this.#narrowed(left, wordCondition(this.#meta, fields, word), many),
      rows,
    )
  }

  /** A condition on many others is asked apart, so that a row that answers by several of them is listed once. */
  #narrowed<Row>(rows: QuerySource<Row>, conditions: object, many: boolean): QuerySource<Row> {
    if (!many) return rows.filter(conditions)
    const all = new QuerySet(this.#model) as unknown as QuerySource<unknown>
    return rows.filter({ pk__in: all.filter(conditions).orderBy().values('pk') })
  }
}

function filterFields(
  meta: ModelMeta,
  declared: readonly string[] | Readonly<Record<string, string>>,
): readonly FilterField[] {
  const pairs = Array.isArray(declared) ? declared.map((key: string) => [key, key] as const) : Object.entries(declared)
  return pairs.map(([name, key]) => new FilterField(meta, name, key))
}
