/** The type of a queryset's rows; it stands in the types alone. */
export declare const rowType: unique symbol
/** The types of a queryset's annotations; they stand in the types alone. */
export declare const annotationTypes: unique symbol

/** A queryset whose rows have `Extra` beside what they had: loaded relations. */
export interface WithRow<Extra> {
  readonly [rowType]: Extra
}

/** A queryset whose rows have computed values, which its filters know. */
export interface Annotated<A> {
  readonly [rowType]: A
  readonly [annotationTypes]: A
}

export type RowOf<Q> = Q extends { readonly [rowType]: infer R } ? R : never
/** What a queryset has annotated. */
export type AnnotationsOf<Q> = Q extends { readonly [annotationTypes]: infer A } ? A : {}
