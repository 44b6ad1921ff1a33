import { didYouMean } from '@nuages/foundation'
import type { Database } from '../../backends/database.ts'
import { Field } from '../../fields/field.ts'
import type { ModelType } from '../../models/model-type.ts'
import { QuerySet } from '../../query/query-set.ts'
import { ManyToManyField } from '../../relations/many-to-many.ts'
import { MigrationError } from '../errors.ts'
import { declaredField } from '../state/declared-field.ts'
import { type FieldDeclaration, isManyToMany } from '../state/field-state.ts'
import { labelOf, type ModelState } from '../state/model-state.ts'
import type { ProjectState } from '../state/project-state.ts'

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

/** A point of the history, and the database whose rows its models read. */
export interface HistoryPoint {
  /** The app whose models are found by their name alone. */
  readonly app: string
  readonly state: ProjectState
  readonly database: Database
}

/** The models of a point of the history. */
export function historyOf(point: HistoryPoint): History {
  return { model: (label, fields) => historicalModel(label, fields ?? {}, point) as never }
}

function historicalModel(label: string, fields: object, { app, state, database }: HistoryPoint): unknown {
  const [own, name] = label.includes('.') ? (label.split('.') as [string, string]) : [app, label]
  if (own !== app && !state.find(own, name)) throw missing(`${own}.${name}`, own, app)
  const model = state.model(own, name)
  // A proxy has the fields of its base.
  const { fields: known } = state.concrete(model)
  for (const [field, declaration] of Object.entries(fields)) {
    assertAsItWas({ ...model, fields: known }, field, declaredField(declaration, `${labelOf(model)}.${field}`))
  }
  const type = state.registry.get(labelOf(model)).model
  const objects = new QuerySet(type)
  const bound = database.alias === 'default' ? objects : objects.using(database.alias)
  return Object.defineProperty(type, 'objects', { value: bound, configurable: true })
}

/** What another app has at this point is what the dependencies say. */
function missing(label: string, own: string, app: string): MigrationError {
  return new MigrationError(
    `There is no model ${label} at this point of the migrations. Give this migration of '${app}' a dependency on the one of ` +
      `'${own}' that makes it: dependencies: [['${own}', '…']].`,
  )
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
