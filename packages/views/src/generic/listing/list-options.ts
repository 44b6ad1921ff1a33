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

/** Paths where `filter` takes each as a key, else what is wrong with them. */
export type CheckedLookups<F, Paths> = { readonly [I in keyof Paths]: CheckedLookup<F, Paths[I]> }
/** Paths where each leads to text, or ends with a lookup that compares with text. */
export type CheckedTexts<F, Paths> = { readonly [I in keyof Paths]: CheckedText<F, Paths[I]> }
/** Paths where each leads to a column or a relation. */
export type CheckedColumns<F, Paths> = { readonly [I in keyof Paths]: CheckedColumn<F, Paths[I]> }

/** The options `O` with every path checked against the fields `F` of a model, and nothing in them that is no option. */
export type CheckedListOptions<F, O> = {
  readonly [Name in keyof O]: Name extends 'filterFields'
    ? CheckedLookups<F, O[Name]>
    : Name extends 'searchFields'
      ? CheckedTexts<F, O[Name]>
      : Name extends 'orderingFields'
        ? CheckedColumns<F, O[Name]>
        : never
}
