/** What a template sees: names and their values. */
export type TemplateContext = Readonly<Record<string, unknown>>

/** Filters, globals and tests that apps hand to an engine. */
export interface TemplateLibrary {
  /** `{{ value | name(argument) }}` */
  readonly filters?: Readonly<Record<string, (value: never, ...args: never[]) => unknown>>
  /** Names every template knows: values, or functions called with `{{ name(argument) }}`. */
  readonly globals?: Readonly<Record<string, unknown>>
  /** Tags without a body, written `{% name argument, key=value %}`; what they return is escaped unless it is `SafeString`. */
  readonly tags?: Readonly<
    Record<
      string,
      (context: TemplateContext, args: readonly unknown[], named: Readonly<Record<string, unknown>>) => unknown
    >
  >
}

/** A template engine. Rendering is asynchronous because what a template reads may have to be loaded first. */
export interface Engine {
  /** Renders the first template of that name: the project's directories are searched before those of the apps, in order. */
  render(name: string | readonly string[], context?: TemplateContext): Promise<string>
  renderString(source: string, context?: TemplateContext): Promise<string>
  /** Whether a template of that name exists. */
  has(name: string): boolean
}
