import { ImproperlyConfigured, NuagesError, type NuagesErrorOptions } from '@nuages/foundation'
import { HttpError } from '@nuages/http'

/** One thing that is wrong with a settings file. */
export interface SettingsProblem {
  /** The setting, such as `'allowedHosts'` or `'templates.dirs[1]'`. */
  readonly key: string
  readonly message: string
}

/** The settings are wrong. It carries every problem at once, so that a settings file is repaired in one go. */
export class SettingsError extends ImproperlyConfigured {
  readonly problems: readonly SettingsProblem[]

  constructor(problems: readonly SettingsProblem[], options?: NuagesErrorOptions) {
    const lines = problems.map((problem) => problem.message)
    super(
      lines.length === 1
        ? `Settings: ${lines[0]}`
        : `Settings: ${lines.length} problems.\n${lines.map((line) => `  - ${line}`).join('\n')}`,
      options,
    )
    this.problems = problems
  }
}

/** Settings or apps were read before `setup()`. Django's `AppRegistryNotReady`. */
export class NotSetUp extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('not-set-up', message, options)
  }
}

/** The registry has no app or model of that name. Django's `LookupError` of `apps.get_model`. */
export class UnknownApp extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('unknown-app', message, options)
  }
}

/**
 * A command cannot do what it was asked. The CLI prints the message without a stack and exits with `exitCode` (1).
 * Django's `CommandError`.
 */
export class CommandError extends NuagesError {
  readonly exitCode: number

  constructor(message: string, options: NuagesErrorOptions & { exitCode?: number } = {}) {
    super('command-error', message, options)
    this.exitCode = options.exitCode ?? 1
  }
}

/** A view or a middleware gave back something that is no response. */
export class InvalidResponse extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('invalid-response', message, options)
  }
}

/** A form was sent to an address without its trailing slash, where a redirect would drop what it holds. */
export class MissingTrailingSlash extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('missing-trailing-slash', message, options)
  }
}

/** A tag of the framework was used in a way that it does not take. */
export class TemplateTagError extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('template-tag', message, options)
  }
}

/** Why a request was not let through: where it was sent from, the cookie, or the token. */
export type CsrfFailureKind = 'origin' | 'referer' | 'cookie' | 'token'

/** A request that could have been forged by another site: 403. `csrfFailureView` is given it; message and hint are for developers. */
export class CsrfError extends HttpError {
  override readonly status = 403
  readonly kind: CsrfFailureKind

  constructor(kind: CsrfFailureKind, message: string, options?: NuagesErrorOptions) {
    super('csrf', message, options)
    this.kind = kind
  }
}

/** A signed text that was changed, or that another key or salt signed. Django's `BadSignature`. */
export class BadSignature extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions & { code?: string }) {
    super(options?.code ?? 'bad-signature', message, options)
  }
}

/** A signature that is right, and older than is allowed. Django's `SignatureExpired`. */
export class SignatureExpired extends BadSignature {
  constructor(message: string, options?: NuagesErrorOptions) {
    super(message, { ...options, code: 'signature-expired' })
  }
}

/** A sealed text that cannot be opened: it was changed, or sealed with another key, for another purpose, or in another context. */
export class BadSeal extends NuagesError {
  constructor(message: string, options?: NuagesErrorOptions) {
    super('bad-seal', message, options)
  }
}
