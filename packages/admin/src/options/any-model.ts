import type { ModelMeta } from '@nuages/orm'

/** A row of whatever model: inside the admin, models are known at run time alone. */
export interface AnyRow {
  readonly pk: unknown
  save(): Promise<void>
  delete(): Promise<unknown>
  toString(): string
  readonly [member: string]: unknown
}

/**
 * Stands for a model that the types do not know. Options of it take any name: what `register` took apart and checked is
 * kept as options of this one.
 */
export interface AnyModel {
  readonly anyModel: true
  readonly prototype: AnyRow
  readonly fields: object
}

/** A queryset over whatever model. */
export interface AnyQuerySet extends PromiseLike<AnyRow[]> {
  readonly model: { readonly meta: ModelMeta }
  all(): AnyQuerySet
  filter(conditions: object): AnyQuerySet
  exclude(conditions: object): AnyQuerySet
  orderBy(...paths: string[]): AnyQuerySet
  slice(start: number, end?: number): AnyQuerySet
  distinct(): AnyQuerySet
  none(): AnyQuerySet
  selectRelated(...paths: string[]): AnyQuerySet
  prefetchRelated(...paths: string[]): AnyQuerySet
  dates(path: string, period: 'year' | 'month' | 'day'): PromiseLike<Temporal.PlainDate[]>
  valuesList(path: string, options: { readonly flat: true }): FlatValues
  count(): Promise<number>
  exists(): Promise<boolean>
  first(): Promise<AnyRow | null>
  last(): Promise<AnyRow | null>
  get(conditions?: object): Promise<AnyRow>
  update(values: object): Promise<number>
  delete(): Promise<[total: number, byModel: Record<string, number>]>
}

/** The values of one path. */
export interface FlatValues extends PromiseLike<unknown[]> {
  distinct(): FlatValues
  orderBy(...paths: string[]): FlatValues
  slice(start: number, end?: number): FlatValues
}
