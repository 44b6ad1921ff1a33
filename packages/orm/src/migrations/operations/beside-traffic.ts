import { isDeepStrictEqual } from 'node:util'
import type { Database } from '../../backends/database.ts'
import type { TableSchema } from '../../backends/schema.ts'
import type { SchemaEditor } from '../../backends/schema-editor.ts'
import { editorWith } from './editor-with.ts'
import type { Operation, OperationContext } from './operation.ts'

/**
 * A plain operation done so that others read and write meanwhile, where the database knows how; elsewhere it is the plain one.
 * Either way it can be run again after it was stopped, since no transaction holds it together with the migration's record.
 */
export function besideTraffic(plain: Operation, factory: string): Operation {
  return {
    ...plain,
    factory,
    description: `${plain.description} concurrently`,
    atomic: false,
    forwards: (context) => inOwnWay(context, (own) => plain.forwards(own)),
    backwards: (context) => inOwnWay(context, (own) => plain.backwards(own)),
  }
}

function inOwnWay(context: OperationContext, step: (context: OperationContext) => Promise<void>): Promise<void> {
  const { database, editor, recording } = context
  const concurrently = editor.alterTableConcurrently?.bind(editor)
  if (concurrently) {
    const alterTable: SchemaEditor['alterTable'] = (before, after, change) =>
      concurrently(before, after, { ...change, shown: recording })
    return step({ ...context, editor: editorWith(editor, alterTable) })
  }
  if (recording) return step(context)
  const once = (own: SchemaEditor) => step({ ...context, editor: editorWith(own, unlessDone(own, database)) })
  // A table that is made anew is so in a transaction, which nobody has opened for what is done beside the traffic.
  return database.inAtomicBlock ? once(editor) : database.alterSchema(once)
}

/** Changes a table unless that was done by a run that was stopped before it was recorded. */
function unlessDone(editor: SchemaEditor, database: Database): SchemaEditor['alterTable'] {
  return async (before, after, change) => {
    const found = (await database.introspect()).find(({ name }) => name === after.name)
    const isDone = found !== undefined && isDeepStrictEqual(outline(found), outline(after))
    if (isDone && !isDeepStrictEqual(outline(before), outline(after))) return
    await editor.alterTable(before, after, change)
  }
}

/** What these operations change of a table, in words that a database does not put differently. */
function outline({ columns, indexes, uniques, checks }: TableSchema) {
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).sort()
  return {
    columns: columns
      .map(({ name, null: isNull, unique, references }) => `${name} ${isNull} ${unique} ${references?.table}`)
      .sort(),
    indexes: names(indexes),
    uniques: names(uniques),
    checks: names(checks),
  }
}
