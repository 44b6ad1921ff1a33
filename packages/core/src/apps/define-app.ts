import { type Check, ImproperlyConfigured } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import type { TemplateContext, TemplateLibrary } from '@nuages/templates'
import type { z } from 'zod'
import type { Middleware } from '../middleware/middleware.ts'
import type { Settings } from '../settings/settings.ts'
import type { AppRegistry } from './app-registry.ts'

/** Adds names to the context of every template that is rendered for a request. */
export type ContextProcessor = (request: HttpRequest) => TemplateContext | Promise<TemplateContext>

/** What `ready()` is given: everything is set up when it is called. */
export interface ReadyContext {
  readonly settings: Settings
  readonly apps: AppRegistry
}

/** What an app says about itself. Everything but `name` and `dir` may be left out. */
export interface AppDeclaration<Name extends string = string, Schema extends z.ZodType = z.ZodType> {
  /** The label: prefix of its tables (`blog_post`) and key in the registry. Lower case, unique in a project. */
  readonly name: Name
  /** The name for people; by default made of `name`. */
  readonly verboseName?: string
  /** Its folder (`import.meta.dirname`): `templates/`, `static/` and `migrations/` are found under it. */
  readonly dir: string
  /** The module whose exported models are the app's. A thunk, so that an app can be named before its models load. */
  readonly models?: () => Promise<object>
  /** The module whose exported commands (`defineCommand`) are added to the CLI. */
  readonly commands?: () => Promise<object>
  /** The module that shows the app's models in the admin: `() => import('./admin.ts')`. Loaded where `admin` is installed. */
  readonly admin?: () => Promise<unknown>
  /** Run inside the project's middleware, in the order of `installedApps`. */
  readonly middleware?: readonly Middleware[]
  readonly contextProcessors?: readonly ContextProcessor[]
  /** Filters, tags and globals for every template. */
  readonly templateLibrary?: TemplateLibrary
  readonly checks?: readonly Check[]
  /** Checks of what only matters in production: run by `manage check --deploy`. */
  readonly deployChecks?: readonly Check[]
  /** A zod schema for the app's own section of the settings, found as `settings.<name>`. */
  readonly settings?: Schema
  /** Called once, after every app's models are loaded: the place to connect signals. Django's `AppConfig.ready`. */
  readonly ready?: (context: ReadyContext) => void | Promise<void>
}

const appMark: unique symbol = Symbol.for('nuages.app')

/** An app, as `installedApps` takes it. */
export type App<Name extends string = string, Schema extends z.ZodType = z.ZodType> = AppDeclaration<Name, Schema> & {
  readonly verboseName: string
  readonly [appMark]: true
}

export function isApp(value: unknown): value is App {
  return typeof value === 'object' && value !== null && appMark in value
}

/**
 * Declares an app, in its folder's `app.ts`. Throws `ImproperlyConfigured` when the name cannot be a label or the folder is
 * not an absolute path. Django's `AppConfig`.
 */
export function defineApp<const Name extends string, Schema extends z.ZodType = z.ZodUndefined>(
  declaration: AppDeclaration<Name, Schema>,
): App<Name, Schema> {
  const { name, dir } = declaration
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new ImproperlyConfigured(
      `defineApp: the name '${name}' cannot be a label: it takes lower-case letters, digits and _, starting with a letter.`,
    )
  }
  if (typeof dir !== 'string' || !/^(\/|[A-Za-z]:[\\/]|\\\\)/.test(dir)) {
    throw new ImproperlyConfigured(`defineApp: app '${name}' has dir '${dir}', which is no absolute path.`, {
      hint: 'Write dir: import.meta.dirname.',
    })
  }
  const verboseName = declaration.verboseName ?? name.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase())
  return Object.freeze({ ...declaration, verboseName, [appMark]: true as const })
}
