import type { Settings } from '@nuages/core'

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
    this.#settings ??= this.#loaded()
    return this.#settings
  }

  async #loaded(): Promise<Settings> {
    const { loadEnvironmentFile } = await import('@nuages/core')
    loadEnvironmentFile(this.baseDir)
    return (await this.#load()).default
  }

  /** Settings, apps, models, databases and templates, ready for use. */
  async setup(): Promise<void> {
    const { setup } = await import('@nuages/core')
    await setup(await this.settings())
  }
}
