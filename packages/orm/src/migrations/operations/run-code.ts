import { didYouMean } from '@nuages/foundation'
import { Field } from '../../fields/field.ts'
import type { ModelType } from '../../models/model-type.ts'
import { QuerySet } from '../../query/query-set.ts'
import { ManyToManyField } from '../../relations/many-to-many.ts'
import { allowsMigration } from '../../routing/route.ts'
import { MigrationError } from '../errors.ts'
import { type FieldDeclaration, isManyToMany } from '../state/field-state.ts'
import { labelOf, type ModelState } from '../state/model-state.ts'
import type { Operation, OperationContext } from './operation.ts'
import { noop } from './run-sql.ts'

/** A model as it was at this point of the migrations. */
export type HistoricalModel<F> = ModelType<F> & { readonly objects: QuerySet<ModelType<F>> }

/** The models as they were, whatever became of them since. */
export interface History {
  /**
   * A model by its label, `'blog.Post'`, or by its name where it is of the migration's own app. `fields` are those that the
   * code uses, declared as they were then: they give the types, and one that was otherwise throws `MigrationError`.
   */
  model<F extends object = {}>(label: string, fields?: F): HistoricalModel<F>
}

type Code = ((history: History) => Promise<void>) | typeof noop

/**
 * Runs code in the migration's transaction: a change of rows rather than of tables. It must use the models that it is given,
 * since those of the project may have changed since. Without `backward` the migration cannot be taken back. Django's
 * `RunPython`.
 */
export function runCode(forward: Code, backward?: Code): Operation {
  return {
    factory: 'runCode',
    arguments: backward === undefined ? [forward] : [forward, backward],
    description: 'Run code',
    nameFragment: undefined,
    reversible: backward !== undefined,
    applyTo: (state) => state,
    forwards: (context) => run(forward, context),
    async backwards(context) {
      if (backward === undefined) throw new MigrationError('runCode has no code for the way back.')
      await run(backward, context)
    },
  }
}

async function run(code: Code, context: OperationContext): Promise<void> {
  if (code === noop || !allowsMigration(context.database.alias, context.app)) return
  if (context.recording) return context.editor.run('-- Code runs here; it has no SQL that could be shown.')
  await code({ model: (label, fields) => historicalModel(label, fields ?? {}, context) as never })
  context.editor.rowsChanged?.()
}

function historicalModel(label: string, fields: object, { app, from, database }: OperationContext): unknown {
  const [own, name] = label.includes('.') ? (label.split('.') as [string, string]) : [app, label]
  const state = from.model(own, name)
  for (const [field, declaration] of Object.entries(fields))
    assertAsItWas(state, field, declaration as FieldDeclaration)
  const { model } = from.registry.get(labelOf(state))
  const objects = new QuerySet(model)
  const bound = database.alias === 'default' ? objects : objects.using(database.alias)
  return Object.defineProperty(model, 'objects', { value: bound, configurable: true })
}

/** The types that the code relies on are those of the fields it names, so they must be right. */
function assertAsItWas(model: ModelState, name: string, declaration: FieldDeclaration): void {
  const label = `${labelOf(model)}.${name}`
  const field = model.fields.get(name)
  if (!field) {
    throw new MigrationError(
      `There is no field ${label} at this point of the migrations.${didYouMean(name, model.fields.keys())}`,
    )
  }
  const then = `${field.factory}()${isNullable(field.declaration) ? ' with null' : ''}`
  const claimed = `${declaration.factory}()${isNullable(declaration) ? ' with null' : ''}`
  if (then === claimed && isManyToMany(field) === declaration instanceof ManyToManyField) return
  throw new MigrationError(`${label} is ${then} at this point of the migrations, not ${claimed}.`)
}

function isNullable(declaration: FieldDeclaration): boolean {
  return declaration instanceof Field && declaration.null
}
