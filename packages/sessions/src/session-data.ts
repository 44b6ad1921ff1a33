/**
 * What a project keeps in sessions, by key. Augment it, and the keys have types:
 *
 * ```ts
 * declare module 'nuages/sessions' {
 *   interface SessionData { cart: number[] }
 * }
 * ```
 */
// biome-ignore lint/suspicious/noEmptyInterface: it exists to be augmented
export interface SessionData {}

/** A key that `SessionData` declares. */
export type DeclaredKey = keyof SessionData & string

/** A key that it does not. */
export type OtherKey<K extends string> = K extends DeclaredKey ? never : K
