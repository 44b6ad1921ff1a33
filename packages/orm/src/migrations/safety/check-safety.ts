import type { Vendor } from '../../backends/database.ts'
import { tableDifference } from '../../backends/postgres/table-difference.ts'
import { renamedTable } from '../../backends/renamed-table.ts'
import { keyOf, type Migration } from '../migration.ts'
import type { Operation } from '../operations/operation.ts'
import type { ProjectState } from '../state/project-state.ts'
import { concurrentCall } from './concurrent-call.ts'
import type { Draft } from './draft.ts'
import { type Finding, type FindingKind, linkOf } from './finding.ts'
import { type ObservedChange, observe } from './observed-change.ts'
import { codeRules } from './rules/code-rules.ts'
import { columnRules } from './rules/column-rules.ts'
import { constraintRules } from './rules/constraint-rules.ts'
import { sqliteRules } from './rules/sqlite-rules.ts'
import { tableRules } from './rules/table-rules.ts'
import { TransactionRules } from './rules/transaction-rules.ts'
import { typeRules } from './rules/type-rules.ts'
import { isBig, type TableSizes } from './table-sizes.ts'

/** A migration of a plan, with the states around its operations in the order of the file. */
export interface SafetyStep {
  readonly migration: Migration
  readonly direction: 'forwards' | 'backwards'
  readonly operations: readonly {
    readonly operation: Operation
    readonly before: ProjectState
    readonly after: ProjectState
  }[]
}

export interface SafetyOptions {
  readonly vendor: Vendor
  /** The database, which routers are asked about; `default` when left out. */
  readonly alias?: string
  /** About how many rows tables have, where that is known. */
  readonly sizes?: TableSizes
}

/**
 * What the migrations of a plan would lock, break or lose where people work. Tables that the plan makes itself are nobody's
 * yet. No database is asked.
 */
export async function inspectSteps(steps: readonly SafetyStep[], options: SafetyOptions): Promise<Finding[]> {
  const inspection = new Inspection(options)
  const findings: Finding[] = []
  for (const step of steps) findings.push(...(await inspection.step(step)))
  return findings
}

/** `inspectSteps` for migrations that stand one after the other; `state` is the one before the first. */
export function checkSafety({
  migrations,
  state,
  ...options
}: SafetyOptions & { readonly migrations: readonly Migration[]; readonly state: ProjectState }): Promise<Finding[]> {
  let before = state
  const steps = migrations.map((migration): SafetyStep => {
    const operations = migration.operations.map((operation) => {
      const step = { operation, before, after: operation.applyTo(before, migration.app) }
      before = step.after
      return step
    })
    return { migration, direction: 'forwards', operations }
  })
  return inspectSteps(steps, options)
}

class Inspection {
  readonly #vendor: Vendor
  readonly #alias: string
  readonly #sizes: TableSizes
  /** Tables that the plan has made. */
  readonly #made = new Set<string>()

  constructor({ vendor, alias = 'default', sizes = new Map() }: SafetyOptions) {
    this.#vendor = vendor
    this.#alias = alias
    this.#sizes = sizes
  }

  async step({ migration, direction, operations }: SafetyStep): Promise<Finding[]> {
    const findings: Finding[] = []
    const together = new TransactionRules(migration.atomic && this.#vendor === 'postgresql')
    const numbered = operations.map((one, index) => ({ ...one, index }))
    for (const { operation, before, after, index } of direction === 'forwards' ? numbered : numbered.reverse()) {
      const { app } = migration
      const changes = await observe({ app, operation, direction, before, after }, this.#vendor, this.#alias)
      const drafts: Draft[] = []
      for (const change of changes) drafts.push(...(await this.#draftsOf(change, operation, app)))
      drafts.push(...together.next(operation, changes, (table) => this.#made.has(table)))
      if (direction === 'forwards') drafts.push(...codeRules(operation, app, before, migration.atomic))
      for (const draft of drafts) findings.push(...this.#finding(draft, migration, index))
      for (const change of changes) this.#follow(change)
    }
    return findings
  }

  async #draftsOf(change: ObservedChange, operation: Operation, app: string): Promise<Draft[]> {
    if (change.kind !== 'alter') return tableRules(change)
    const { before, after } = change
    const difference = tableDifference(renamedTable(before, after.name, change.change.renamed ?? new Map()), after)
    // A type does not change beside the traffic, nor does what comes with it.
    const isTypeKept = difference.columns.kept.every(({ from, to }) => from.type === to.type)
    const subject = { vendor: this.#vendor, concurrently: isTypeKept ? concurrentCall(operation, app) : undefined }
    const drafts = [
      ...tableRules(change),
      ...columnRules(change, difference, subject),
      ...typeRules(after, difference, subject),
      ...constraintRules(change, difference, subject),
    ]
    if (this.#vendor === 'postgresql') return change.concurrently ? drafts.map(withoutLock) : drafts
    // Which locks another database takes is known of SQLite alone.
    return [...drafts.map(withoutLock), ...(this.#vendor === 'sqlite' ? await sqliteRules(change) : [])]
  }

  #finding({ id, table, what, because, hint }: Draft, migration: Migration, operation: number): Finding[] {
    if (table !== undefined && this.#made.has(table)) return []
    const rows = table === undefined ? undefined : this.#sizes.get(table)
    const counts = ([kind]: [string, string]) => kind !== 'lock' || isBig(rows, this.#vendor)
    const reasons = Object.entries(because).filter(counts)
    if (reasons.length === 0) return []
    const kinds = reasons.map(([kind]) => kind as FindingKind)
    const size = rows === undefined ? '' : ` It has about ${rows.toLocaleString('en')} rows.`
    const considered = migration.considered[id]
    return [
      {
        migration: keyOf(migration),
        operation,
        id,
        kinds,
        severity: kinds.every((kind) => kind === 'irreversible') ? 'note' : 'unsafe',
        message: [what, ...reasons.map(([, reason]) => reason)].join(' ') + size,
        hint,
        link: linkOf(id),
        ...(considered === undefined ? {} : { considered }),
      },
    ]
  }

  #follow(change: ObservedChange): void {
    if (change.kind === 'create') this.#made.add(change.table.name)
    if (change.kind === 'drop') this.#made.delete(change.table.name)
    if (change.kind === 'alter' && this.#made.has(change.before.name)) this.#made.add(change.after.name)
  }
}

function withoutLock(draft: Draft): Draft {
  const { lock: _, ...because } = draft.because
  return { ...draft, because }
}
