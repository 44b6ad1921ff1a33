import { loadEnvironmentFile, type Settings, setup } from '@nuages/core'

/** How `manage.ts` names its project. */
export interface ProjectOptions {
  /** The settings module, as a thunk: commands that need no settings run even when they cannot be loaded. */
  readonly settings: () => Promise<{ readonly default: Settings }>
  /** The project's folder: `import.meta.dirname`. */
  readonly baseDir: string
}

/** The project a command runs in. Nothing of it is loaded before a command asks. */
export class Project {
  readonly baseDir: string
  readonly #load: ProjectOptions['settings']
  #settings: Promise<Settings> | undefined

  constructor(options: ProjectOptions) {
    this.baseDir = options.baseDir
    this.#load = options.settings
  }

  /** The project's settings, validated. Throws what loading them threw. */
  settings(): Promise<Settings> {
    if (this.#settings === undefined) {
      loadEnvironmentFile(this.baseDir)
      this.#settings = this.#load().then((module) => module.default)
    }
    return this.#settings
  }

  /** Settings, apps, models, databases and templates, ready for use. */
  async setup(): Promise<void> {
    await setup(await this.settings())
  }
}
