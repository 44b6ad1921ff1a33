import { ImproperlyConfigured, withArticle } from '@nuages/foundation'
import type { HttpRequest, HttpResponse } from '@nuages/http'
import type { Route } from './route.ts'

/** Named values: what a route captured, and what `kwargs` adds. */
export type Kwargs = Readonly<Record<string, unknown>>

/**
 * What a view gets besides the request: the captured values by name. For a regular expression with unnamed groups only,
 * the array of the groups, on which extra `kwargs` stand as properties.
 */
export type Params = Kwargs | readonly (string | undefined)[]

/** A view: it gets the request and the parameters of the URL, and returns the response. */
export type ViewFunction<P = Params> = (request: HttpRequest, params: P) => HttpResponse | Promise<HttpResponse>

/** A route and the view behind it: what `path` and `rePath` return. */
export class UrlPattern {
  readonly route: Route
  readonly view: ViewFunction
  readonly name: string | undefined
  /** Extra parameters for the view; they win over captured ones, as in Django. */
  readonly kwargs: Kwargs

  constructor(route: Route, view: ViewFunction, name: string | undefined, kwargs: Kwargs) {
    this.route = route
    this.view = view
    this.name = name
    this.kwargs = kwargs
  }
}

/** A prefix and the patterns below it: what `path` and `rePath` return for an `include`. */
export class UrlInclude {
  readonly route: Route
  readonly included: Included
  readonly kwargs: Kwargs

  constructor(route: Route, included: Included, kwargs: Kwargs) {
    this.route = route
    this.included = included
    this.kwargs = kwargs
  }
}

/** A line of `urlpatterns`. */
export type UrlEntry = UrlPattern | UrlInclude

/** What `include` returns: patterns, not yet under a prefix. They are read when a resolver is made. */
export class Included {
  readonly namespace: string | undefined
  readonly appName: string | undefined
  /** The patterns. A thunk given to `include` is called here, so that URLconfs may refer to each other. */
  readonly load: () => readonly UrlEntry[]

  constructor(load: () => readonly UrlEntry[], namespace: string | undefined, appName: string | undefined) {
    this.load = load
    this.namespace = namespace
    this.appName = appName
  }
}

export interface PatternOptions<Name extends string, Extra extends Kwargs> {
  /** What `reverse` knows the pattern by. */
  readonly name?: Name
  /** Extra parameters for the view. */
  readonly kwargs?: Extra
}

/** The entry for a route and what `path` or `rePath` was given behind it. */
export function createEntry(
  route: Route,
  target: ViewFunction | Included,
  given: string | PatternOptions<string, Kwargs> | undefined,
): UrlEntry {
  const { name, kwargs = {} }: PatternOptions<string, Kwargs> =
    typeof given === 'string' ? { name: given } : (given ?? {})
  if (target instanceof Included) return new UrlInclude(route, target, kwargs)
  if (typeof target !== 'function') {
    const got = Array.isArray(target)
      ? 'an array; wrap it in include()'
      : target === null
        ? 'null'
        : withArticle(typeof target)
    throw new ImproperlyConfigured(`Route '${route.source}': expected a view or include(…), got ${got}.`)
  }
  if (/^class\b/.test(Function.prototype.toString.call(target))) {
    const view = target.name || 'TheView'
    throw new ImproperlyConfigured(`Route '${route.source}': '${view}' is a class. Write ${view}.asView().`)
  }
  return new UrlPattern(route, target, name, kwargs)
}
