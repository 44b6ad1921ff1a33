/** What an error may carry besides its message. */
export interface NuagesErrorOptions extends ErrorOptions {
  /** The way out, in one sentence. Shown after the message by the CLI and the debug page. */
  hint?: string
}

/**
 * The base of every error that Nuages throws on purpose. A message tells what was wrong, where, what it got and the way
 * out, in that order; `code` is stable and documented, messages are not.
 */
export class NuagesError extends Error {
  /** A stable name for the kind of error, such as `'field-error'`. */
  readonly code: string
  readonly hint: string | undefined

  constructor(code: string, message: string, options: NuagesErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.hint = options.hint
  }

  override get name(): string {
    return this.constructor.name
  }
}

/** The project is set up wrongly: a setting, an app or a model declaration. Django's `ImproperlyConfigured`. */
export class ImproperlyConfigured extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('improperly-configured', message, options)
  }
}
