// Both are indexed accesses, not conditional types with `infer`: those make the compiler look at every relation while the
// class is still being declared, and a model that names itself, or one that names it, would go in a circle.

/** The fields that a model was declared with. */
export type FieldsOf<M> = M[keyof M & 'fields']

/** A row of a model. */
export type Instance<M> = M[keyof M & 'prototype']
