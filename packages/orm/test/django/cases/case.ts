import type { NeutralNode } from '../neutral.ts'

/** A query; or queries that run one after the other and are undone; or a query that both sides must refuse. */
export type Case = NeutralNode | readonly NeutralNode[] | Refused

export interface Refused {
  readonly refused: NeutralNode
  /** The kind of error, by the name of the one that has it on both sides. */
  readonly as: string
  /** The kind of Nuages' own error, where it is another one. */
  readonly here?: string
}

/** Cases by name. */
export type Cases = Readonly<Record<string, Case>>

/** A case for each of some values, named by them. */
export function each<T>(values: readonly T[], name: (value: T) => string, make: (value: T) => Case): Cases {
  return Object.fromEntries(values.map((value) => [name(value), make(value)]))
}
