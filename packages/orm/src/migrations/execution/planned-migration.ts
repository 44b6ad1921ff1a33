import type { Step } from './plan.ts'

/** One migration of a plan, as it is told to people. */
export interface PlannedMigration {
  readonly app: string
  readonly name: string
  readonly direction: 'forwards' | 'backwards'
  /** What each operation does, in the order of the file. */
  readonly operations: readonly string[]
}

/** What `migrate` tells while it runs. */
export type MigrationProgress =
  /** Another `migrate` runs on the database; `holder` is who, as far as the database tells. */
  | { readonly kind: 'wait'; readonly holder: string }
  | { readonly kind: 'start'; readonly migration: PlannedMigration }
  /** `duration` is in milliseconds; `fake` where only the record was written. */
  | {
      readonly kind: 'done' | 'failed'
      readonly migration: PlannedMigration
      readonly duration: number
      readonly fake: boolean
    }

export function planned({ migration, direction }: Step): PlannedMigration {
  const { app, name, operations } = migration
  return { app, name, direction, operations: operations.map((operation) => operation.description) }
}
