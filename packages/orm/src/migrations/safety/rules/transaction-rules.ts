import type { Operation } from '../../operations/operation.ts'
import type { Draft } from '../draft.ts'
import type { ObservedChange } from '../observed-change.ts'

const validateHint = ['Put validateConstraint into a migration after that of the constraint.']

/** Looks through one migration in the order of its operations, for what is only harmful together. */
export class TransactionRules {
  /** Tables whose lock the migration has taken so far, and holds to its end. */
  readonly #locked = new Set<string>()
  readonly #isOne: boolean

  /** `isOne`: whether the migration is one transaction that PostgreSQL holds locks for. */
  constructor(isOne: boolean) {
    this.#isOne = isOne
  }

  /** `isNew` says which tables nobody waits for. */
  next(operation: Operation, changes: readonly ObservedChange[], isNew: (table: string) => boolean): Draft[] {
    if (!this.#isOne) return []
    const drafts: Draft[] = []
    for (const change of changes) {
      if (change.kind === 'validate' && this.#locked.has(change.table)) drafts.push(validate(change.table, change.name))
      if (change.kind === 'alter' && !isNew(change.after.name)) this.#locked.add(change.after.name)
      if (change.kind === 'drop' && !isNew(change.table.name)) this.#locked.add(change.table.name)
    }
    if (runsData(operation) && this.#locked.size > 0) drafts.push(mixed([...this.#locked]))
    return drafts
  }
}

function runsData({ factory, arguments: [forward] }: Operation): boolean {
  if (factory === 'runCode') return typeof forward === 'function'
  return factory === 'runSQL' && typeof forward === 'string' && /\b(?:insert|update|delete|merge)\b/i.test(forward)
}

function mixed(tables: readonly string[]): Draft {
  return {
    id: 'mixed-transaction',
    table: tables[0]!,
    what: `Rows are changed in the transaction that changed ${tables.join(', ')} before.`,
    because: { lock: 'Nobody else can read or write there until the last row is done.' },
    hint: ['Put what changes rows into a migration of its own, after this one.'],
  }
}

function validate(table: string, name: string): Draft {
  return {
    id: 'validate-with-lock',
    table,
    what: `${name} of ${table} is validated in the transaction that changed the table before.`,
    because: { lock: 'Every row is read while nobody else can read or write the table.' },
    hint: validateHint,
  }
}
