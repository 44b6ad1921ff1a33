// In a file of their own, which the package's index re-exports by `export *`: only so can a project's `declare module` reach them.

/**
 * The lookups of a project, as `registerLookup` added them, with the value that each takes of a column of type `T`; `never` where
 * columns of that type do not have it:
 *
 * ```ts
 * declare module 'nuages/orm' {
 *   interface CustomLookups<T> { soundsLike: T extends string ? string : never }
 * }
 * ```
 */
// biome-ignore lint/correctness/noUnusedVariables: projects add members that use it
// biome-ignore lint/suspicious/noEmptyInterface: an interface alone can be added to
export interface CustomLookups<T> {}

/** The transforms of a project, as `registerTransform` added them, with what each makes of a value of type `T`, or `never`. */
// biome-ignore lint/correctness/noUnusedVariables: projects add members that use it
// biome-ignore lint/suspicious/noEmptyInterface: an interface alone can be added to
export interface CustomTransforms<T> {}
