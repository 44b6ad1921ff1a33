import { ImproperlyConfigured } from '@nuages/foundation'
import { MultipleObjectsReturned, ObjectDoesNotExist, ObjectNotUpdated } from '../errors.ts'
import { ModelInstance } from './model-instance.ts'
import type { MetaOptions, ModelMeta } from './model-meta.ts'

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

export type InstanceClass = new (values?: object) => ModelInstance

/** A class with fields and options, which no app has registered yet. */
export function declareModel(base: InstanceClass, fields: object, options: MetaOptions): InstanceClass {
  class DeclaredModel extends base {
    static readonly fields = fields
    static readonly options: MetaOptions = options

    static get meta(): ModelMeta {
      // biome-ignore lint/complexity/noThisInStatic: the class that was asked, which extends this one
      const name = this.name
      throw unregistered(name)
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
  return DeclaredModel
}

/** What every declared model is in the end. */
export const rootClass: InstanceClass = ModelInstance

function unregistered(name: string): ImproperlyConfigured {
  return new ImproperlyConfigured(
    `The model ${name} belongs to no app yet. Is its app in installedApps, and its module named in that app's ` +
      "defineApp({ models })? Without settings, registerModels('app', { … }) gives it one.",
  )
}
