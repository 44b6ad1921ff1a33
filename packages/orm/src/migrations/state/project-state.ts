import { didYouMean } from '@nuages/foundation'
import type { ModelMeta } from '../../models/model-meta.ts'
import type { ModelRegistry } from '../../models/model-registry.ts'
import { proxy } from '../../models/proxy.ts'
import { buildModel, createRegistry, models as projectModels, registerModels } from '../../models/register-models.ts'
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
    return new ProjectState([...metas].filter((meta) => !meta.autoCreated).map(modelState))
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

  /** A model by its label, `'blog.Post'`, or `undefined`. */
  byLabel(label: string): ModelState | undefined {
    return this.#models.get(label.toLowerCase())
  }

  /** The model that has the fields and the table: the one given, or the one that it is a proxy of. */
  concrete(model: ModelState): ModelState {
    const { proxyFor } = model.options
    if (proxyFor === undefined) return model
    const base = this.byLabel(proxyFor)
    if (base) return this.concrete(base)
    throw new MigrationError(
      `${labelOf(model)} is a proxy of ${proxyFor}, which is not there at this point of the migrations.`,
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
  registry.formerLabels = projectModels.formerLabels
  for (const model of models) if (model.options.proxyFor === undefined) buildConcrete(model, registry)
  const waiting = new Set(models.filter(({ options }) => options.proxyFor !== undefined))
  // A proxy may be one of another proxy; one whose model is not there is left out, since nothing can be asked of it.
  for (let before = -1; before !== waiting.size; ) {
    before = waiting.size
    for (const model of waiting) if (buildProxy(model, registry)) waiting.delete(model)
  }
  return registry
}

function buildConcrete({ app, name, fields, options }: ModelState, registry: ModelRegistry): void {
  const declarations = Object.fromEntries([...fields].map(([field, { declaration }]) => [field, declaration]))
  const { table, tableComment, indexes, constraints, managed, requiredDbVendor, swappable } = options
  buildModel(
    name,
    declarations,
    {
      appLabel: app,
      ...(table === undefined ? {} : { table }),
      ...(tableComment === undefined ? {} : { tableComment }),
      ...(requiredDbVendor === undefined ? {} : { requiredDbVendor }),
      ...(swappable === undefined ? {} : { swappable }),
      indexes,
      constraints,
      managed,
    },
    registry,
  )
}

function buildProxy({ app, name, options }: ModelState, registry: ModelRegistry): boolean {
  const base = registry.all().find(({ label }) => label.toLowerCase() === options.proxyFor?.toLowerCase())
  if (!base) return false
  const shared = proxy(base.model as never) as unknown as new () => object
  const model = { [name]: class extends shared {} }[name]!
  registerModels(app, { [name]: model }, registry)
  return true
}
