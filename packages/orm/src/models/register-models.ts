import { ImproperlyConfigured } from '@nuages/foundation'
import { bigAuto } from '../fields/auto-field.ts'
import { snakeCase } from '../fields/field.ts'
import { installAccessors } from '../relations/accessors.ts'
import { foreignKey } from '../relations/foreign-key.ts'
import type { ManyToManyField } from '../relations/many-to-many.ts'
import { CASCADE } from '../relations/on-delete.ts'
import { Model } from './model.ts'
import { ModelInstance } from './model-instance.ts'
import { type MetaOptions, ModelMeta, type RuntimeModel } from './model-meta.ts'
import { ModelRegistry } from './model-registry.ts'
import { proxiedModel } from './proxy.ts'

/** A registry of models that knows how to make the tables of many-to-many relations. */
export function createRegistry(): ModelRegistry {
  return new ModelRegistry(throughModel)
}

/** The models of the project. */
export const models: ModelRegistry = createRegistry()

interface DeclaredModel extends RuntimeModel {
  readonly fields: object
  readonly options: MetaOptions
}

function isModel(value: unknown): value is DeclaredModel {
  return typeof value === 'function' && value.prototype instanceof ModelInstance && !isAbstract(value as never)
}

/** The class that `AbstractModel` was given to, and what it made; a model that extends it has options of its own. */
function isAbstract(model: DeclaredModel): boolean {
  return model.options.abstract === true
}

/**
 * Makes models part of an app: gives them their tables and settles their relations. `exports` may be a whole module:
 * what is no model is passed over. Registering a name again replaces it. Returns the models' metas.
 */
export function registerModels(
  appLabel: string,
  exports: Readonly<Record<string, unknown>>,
  registry: ModelRegistry = models,
): ModelMeta[] {
  const own = new Set(Object.values(exports).filter(isModel))
  // A proxy needs the model that it is one of.
  const ordered = [...own].sort((one, other) => proxyDepth(one) - proxyDepth(other))
  const metas = new Map(ordered.map((model) => [model, bindModel(model, appLabel, model.name, registry)]))
  return [...own].map((model) => metas.get(model)!)
}

function proxyDepth(model: object): number {
  const of = proxiedModel(model)
  return of ? proxyDepth(of) + 1 : 0
}

function bindModel(
  model: DeclaredModel,
  appLabel: string,
  name: string,
  registry: ModelRegistry,
  autoCreated = false,
): ModelMeta {
  if (Object.hasOwn(model, 'fields')) {
    throw new ImproperlyConfigured(
      `${appLabel}: a model needs a class of its own: class ${name} extends Model({ … }) { }.`,
    )
  }
  const { fields: declared, options } = model
  const proxyFor = (proxiedModel(model) as RuntimeModel | undefined)?.meta
  const meta = new ModelMeta({ appLabel, name, declared, options, registry, model, autoCreated, proxyFor })
  Object.defineProperty(model, 'meta', { value: meta, configurable: true })
  // A proxy inherits those of the model.
  if (!proxyFor) installAccessors(meta)
  if (!proxyFor && meta.pk.attribute !== 'id' && meta.keyFields.length === 1) aliasKey(model, meta)
  if (!autoCreated) registry.add(meta)
  return meta
}

/** Whatever the key is called, `id` reads and writes it, unless that is a field of its own. */
function aliasKey(model: DeclaredModel, meta: ModelMeta): void {
  const { attribute } = meta.pk
  Object.defineProperty(model.prototype, 'id', {
    configurable: true,
    get(this: Record<string, unknown>) {
      return this[attribute]
    },
    set(this: Record<string, unknown>, value: unknown) {
      this[attribute] = value
    },
  })
}

/** A model from data, without a declaration: the models of a point in the migrations' history. */
export function buildModel(
  name: string,
  fields: Readonly<Record<string, unknown>>,
  init: MetaOptions & { readonly appLabel: string },
  registry: ModelRegistry = models,
): RuntimeModel {
  const { appLabel, ...options } = init
  return makeModel(name, fields, options, appLabel, registry, false).model
}

function makeModel(
  name: string,
  fields: object,
  options: MetaOptions,
  appLabel: string,
  registry: ModelRegistry,
  autoCreated: boolean,
): ModelMeta {
  const base = Model(fields, options as never) as unknown as DeclaredModel
  const model = { [name]: class extends (base as unknown as new (values?: object) => object) {} }[name]!
  return bindModel(model as unknown as DeclaredModel, appLabel, name, registry, autoCreated)
}

/** The table of pairs of a many-to-many, named as Django names it: `blog_post_tags` (id, post_id, tag_id). */
function throughModel(field: ManyToManyField): ModelMeta {
  const { meta, target } = field
  const same = meta === target
  const source = same ? `from_${meta.modelName}` : meta.modelName
  const goal = same ? `to_${meta.modelName}` : target.modelName
  const key = (to: ModelMeta, name: string) => foreignKey(to.model, { onDelete: CASCADE, dbColumn: `${name}_id` })
  const fields = { id: bigAuto(), source: key(meta, source), target: key(target, goal) }
  const table = field.options.dbTable ?? `${meta.table}_${snakeCase(field.name)}`
  const options = { table, constraints: [{ type: 'unique' as const, fields: ['source', 'target'] }] }
  return makeModel(`${meta.name}_${field.name}`, fields, options, meta.appLabel, meta.registry, true)
}
