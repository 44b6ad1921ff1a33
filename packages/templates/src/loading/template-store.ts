import { readFileSync } from 'node:fs'
import { didYouMean } from '@nuages/foundation'
import type { TemplateName } from '../engine.ts'
import { TemplateDoesNotExist } from '../errors.ts'
import type { Template } from '../template.ts'
import { listKey, type TemplateAddress, templateAddress } from './template-address.ts'
import { type FoundFile, findFile, TemplateFinder } from './template-finder.ts'

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

/** Lists may be made of what visitors write, so not every one is kept. */
const selectedLimit = 1000

/** The templates of an engine, each compiled when it is first used. */
export class TemplateStore {
  readonly #finder: TemplateFinder
  readonly #options: TemplateStoreOptions
  /** By name alone, and by the path of what a `URL` named: consulted when files are taken not to change. */
  readonly #settled = new Map<string, Template>()
  readonly #settledFiles = new Map<string, Template>()
  readonly #selected = new Map<string, Template>()
  readonly #compiled = new Map<string, Compiled>()

  constructor(options: TemplateStoreOptions) {
    this.#options = options
    this.#finder = new TemplateFinder(options.directories)
  }

  has(name: TemplateName, from?: Template): boolean {
    const address = templateAddress(name, from)
    return this.#settledAs(address).has(address.name) || this.#find(address) !== undefined
  }

  /**
   * The template called `name`. A template that extends its own name, or another of the `chain` it is in, reaches the
   * next one of that name, in the directories behind.
   */
  get(name: TemplateName, from?: Template, chain: readonly Template[] = []): Template {
    const address = templateAddress(name, from)
    const isRepeated = chain.some((template) => template.name === address.name)
    const settles = this.#settles && !isRepeated
    const settled = settles ? this.#settledAs(address).get(address.name) : undefined
    if (settled) return settled
    const found = this.#find(address, isRepeated ? chain.map(({ file }) => file) : [])
    if (!found) throw this.#missing([address], isRepeated)
    const template = this.#compile(address.name, found)
    if (settles) this.#settledAs(address).set(address.name, template)
    return template
  }

  /** The first of `names` that exists. Django's `select_template`. */
  select(names: readonly TemplateName[], from?: Template): Template {
    if (names.length === 1) return this.get(names[0]!, from)
    const key = this.#settles ? listKey(names, from) : ''
    const selected = this.#selected.get(key)
    if (selected) return selected
    const name = names.find((candidate) => this.has(candidate, from))
    if (name === undefined)
      throw this.#missing(
        names.map((one) => templateAddress(one, from)),
        false,
      )
    const template = this.get(name, from)
    if (this.#selected.size >= selectedLimit) this.#selected.clear()
    if (this.#settles) this.#selected.set(key, template)
    return template
  }

  /** Whether what was found once holds for good. */
  get #settles(): boolean {
    return this.#options.cache && !this.#options.autoReload
  }

  #settledAs({ file }: TemplateAddress): Map<string, Template> {
    return file === undefined ? this.#settled : this.#settledFiles
  }

  #find({ name, file }: TemplateAddress, skip: readonly (string | undefined)[] = []): FoundFile | undefined {
    if (file === undefined) return this.#finder.find(name, skip)
    return skip.includes(file) ? undefined : findFile(file)
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

  #missing(addresses: readonly TemplateAddress[], isRepeated: boolean): TemplateDoesNotExist {
    const names = addresses.map(({ name }) => name)
    const tried = addresses.flatMap(({ name, file }) => file ?? this.#finder.candidates(name))
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
