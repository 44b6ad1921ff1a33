import { NuagesError, type NuagesErrorOptions } from '@nuages/foundation'
import { formatExcerpt, type SourceLine } from './source-excerpt.ts'

/** Where in a template something happened. */
export interface TemplateLocation {
  /** The name the template was asked for by, such as `'blog/post.html'`. */
  readonly template: string
  /** The file's path; `undefined` for a template made from a string. */
  readonly file: string | undefined
  /** Counted from 1. */
  readonly line: number
  /** Counted from 1, where it is known. */
  readonly column?: number | undefined
}

export interface TemplateErrorOptions extends NuagesErrorOptions {
  location?: TemplateLocation | undefined
  source?: readonly SourceLine[]
  code?: string
}

/** Something failed in a template. What was thrown, if something was, is the `cause`. */
export class TemplateError extends NuagesError {
  /** Where it failed: the innermost template. */
  readonly location: TemplateLocation | undefined
  /** The source around `location`, the failing line marked. */
  readonly source: readonly SourceLine[]
  readonly #trace: TemplateLocation[] = []

  constructor(message: string, options: TemplateErrorOptions = {}) {
    const { location } = options
    super(options.code ?? 'template-error', location ? `${whereIs(location)}: ${message}` : message, options)
    this.location = location
    this.source = options.source ?? []
  }

  /** The templates that included, extended or called the failing one, from the inside out. */
  get trace(): readonly TemplateLocation[] {
    return this.#trace
  }

  /** Adds a template that the error passes on its way out. */
  passedThrough(location: TemplateLocation): this {
    this.#trace.push(location)
    return this
  }

  /** `source` as text for a terminal, the failing line marked with `>`. */
  get excerpt(): string {
    return formatExcerpt(this.source)
  }
}

/** A template that cannot be compiled. Django's `TemplateSyntaxError`. */
export class TemplateSyntaxError extends TemplateError {
  constructor(message: string, options: TemplateErrorOptions = {}) {
    super(message, { ...options, code: 'template-syntax-error' })
  }
}

/** No directory has a template of that name. Django's `TemplateDoesNotExist`. */
export class TemplateDoesNotExist extends TemplateError {
  /** The names that were asked for. */
  readonly names: readonly string[]
  /** The files that were looked for, in order. */
  readonly tried: readonly string[]

  constructor(message: string, options: TemplateErrorOptions & { names: readonly string[]; tried: readonly string[] }) {
    super(message, { ...options, code: 'template-does-not-exist' })
    this.names = options.names
    this.tried = options.tried
  }
}

function whereIs({ template, line, column }: TemplateLocation): string {
  return column === undefined ? `${template}, line ${line}` : `${template}, line ${line}, column ${column}`
}
