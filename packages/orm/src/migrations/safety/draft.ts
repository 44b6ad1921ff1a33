import type { Vendor } from '../../backends/database.ts'
import type { FindingId, FindingKind } from './finding.ts'

/** A finding as a rule makes it, before it is known whether the table is big, new, or the matter considered. */
export interface Draft {
  readonly id: FindingId
  /** The table that it is about, which may be new or small. */
  readonly table?: string
  /** What happens: a sentence. */
  readonly what: string
  /** Why it hurts, by kind: a sentence each. */
  readonly because: Readonly<Partial<Record<FindingKind, string>>>
  /** The safe sequence, a step each. */
  readonly hint: readonly string[]
}

/** The model of an operation and what it is about, for hints that can be copied. */
export interface Subject {
  readonly vendor: Vendor
  /** The operation as a call beside the traffic, where there is one: `addIndexConcurrently('Post', { … })`. */
  readonly concurrently: string | undefined
}

const ownMigration = 'in a migration of its own with atomic: false'

/** The step that puts the operation beside the traffic. */
export function besideTraffic({ concurrently }: Subject, otherwise: string): string {
  return concurrently === undefined ? otherwise : `Write, ${ownMigration}: ${concurrently}`
}
