/** A message that a source translates. */
export interface FoundMessage {
  readonly context?: string | undefined
  readonly message: string
  /** The English plural, of a message with a number. */
  readonly plural?: string | undefined
  /** Counted from 1. */
  readonly line: number
}
