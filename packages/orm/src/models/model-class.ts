/** The fields that a model was declared with. */
export type FieldsOf<M> = M extends { readonly fields: infer F } ? F : never

/** A row of a model. */
export type Instance<M> = M extends { readonly prototype: infer I } ? I : never
