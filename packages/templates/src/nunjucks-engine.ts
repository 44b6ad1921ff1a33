import nunjucks from 'nunjucks'
import { compileTemplate } from './compiler/compile-template.ts'
import type { CompileOptions } from './compiler/emitter.ts'
import type {
  Engine,
  RenderOptions,
  TemplateBlockTag,
  TemplateContext,
  TemplateFilter,
  TemplateLibrary,
  TemplateName,
  TemplateTag,
  TemplateTest,
} from './engine.ts'
import { TemplateError, TemplateSyntaxError } from './errors.ts'
import { djangoLibrary } from './filters/django-library.ts'
import { translationLibrary } from './filters/translation-library.ts'
import { TemplateStore } from './loading/template-store.ts'
import { type Renderable, renderable } from './renderable.ts'
import { renderTemplate } from './runtime/render-template.ts'
import { markSafe, type SafeString } from './safe-string.ts'
import { sourceExcerpt } from './source-excerpt.ts'
import { autoescapeTag } from './syntax/autoescape-tag.ts'
import { LibraryBlockTags } from './syntax/library-block-tags.ts'
import { LibraryTags } from './syntax/library-tags.ts'
import { type ParseFailure, parseTemplate, type SyntaxExtension } from './syntax/nunjucks-parser.ts'
import { improvedMessage } from './syntax/parse-messages.ts'
import { blockTransTag, transTag } from './syntax/translation-tags.ts'
import type { Scope, Template, TemplateHost } from './template.ts'

export interface NunjucksEngineOptions {
  /** The project's template directories, absolute, searched first. Django's `DIRS`. */
  readonly dirs?: readonly string[]
  /** The template directories of the installed apps, absolute, in their order. Django's `APP_DIRS`. */
  readonly appDirs?: readonly string[]
  /** Development: undefined names and printed methods throw. Default `false`. */
  readonly debug?: boolean
  /** See changed files at the next render. Default: as `debug`; without it nothing is read twice. */
  readonly autoReload?: boolean
  readonly libraries?: readonly TemplateLibrary[]
  /** Keep compiled templates. Default `true`. */
  readonly cache?: boolean
}

/** The engine for Nunjucks templates: Nunjucks' language and filters, Django's filters, and values that load themselves. */
export function createNunjucksEngine(options: NunjucksEngineOptions = {}): Engine {
  return new NunjucksEngine(options)
}

/** Nunjucks' parser in front, our own code generator and runtime behind; `createNunjucksEngine` makes one. */
export class NunjucksEngine implements Engine, TemplateHost {
  readonly debug: boolean
  readonly globals: Scope
  readonly tags: ReadonlyMap<string, TemplateTag>
  readonly blockTags: ReadonlyMap<string, TemplateBlockTag>
  readonly environment: object
  readonly #filters: Record<string, TemplateFilter>
  readonly #tests: Record<string, TemplateTest>
  readonly #extensions: readonly SyntaxExtension[]
  readonly #store: TemplateStore

  constructor(options: NunjucksEngineOptions = {}) {
    this.debug = options.debug ?? false
    const base = new nunjucks.Environment([]) as unknown as Required<TemplateLibrary>
    const libraries = [base, djangoLibrary, translationLibrary, ...(options.libraries ?? [])]
    this.#filters = Object.assign(Object.create(null), ...libraries.map(({ filters }) => filters))
    this.#tests = Object.assign(Object.create(null), ...libraries.map(({ tests }) => tests))
    this.globals = Object.assign(Object.create(null), ...libraries.map(({ globals }) => globals))
    this.tags = new Map(libraries.flatMap(({ tags }) => Object.entries(tags ?? {})))
    this.blockTags = new Map(libraries.flatMap(({ blockTags }) => Object.entries(blockTags ?? {})))
    this.environment = {
      opts: { autoescape: true, throwOnUndefined: false },
      getTest: (name: string) => this.#tests[name],
    }
    this.#extensions = [
      autoescapeTag,
      transTag,
      blockTransTag,
      new LibraryTags([...this.tags.keys()]),
      new LibraryBlockTags([...this.blockTags.keys()]),
    ]
    this.#store = new TemplateStore({
      directories: [...(options.dirs ?? []), ...(options.appDirs ?? [])],
      compile: (source, name, file) => this.#compile(source, name, file),
      autoReload: options.autoReload ?? this.debug,
      cache: options.cache ?? true,
    })
  }

  async render(
    name: TemplateName | readonly TemplateName[],
    context: TemplateContext = {},
    options: RenderOptions = {},
  ): Promise<string> {
    const isOne = typeof name === 'string' || name instanceof URL
    return renderTemplate(this, isOne ? this.#store.get(name) : this.#store.select(name), context, options)
  }

  async renderString(source: string, context: TemplateContext = {}): Promise<string> {
    return renderTemplate(this, this.#compile(source, '<string>', undefined), context)
  }

  async renderValue(value: Renderable): Promise<SafeString> {
    const { template, context } = value[renderable]()
    return markSafe(await this.render(template, context))
  }

  has(name: TemplateName): boolean {
    return this.#store.has(name)
  }

  find(name: TemplateName, from?: Template, chain?: readonly Template[]): Template {
    return this.#store.get(name, from, chain)
  }

  select(names: readonly TemplateName[], from?: Template): Template {
    return this.#store.select(names, from)
  }

  #compile(source: string, name: string, file: string | undefined): Template {
    const options: CompileOptions = {
      strict: this.debug,
      hasFilter: (filter) => filter in this.#filters,
      filterNames: () => Object.keys(this.#filters),
      hasTest: (test) => test in this.#tests,
      testNames: () => Object.keys(this.#tests),
    }
    const fail = (message: string, line: number | undefined, column?: number, cause?: unknown): never => {
      const location = { template: name, file, line: line ?? 1, column }
      throw new TemplateSyntaxError(message, { location, source: sourceExcerpt(source, location.line), cause })
    }
    const template = { name, file, source }
    try {
      const code = compileTemplate(parseTemplate(source, this.#extensions), options, (message, { lineno, colno }) =>
        fail(message, lineno + 1, colno + 1),
      )
      const make = new Function('template', 'filters', 'tests', code)
      return Object.assign(template, make(template, this.#filters, this.#tests))
    } catch (error) {
      if (error instanceof TemplateError) throw error
      const { message, lineno, colno } = error as ParseFailure
      return fail(improvedMessage(message, [...this.tags.keys(), ...this.blockTags.keys()]), lineno, colno, error)
    }
  }
}
