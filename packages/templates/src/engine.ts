import type { Renderable } from './renderable.ts'
import type { SafeString } from './safe-string.ts'

/**
 * How a template is asked for: by its name in the template directories (`'blog/post_list.html'`), or by the `URL` of its file
 * (`new URL('./templates/form.html', import.meta.url)`), which is how a package that is no app ships a default.
 */
export type TemplateName = string | URL

/** What a template sees: names and their values. */
export type TemplateContext = Readonly<Record<string, unknown>>

/** What a filter finds as `this`: the way to read members as a template does, relations that have to be loaded included. */
export interface FilterThis {
  /** Reads `'author.name'` of `item`. Notes what has to be loaded first; the filter is then called again. */
  lookup(item: unknown, path: string | number): unknown
  /** Python's idea of truth, as `{% if %}` has it: empty lists and empty dictionaries are false. */
  truthy(value: unknown): boolean
}

/** `{{ value | name(argument) }}`. Keyword arguments arrive as one object, last. What it returns is escaped unless `SafeString`. */
export type TemplateFilter = (this: FilterThis, value: never, ...args: never[]) => unknown

/** `{{ value is name(argument) }}` */
export type TemplateTest = (value: never, ...args: never[]) => boolean

/**
 * A tag without a body: `{% name argument other key=value %}`, and `{% name … as variable %}`, which keeps the result
 * instead of printing it. What it returns is escaped unless it is `SafeString`; a promise is awaited.
 */
export type TemplateTag = (
  context: TemplateContext,
  args: readonly unknown[],
  named: Readonly<Record<string, unknown>>,
) => unknown

/** What a tag with a body says before its body is rendered. */
export interface BlockTagAnswer {
  /** HTML that is printed in place of the body; left out, the body is rendered. */
  readonly html?: string
  /** Given what the body printed, once, when the whole page is rendered, which waits for it. */
  readonly keep?: (html: string) => void | Promise<void>
}

/** A tag with a body: `{% name argument key=value %} … {% endname %}`. */
export type TemplateBlockTag = (
  context: TemplateContext,
  args: readonly unknown[],
  named: Readonly<Record<string, unknown>>,
) => BlockTagAnswer | Promise<BlockTagAnswer>

/** Filters, tests, globals and tags that apps hand to an engine. Of two with the same name, the later library's is used. */
export interface TemplateLibrary {
  readonly filters?: Readonly<Record<string, TemplateFilter>>
  readonly tests?: Readonly<Record<string, TemplateTest>>
  /** Names every template knows: values, or functions called with `{{ name(argument) }}`. */
  readonly globals?: Readonly<Record<string, unknown>>
  readonly tags?: Readonly<Record<string, TemplateTag>>
  readonly blockTags?: Readonly<Record<string, TemplateBlockTag>>
}

export interface RenderOptions {
  /**
   * Whether what is printed is escaped as HTML, in what the template includes and extends as well. Default `true`; `false` is
   * for plain text, such as a mail's.
   */
  readonly autoescape?: boolean
}

/** A template engine. Rendering is asynchronous because what a template reads may have to be loaded first. */
export interface Engine {
  /**
   * Renders the first of `name` that exists: the project's directories are searched before those of the apps, in order.
   * Throws `TemplateDoesNotExist`, `TemplateSyntaxError`, or `TemplateError` for what fails while rendering.
   */
  render(
    name: TemplateName | readonly TemplateName[],
    context?: TemplateContext,
    options?: RenderOptions,
  ): Promise<string>
  renderString(source: string, context?: TemplateContext): Promise<string>
  /** The HTML of a value that prints itself by a template, such as a form's field, for code that is no template. */
  renderValue(value: Renderable): Promise<SafeString>
  /** Whether a template of that name exists. */
  has(name: TemplateName): boolean
}
