import { type BuiltinConverterTypes, builtinConverters, type Converters, type ParsedBy } from './converter.ts'
import { PathRoute } from './path-route.ts'
import type { CheckedRoute, RouteArgs, RouteParams } from './route-params.ts'
import type { Needs, TypedInclude, TypedIncluded, TypedPattern } from './typed-entry.ts'
import {
  createEntry,
  Included,
  type Kwargs,
  type PatternOptions,
  type UrlEntry,
  type ViewFunction,
} from './url-entry.ts'

type Flat<T> = { [K in keyof T]: T[K] }

/** What a view behind a route gets: captured values, those of the prefixes it declares to stand under, extra ones. */
type ViewParams<Route extends string, Types, Above, Extra> = Flat<
  Omit<Above & RouteParams<Route, Types>, keyof Extra> & Extra
>

/** The types of `path`. `Types` maps converter names to value types, `Above` holds the parameters of the prefixes above. */
export interface PathFunction<Types, Above> {
  <
    const Route extends string,
    const Entries extends readonly UrlEntry[],
    const Namespace extends string,
    const Extra extends Kwargs = {},
  >(
    route: CheckedRoute<Route, Types>,
    included: TypedIncluded<Entries, Namespace> & Needs<ViewParams<Route, Types, Above, NoInfer<Extra>>>,
    options?: { readonly kwargs?: Extra },
  ): TypedInclude<RouteParams<Route, Types> & Partial<Extra>, RouteArgs<Route, Types>, Entries, Namespace, Above>
  // The last one: where none fits, the compiler tells of this, which is what most lines are.
  <const Route extends string, const Name extends string = never, const Extra extends Kwargs = {}>(
    route: CheckedRoute<Route, Types>,
    view: ViewFunction<ViewParams<Route, Types, Above, NoInfer<Extra>>>,
    nameOrOptions?: Name | PatternOptions<Name, Extra>,
  ): TypedPattern<Name, RouteParams<Route, Types> & Partial<Extra>, RouteArgs<Route, Types>, Above>
}

export interface DefinePathOptions<Custom extends Converters | undefined, Under extends string> {
  /** Converters besides `str`, `int`, `slug`, `uuid` and `path`; one of the same name replaces it. */
  readonly converters?: Custom
  /** The route, or the routes joined, that the patterns will be included under: views then get its parameters too. */
  readonly under?: Under
}

type TypesWith<Custom extends Converters> = Omit<BuiltinConverterTypes, keyof Custom> & {
  readonly [Name in keyof Custom]: ParsedBy<Custom[Name]>
}

/**
 * Makes a `path` that knows more: custom converters, or the parameters of the prefix that its patterns are included under.
 * It stands where Django has `register_converter`; nothing is global, so it cannot come too late.
 *
 * ```ts
 * const date = defineConverter({ regex: '[0-9-]{10}', parse: (text) => Temporal.PlainDate.from(text), format: String })
 * const path = definePath({ converters: { date } })
 * path('diary/<date:day>/', (request, { day }) => …)    // day: Temporal.PlainDate
 * ```
 */
export function definePath<Custom extends Converters, const Under extends string = ''>(
  options: DefinePathOptions<Custom, Under> & { readonly converters: Custom },
): PathFunction<TypesWith<Custom>, RouteParams<Under, TypesWith<Custom>>>
export function definePath<const Under extends string = ''>(
  options?: DefinePathOptions<undefined, Under>,
): PathFunction<BuiltinConverterTypes, RouteParams<Under, BuiltinConverterTypes>>
export function definePath(options: DefinePathOptions<Converters | undefined, string> = {}): unknown {
  const converters = { ...builtinConverters, ...options.converters }
  const definedPath = (
    source: string,
    target: ViewFunction | Included,
    given?: string | PatternOptions<string, Kwargs>,
  ) => createEntry(new PathRoute(source, converters, !(target instanceof Included)), target, given)
  return definedPath
}

/**
 * A line of `urlpatterns`: a route such as `'articles/<int:year>/<slug:slug>/'`, without a leading `/`, and the view that
 * answers there, or what `include` returns. The third argument is the pattern's name, or `{ name, kwargs }`. Throws
 * `ImproperlyConfigured` where the route cannot be read. Django's `path`.
 */
export const path: PathFunction<BuiltinConverterTypes, {}> = definePath()
