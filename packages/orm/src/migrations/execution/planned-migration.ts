/** One migration of a plan, as it is told to people. */
export interface PlannedMigration {
  readonly app: string
  readonly name: string
  readonly direction: 'forwards' | 'backwards'
  /** What each operation does, in the order of the file. */
  readonly operations: readonly string[]
}
