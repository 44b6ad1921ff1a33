import type { HttpRequest } from '@nuages/http'
import type { QuerySet } from '@nuages/orm'
import type { FieldPath } from './paths.ts'

/** A filter over a field, with more to say than its path. */
export interface FieldFilter<M> {
  readonly path: FieldPath<M>
  readonly title?: string
  /**
   * What it offers:
   *
   * - `'auto'`: what suits the field: its choices, yes and no, spans of dates, related rows, or the values that there are;
   * - `'empty'`: whether there is a value (Django's `EmptyFieldListFilter`);
   * - `'lookup'`: one related row, searched for (the default for a relation over more than `listFilterMax` rows);
   * - `'links'`: each related row that some row names (Django's `RelatedOnlyFieldListFilter`).
   */
  readonly as?: 'auto' | 'empty' | 'lookup' | 'links'
}

/** A filter that a project thinks up. Django's `SimpleListFilter`. */
export interface CustomFilter<M> {
  readonly title: string
  /** In the query string: unlike any field's. */
  readonly parameterName: string
  /** Pairs of a value, as it stands in the query string, and its label. Without any, the filter is not shown. */
  lookups(request: HttpRequest): readonly FilterOption[] | Promise<readonly FilterOption[]>
  /** The rows for a value; `undefined` leaves the rows as they are. */
  queryset(queryset: QuerySet<M>, value: string, request: HttpRequest): QuerySet<M> | undefined
}

export type FilterOption = readonly [value: string, label: string]

export type FilterSpec<M> = FieldPath<M> | FieldFilter<M> | CustomFilter<M>
