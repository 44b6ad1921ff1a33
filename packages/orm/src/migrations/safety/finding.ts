/** What a finding is about, each with its section in the guide. */
export const findingIds = [
  'add-check',
  'add-exclusion',
  'add-foreign-key',
  'add-index',
  'add-unique',
  'change-key',
  'change-type',
  'code-in-one-transaction',
  'drop-column',
  'drop-default',
  'drop-table',
  'mixed-transaction',
  'narrow-type',
  'no-way-back',
  'not-null',
  'rebuild-table',
  'rename-column',
  'rename-table',
  'required-column',
  'rewrite-table',
  'validate-with-lock',
] as const

/** What a finding is about: `'drop-column'`. */
export type FindingId = (typeof findingIds)[number]

/** `lock`: others wait for it while it works through a table. `breaks-running-code`: the release that still runs fails after it. */
export type FindingKind = 'lock' | 'breaks-running-code' | 'data-loss' | 'irreversible'

/** Something in a migration that a team should have thought about before it runs where people work. */
export interface Finding {
  /** `'blog.0002_post_summary'` */
  readonly migration: string
  /** Which of the migration's operations it is, from 0. */
  readonly operation: number
  readonly id: FindingId
  readonly kinds: readonly FindingKind[]
  /** Whether `--fail-unsafe` fails for it; a note is only told. */
  readonly severity: 'unsafe' | 'note'
  /** What happens, and why that hurts. */
  readonly message: string
  /** The safe sequence, a step each. */
  readonly hint: readonly string[]
  /** The page and section of the guide: `'migrations/zero-downtime.md#drop-column'`. */
  readonly link: string
  /** Why it may be, where the migration says so in `considered`. */
  readonly considered?: string
}

export function linkOf(id: FindingId): string {
  return `migrations/zero-downtime.md#${id}`
}
