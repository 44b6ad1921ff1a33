import { readFileSync } from 'node:fs'
import { didYouMean } from '@nuages/foundation'
import { TemplateDoesNotExist } from '../errors.ts'
import type { Template } from '../template.ts'
import { type FoundFile, resolveName, TemplateFinder } from './template-finder.ts'

interface Compiled {
  readonly found: FoundFile
  readonly template: Template
}

export interface TemplateStoreOptions {
  readonly directories: readonly string[]
  readonly compile: (source: string, name: string, file: string) => Template
  /** Look at the files before each use, and compile again what changed. */
  readonly autoReload: boolean
  /** Keep what was compiled. */
  readonly cache: boolean
}

/** The templates of an engine, each compiled when it is first used. */
export class TemplateStore {
  readonly #finder: TemplateFinder
  readonly #options: TemplateStoreOptions
  /** By name alone: consulted when files are taken not to change. */
  readonly #settled = new Map<string, Template>()
  readonly #compiled = new Map<string, Compiled>()

  constructor(options: TemplateStoreOptions) {
    this.#options = options
    this.#finder = new TemplateFinder(options.directories)
  }

  has(name: string): boolean {
    return this.#settled.has(name) || this.#finder.find(name) !== undefined
  }

  /**
   * The template called `name`. A template that extends its own name, or another of the `chain` it is in, reaches the
   * next one of that name, in the directories behind.
   */
  get(name: string, from?: Template, chain: readonly Template[] = []): Template {
    const resolved = resolveName(name, from?.name)
    const isRepeated = chain.some((template) => template.name === resolved)
    const settles = this.#options.cache && !this.#options.autoReload && !isRepeated
    const settled = settles ? this.#settled.get(resolved) : undefined
    if (settled) return settled
    const skip = isRepeated ? chain.map(({ file }) => file) : []
    const found = this.#finder.find(resolved, skip)
    if (!found) throw this.#missing([resolved], isRepeated)
    const template = this.#compile(resolved, found)
    if (settles) this.#settled.set(resolved, template)
    return template
  }

  /** The first of `names` that exists. Django's `select_template`. */
  select(names: readonly string[]): Template {
    const name = names.length === 1 ? names[0] : names.find((candidate) => this.has(candidate))
    if (name === undefined) throw this.#missing(names, false)
    return this.get(name)
  }

  #compile(name: string, found: FoundFile): Template {
    const key = `${name}\n${found.file}`
    const known = this.#compiled.get(key)
    const isFresh =
      !this.#options.autoReload || (known?.found.modified === found.modified && known.found.size === found.size)
    if (known && isFresh) return known.template
    const template = this.#options.compile(readFileSync(found.file, 'utf8'), name, found.file)
    if (this.#options.cache) this.#compiled.set(key, { found, template })
    return template
  }

  #missing(names: readonly string[], isRepeated: boolean): TemplateDoesNotExist {
    const tried = names.flatMap((name) => this.#finder.candidates(name))
    const [quoted, plural] = [names.map((name) => `'${name}'`).join(', '), names.length > 1 ? 's' : '']
    const suggestion = didYouMean(names[0] ?? '', this.#finder.names())
    const what = isRepeated
      ? `the template extends ${quoted}, its own name, and no directory behind has another`
      : `there is no template ${quoted}`
    const where = tried.length > 0 ? ` Looked for: ${tried.join(', ')}.` : ' No template directory could hold it.'
    return new TemplateDoesNotExist(`${what}.${suggestion}${where}`, {
      names,
      tried,
      hint: `Templates are looked for in the project's template directories, then in the templates folder of each installed app; check the name${plural} and installedApps.`,
    })
  }
}
