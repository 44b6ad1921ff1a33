import { apps } from '@nuages/core'
import { auto, char, Model, type ModelMeta, QuerySet, type RuntimeModel } from '@nuages/orm'
import { cachedById, cachedByKey, forgetAll, remember } from './content-type-cache.ts'

/** A model's class, or a row of it. */
export type ModelOrRow = { readonly meta: ModelMeta } | { readonly pk: unknown }

/** Which database is meant; `default` when left out. */
export interface ContentTypeOptions {
  readonly using?: string
}

/** The rows of `ContentType`, which hardly ever change: the methods of its own keep what they found, for each database. */
export class ContentTypeManager extends QuerySet<typeof ContentType> {
  /**
   * The content type of a model, or of the model of a row; made where `migrate` has not done so yet. One query at most for
   * each model in the life of the process.
   */
  async getForModel(model: ModelOrRow, { using }: ContentTypeOptions = {}): Promise<ContentType> {
    const { appLabel, modelName } = metaOf(model)
    const known = cachedByKey(appLabel, modelName, using)
    if (known) return known
    const [found] = await rowsIn(using).getOrCreate({ appLabel, model: modelName })
    await remember(found, using)
    return found
  }

  /** The content types of several models, by model. Those that are not known yet take one query together. */
  async getForModels<M extends { readonly meta: ModelMeta }>(
    models: readonly M[],
    { using }: ContentTypeOptions = {},
  ): Promise<Map<M, ContentType>> {
    const unknown = models.filter(({ meta }) => !cachedByKey(meta.appLabel, meta.modelName, using))
    if (unknown.length > 0) {
      const rows = await rowsIn(using).filter({ model__in: unknown.map(({ meta }) => meta.modelName) })
      for (const row of rows) await remember(row, using)
    }
    const found = new Map<M, ContentType>()
    for (const model of models) found.set(model, await this.getForModel(model, using === undefined ? {} : { using }))
    return found
  }

  /** The content type of that key, from what is known where it can be. Throws `ContentType.DoesNotExist`. */
  async getForId(id: number, { using }: ContentTypeOptions = {}): Promise<ContentType> {
    const known = cachedById(id, using)
    if (known) return known
    const found = await rowsIn(using).get({ id })
    await remember(found, using)
    return found
  }

  /** The content type of an app's label and a model's name in lower case. Throws `ContentType.DoesNotExist`. */
  async getByNaturalKey(
    appLabel: string,
    model: string,
    { using = this.db }: ContentTypeOptions = {},
  ): Promise<ContentType> {
    const known = cachedByKey(appLabel, model, using)
    if (known) return known
    const found = await rowsIn(using).get({ appLabel, model })
    await remember(found, using)
    return found
  }

  /** Forgets what was found in a database: for who deletes content types. */
  clearCache({ using }: ContentTypeOptions = {}): void {
    forgetAll(using)
  }
}

/**
 * The model of a project as a row, so that other rows may name it: permissions do, and the history of the admin. Django's
 * `ContentType`, in its table.
 */
export class ContentType extends Model(
  {
    id: auto({ primaryKey: true }),
    appLabel: char({ maxLength: 100 }),
    /** The class's name in lower case: `'post'`. */
    model: char({ maxLength: 100, verboseName: 'model class name' }),
  },
  {
    table: 'django_content_type',
    constraints: [{ type: 'unique', fields: ['appLabel', 'model'] }],
  },
) {
  static objects = new ContentTypeManager(ContentType)

  /** The class, or `null` where the project has no such model any more. */
  modelClass(): RuntimeModel | null {
    if (!apps.has(this.appLabel)) return null
    const classes = apps.models(this.appLabel) as unknown as readonly RuntimeModel[]
    return classes.find(({ meta }) => meta.modelName === this.model) ?? null
  }

  /** The model's name for people: `'blog post'`; in lower case as it is stored where the model is gone. */
  get name(): string {
    return this.modelClass()?.meta.verboseName ?? this.model
  }

  /** The same with its app: `'Blog | post'`. */
  get appLabeledName(): string {
    return apps.has(this.appLabel) ? `${apps.get(this.appLabel).verboseName} | ${this.name}` : this.name
  }

  /** What names it in every database: its app and model. */
  naturalKey(): [appLabel: string, model: string] {
    return [this.appLabel, this.model]
  }

  override toString(): string {
    return this.appLabeledName
  }
}

function rowsIn(using: string | undefined): ContentTypeManager {
  return using === undefined ? ContentType.objects.all() : ContentType.objects.using(using)
}

function metaOf(model: ModelOrRow): ModelMeta {
  return 'meta' in model ? model.meta : (model.constructor as unknown as RuntimeModel).meta
}
