import { didYouMean } from '@nuages/foundation'
import type { ModelMeta } from '../../models/model-meta.ts'
import type { ModelRegistry } from '../../models/model-registry.ts'
import { buildModel, createRegistry } from '../../models/register-models.ts'
import { MigrationError } from '../errors.ts'
import { labelOf, type ModelState, modelState } from './model-state.ts'

/** All models at a point of the history. Never changed: every operation makes the next state. */
export class ProjectState {
  /** By label in lower case. */
  readonly #models: ReadonlyMap<string, ModelState>
  #registry: ModelRegistry | undefined

  constructor(models: Iterable<ModelState> = []) {
    this.#models = new Map([...models].map((model) => [labelOf(model).toLowerCase(), model]))
  }

  /** The state of the project's models as they are declared now. */
  static fromModels(metas: Iterable<ModelMeta>): ProjectState {
    return new ProjectState([...metas].filter((meta) => !meta.autoCreated && !meta.proxyFor).map(modelState))
  }

  get models(): readonly ModelState[] {
    return [...this.#models.values()]
  }

  find(app: string, name: string): ModelState | undefined {
    return this.#models.get(`${app}.${name}`.toLowerCase())
  }

  /** A model by name. Throws `MigrationError` where the history has none. */
  model(app: string, name: string): ModelState {
    const model = this.find(app, name)
    if (model) return model
    const names = this.models.filter((known) => known.app === app).map((known) => known.name)
    throw new MigrationError(
      `There is no model ${app}.${name} at this point of the migrations.${didYouMean(name, names)} ` +
        `Models of ${app}: ${names.join(', ') || 'none'}.`,
    )
  }

  /** This state with one model more, or another of the same label. */
  with(model: ModelState): ProjectState {
    return new ProjectState([...new Map(this.#models).set(labelOf(model).toLowerCase(), model).values()])
  }

  without(app: string, name: string): ProjectState {
    const gone = this.model(app, name)
    return new ProjectState(this.models.filter((model) => model !== gone))
  }

  /** The models of this point as classes: they know their fields and tables, not the methods that were written for them. */
  get registry(): ModelRegistry {
    this.#registry ??= makeRegistry(this.models)
    return this.#registry
  }
}

function makeRegistry(models: readonly ModelState[]): ModelRegistry {
  const registry = createRegistry()
  for (const { app, name, fields, options } of models) {
    const declarations = Object.fromEntries([...fields].map(([field, { declaration }]) => [field, declaration]))
    const { table, tableComment, indexes, constraints, managed } = options
    buildModel(
      name,
      declarations,
      {
        appLabel: app,
        ...(table === undefined ? {} : { table }),
        ...(tableComment === undefined ? {} : { tableComment }),
        indexes,
        constraints,
        managed,
      },
      registry,
    )
  }
  return registry
}
