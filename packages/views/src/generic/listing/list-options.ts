import type { CheckedPath, PathError, PathValue } from '@nuages/orm'

/** What the query string may ask of a list. What is not named here is ignored. */
export interface ListOptions {
  /**
   * What rows may be filtered by: paths, with a lookup if it is not equality: `['author', 'tags__slug', 'publishedAt__year']`
   * answers `?author=3`. An object gives the parameters names of their own: `{ year: 'publishedAt__year' }`.
   */
  readonly filterFields?: readonly string[] | Readonly<Record<string, string>>
  /** The texts that `?q=` searches: every word has to be in one of them. */
  readonly searchFields?: readonly string[]
  /** What rows may be ordered by: `['title', 'publishedAt']` answers `?ordering=-publishedAt,title`. */
  readonly orderingFields?: readonly string[]
}

/** `P` where `filter` takes it as a key, else what is wrong with it. */
type CheckedLookup<F, P> = P extends string
  ? PathValue<F, P> extends PathError<infer Message>
    ? PathError<Message>
    : P
  : never

type CheckedText<F, P> = P extends string
  ? PathValue<F, `${P}__icontains`> extends string
    ? P
    : [string] extends [PathValue<F, P>]
      ? P
      : PathError<`'${P}' is no text`>
  : never

type CheckedColumn<F, P> = P extends string ? CheckedPath<F, P, unknown> : never

type CheckedOption<F, Name, Value> = Name extends 'filterFields'
  ? { readonly [I in keyof Value]: CheckedLookup<F, Value[I]> }
  : Name extends 'searchFields'
    ? { readonly [I in keyof Value]: CheckedText<F, Value[I]> }
    : Name extends 'orderingFields'
      ? { readonly [I in keyof Value]: CheckedColumn<F, Value[I]> }
      : never

/** The options `O` with every path checked against the fields `F` of a model. */
export type CheckedListOptions<F, O> = { readonly [Name in keyof O]: CheckedOption<F, Name, O[Name]> }
