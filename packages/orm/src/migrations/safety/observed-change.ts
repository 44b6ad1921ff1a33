import type { Database, Vendor } from '../../backends/database.ts'
import type { TableSchema } from '../../backends/schema.ts'
import type { SchemaEditor, TableChange } from '../../backends/schema-editor.ts'
import type { Operation } from '../operations/operation.ts'
import type { ProjectState } from '../state/project-state.ts'

/** What an operation asks of a schema editor. */
export type ObservedChange =
  | { readonly kind: 'create' | 'drop'; readonly table: TableSchema }
  | {
      readonly kind: 'alter'
      readonly before: TableSchema
      readonly after: TableSchema
      readonly change: TableChange
      /** Whether others read and write meanwhile. */
      readonly concurrently: boolean
    }
  | { readonly kind: 'validate'; readonly table: string; readonly name: string }

export interface ObservedStep {
  readonly app: string
  readonly operation: Operation
  readonly direction: 'forwards' | 'backwards'
  /** The states around the operation, in the order of the file. */
  readonly before: ProjectState
  readonly after: ProjectState
}

/**
 * What an operation would do to a database of that kind, seen without one: it is done with an editor that only notes. So every
 * operation is understood that changes tables through the editor, whoever wrote it; SQL and code are not looked into.
 */
export async function observe(step: ObservedStep, vendor: Vendor, alias: string): Promise<ObservedChange[]> {
  const { app, operation, direction, before, after } = step
  const changes: ObservedChange[] = []
  const editor = notingEditor(changes, vendor)
  // There need be no database: makemigrations asks too.
  const database = { vendor, alias } as Database
  const shared = { app, editor, database, recording: true }
  try {
    if (direction === 'forwards') await operation.forwards({ ...shared, from: before, to: after })
    else await operation.backwards({ ...shared, from: after, to: before })
  } catch {
    // What cannot be done says so when it is done, or needs a database to be understood: neither is the check's to tell.
  }
  return changes
}

function notingEditor(changes: ObservedChange[], vendor: Vendor): SchemaEditor {
  const alter =
    (concurrently: boolean) =>
    async (before: TableSchema, after: TableSchema, change: TableChange = {}) =>
      void changes.push({ kind: 'alter', before, after, change, concurrently })
  const editor: SchemaEditor = {
    createTable: async (table) => void changes.push({ kind: 'create', table }),
    dropTable: async (table) => void changes.push({ kind: 'drop', table }),
    alterTable: alter(false),
    run: async () => {},
  }
  if (vendor !== 'postgresql') return editor
  return {
    ...editor,
    alterTableConcurrently: alter(true),
    // A check that looks at no row keeps nobody waiting.
    addChecksNotValid: alter(true),
    validateConstraint: async (table, name) => void changes.push({ kind: 'validate', table, name }),
  }
}
