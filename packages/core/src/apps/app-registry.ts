import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import type { ModelMeta } from '@nuages/orm'
import { NotSetUp, UnknownApp } from '../errors.ts'
import type { App } from './define-app.ts'

/** A model's class, as far as the registry knows it. */
export type RegisteredModel = (abstract new (...args: never) => object) & { readonly name: string }

export interface ModelsOptions {
  /** Those as well in whose place the project has others. */
  readonly includeSwapped?: boolean
}

function isSwapped(model: RegisteredModel): boolean {
  return (model as { readonly meta?: ModelMeta }).meta?.swapped !== undefined
}

interface Entry {
  readonly app: App
  readonly models: Map<string, RegisteredModel>
}

/** The installed apps and their models, in the order of `installedApps`. Django's `django.apps.apps`. */
export class AppRegistry {
  readonly #entries = new Map<string, Entry>()
  #ready = false

  /** Whether every app and model is loaded and every `ready()` has run. */
  get ready(): boolean {
    return this.#ready
  }

  /** The app of that name; throws `UnknownApp`, which names the nearest, and `NotSetUp` before `setup()`. */
  get(name: string): App {
    return this.#entry(name).app
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  /** Every app, in the order of `installedApps`. */
  all(): readonly App[] {
    return [...this.#entries.values()].map(({ app }) => app)
  }

  /**
   * The models of one app, or of all apps. One that has been swapped, such as `auth.User` where the project has users of its
   * own, is among them with `includeSwapped` alone.
   */
  models(name?: string, { includeSwapped = false }: ModelsOptions = {}): readonly RegisteredModel[] {
    const entries = name === undefined ? [...this.#entries.values()] : [this.#entry(name)]
    const all = entries.flatMap(({ models }) => [...models.values()])
    return includeSwapped ? all : all.filter((model) => !isSwapped(model))
  }

  /** The model of a dotted name such as `'blog.Post'`, in any case, as Django's `get_model` takes it. */
  getModel(dottedName: string): RegisteredModel {
    const [appName = '', modelName = '', ...rest] = dottedName.split('.')
    if (modelName === '' || rest.length > 0) {
      throw new UnknownApp(`apps.getModel takes a name such as 'blog.Post', not '${dottedName}'.`)
    }
    const { models } = this.#entry(appName)
    const model =
      models.get(modelName) ??
      [...models.values()].find((candidate) => candidate.name.toLowerCase() === modelName.toLowerCase())
    if (model) return model
    const names = [...models.keys()]
    throw new UnknownApp(
      `App '${appName}' has no model '${modelName}'.${didYouMean(modelName, names)} Models: ${names.join(', ') || 'none'}.`,
    )
  }

  /** Enters the apps; throws `ImproperlyConfigured` when two have the same name. Part of `setup()`. */
  populate(apps: readonly App[]): void {
    for (const app of apps) {
      const before = this.#entries.get(app.name)?.app
      if (before) {
        throw new ImproperlyConfigured(
          before === app
            ? `installedApps names the app '${app.name}' twice.`
            : `installedApps has two apps named '${app.name}' (in ${before.dir} and in ${app.dir}); a name is a label and must be unique.`,
        )
      }
      this.#entries.set(app.name, { app, models: new Map() })
    }
  }

  /** Enters the models of an app. Part of `setup()`. */
  addModels(name: string, models: Iterable<RegisteredModel>): void {
    const entry = this.#entry(name)
    for (const model of models) entry.models.set(model.name, model)
  }

  markReady(): void {
    this.#ready = true
  }

  /** Forgets everything, for `resetSetup()`. */
  clear(): void {
    this.#entries.clear()
    this.#ready = false
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name)
    if (entry) return entry
    if (this.#entries.size === 0 && !this.#ready) {
      throw new NotSetUp(`The app '${name}' was asked for before the project was set up.`, {
        hint: 'Call `await setup(settings)` first.',
      })
    }
    const names = [...this.#entries.keys()]
    throw new UnknownApp(
      `No installed app is named '${name}'.${didYouMean(name, names)} Installed: ${names.join(', ') || 'none'}.`,
    )
  }
}

/** The one registry of this process, filled by `setup()`. */
export const apps: AppRegistry = new AppRegistry()
