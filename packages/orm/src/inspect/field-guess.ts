/** The field that a column calls for, by its factory. */
export interface FieldGuess {
  readonly factory: string
  readonly options: Readonly<Record<string, unknown>>
  /** Of an array, what it is of. */
  readonly of?: FieldGuess
  /** For people: why it may be another one. */
  readonly note?: string
}
