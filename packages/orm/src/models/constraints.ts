/** Values of these fields together stand in one row only. */
export interface UniqueConstraint {
  readonly type: 'unique'
  readonly fields: readonly string[]
  readonly name?: string
}

/** An index over fields; a name with `-` in front is kept in descending order. */
export interface Index {
  readonly fields: readonly string[]
  readonly name?: string
}
