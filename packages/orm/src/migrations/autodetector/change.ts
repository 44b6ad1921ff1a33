import type { Operation } from '../operations/operation.ts'

/** An operation that was found, with what it must come after. */
export interface Change {
  readonly app: string
  readonly operation: Operation
  readonly after: readonly Change[]
  /** The apps whose models its relations point to. */
  readonly relatesTo: readonly string[]
  /** The settings that name the models which others of its relations point to, in whichever app they are. */
  readonly swappables?: readonly string[]
}
