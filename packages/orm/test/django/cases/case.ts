import type { NeutralNode } from '../neutral.ts'

/**
 * Cases by name. One is a query; or a list of queries that run one after the other in a transaction that is rolled back; or a
 * query that both sides must refuse with an error of that kind.
 */
export type Cases = Readonly<Record<string, Case>>

export type Case = NeutralNode | readonly NeutralNode[] | { readonly refused: NeutralNode; readonly as: string }
