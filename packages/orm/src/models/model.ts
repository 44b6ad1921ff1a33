import { ImproperlyConfigured } from '@nuages/foundation'
import { MultipleObjectsReturned, ObjectDoesNotExist, ObjectNotUpdated } from '../errors.ts'
import type { Index, UniqueConstraint } from './constraints.ts'
import { ModelInstance } from './model-instance.ts'
import type { MetaOptions, ModelMeta } from './model-meta.ts'
import type { ModelType } from './model-type.ts'

/** What a model declares beside its fields, with names checked against them. */
export interface ModelOptions<Name extends string> {
  readonly table?: string
  readonly ordering?: readonly (Name | `-${Name}` | '?' | `${'-' | ''}${Name}__${string}`)[]
  readonly constraints?: readonly UniqueConstraint[]
  readonly indexes?: readonly Index[]
  readonly verboseName?: string
  readonly verboseNamePlural?: string
  readonly managed?: boolean
  /** What users may be permitted beside `defaultPermissions`: pairs of a code and a sentence for people. */
  readonly permissions?: readonly (readonly [codename: string, name: string])[]
  /** What users may be permitted to do with rows: `add`, `change`, `delete` and `view` where it is left out. */
  readonly defaultPermissions?: readonly string[]
}

interface ErrorClasses {
  readonly DoesNotExist: object
  readonly MultipleObjectsReturned: object
  readonly NotUpdated: object
}

const errorClasses = new WeakMap<object, ErrorClasses>()

function errorsOf(model: object): ErrorClasses {
  let classes = errorClasses.get(model)
  if (!classes) {
    classes = {
      DoesNotExist: class DoesNotExist extends ObjectDoesNotExist {},
      MultipleObjectsReturned: class extends MultipleObjectsReturned {},
      NotUpdated: class NotUpdated extends ObjectNotUpdated {},
    }
    errorClasses.set(model, classes)
  }
  return classes
}

/**
 * The class that a model extends. Relations are written as getters, so that models may refer to each other freely:
 *
 * ```ts
 * class Book extends Model({
 *   title: char({ maxLength: 200 }),
 *   get author() { return foreignKey(Author, { onDelete: CASCADE }) },
 * }, { ordering: ['title'] }) {
 *   static objects = manager(Book)
 * }
 * ```
 */
export function Model<F extends object>(
  fields: F,
  options: ModelOptions<(keyof F & string) | 'id' | 'pk'> = {},
): ModelType<F> {
  class DeclaredModel extends ModelInstance {
    static readonly fields = fields
    static readonly options: MetaOptions = options

    static get meta(): ModelMeta {
      // biome-ignore lint/complexity/noThisInStatic: the class that was asked, which extends this one
      const name = this.name
      throw new ImproperlyConfigured(
        `The model ${name} belongs to no app yet. Is its app in installedApps, and its module named in that app's ` +
          "defineApp({ models })? Without settings, registerModels('app', { … }) gives it one.",
      )
    }

    static get DoesNotExist(): object {
      return errorsOf(DeclaredModel).DoesNotExist
    }

    static get MultipleObjectsReturned(): object {
      return errorsOf(DeclaredModel).MultipleObjectsReturned
    }

    static get NotUpdated(): object {
      return errorsOf(DeclaredModel).NotUpdated
    }
  }
  return DeclaredModel as never
}
