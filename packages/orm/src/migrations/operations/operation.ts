import type { Database } from '../../backends/database.ts'
import type { SchemaEditor } from '../../backends/schema-editor.ts'
import type { ProjectState } from '../state/project-state.ts'

export interface OperationContext {
  /** The app whose migration this is. */
  readonly app: string
  /** The state before the step, in the direction it is taken. */
  readonly from: ProjectState
  readonly to: ProjectState
  readonly editor: SchemaEditor
  readonly database: Database
  /** Whether the SQL is only shown: the database is not to be touched. */
  readonly recording: boolean
}

/** One step of a migration: what it makes of the state, and what it does to the database in either direction. */
export interface Operation {
  /** The function that makes it, as a migration file writes it: `'addField'`. */
  readonly factory: string
  /** The arguments of that function. */
  readonly arguments: readonly unknown[]
  /** For people: `'Add field summary to Post'`. */
  readonly description: string
  /** What it gives to the name of a migration file: `'post_summary'`. */
  readonly nameFragment: string | undefined
  /** Whether it can be taken back. */
  readonly reversible: boolean
  /** `false`: it cannot run inside a transaction, and so only in a migration with `atomic: false`. */
  readonly atomic?: boolean
  /** Whether squashing may leave it out: it is of no use to a database that starts with the squashed migration. */
  readonly elidable?: boolean
  applyTo(state: ProjectState, app: string): ProjectState
  forwards(context: OperationContext): Promise<void>
  backwards(context: OperationContext): Promise<void>
}

/** Whether a value is an operation, of whatever package. */
export function isOperation(value: unknown): value is Operation {
  if (typeof value !== 'object' || value === null) return false
  const { factory, arguments: given, applyTo } = value as Partial<Operation>
  return typeof factory === 'string' && Array.isArray(given) && typeof applyTo === 'function'
}
