import { ImproperlyConfigured } from '@nuages/foundation'
import { noArgs, noKwargs, type Route, type RouteMatch } from './route.ts'
import { type Kwargs, type UrlEntry, UrlInclude, UrlPattern, type ViewFunction } from './url-entry.ts'

/** A route on the way from the root to a view, with the extra parameters given beside it. */
export interface Level {
  readonly route: Route
  readonly kwargs: Kwargs
}

/** What a leaf found in a path. */
export interface LeafMatch {
  readonly args: readonly (string | undefined)[]
  readonly kwargs: Kwargs
  /** Those of `kwargs` that came from the path. */
  readonly captured: Kwargs
}

/** A pattern with everything above it. A URLconf is the list of its leaves in the order Django would try them. */
export class UrlLeaf {
  readonly pattern: UrlPattern
  readonly order: number
  readonly levels: readonly Level[]
  readonly namespaces: readonly string[]
  readonly appNames: readonly string[]
  /** The whole route as written. */
  readonly route: string
  readonly #hasExtra: boolean

  constructor(pattern: UrlPattern, order: number, above: Above) {
    this.pattern = pattern
    this.order = order
    this.levels = [...above.levels, pattern]
    this.namespaces = above.namespaces
    this.appNames = above.appNames
    this.route = this.levels.map(({ route }) => route.source).join('')
    this.#hasExtra = this.levels.some(({ kwargs }) => Object.keys(kwargs).length > 0)
  }

  get view(): ViewFunction {
    return this.pattern.view
  }

  /** The name that `reverse` takes, with its namespaces; the view's own name where the pattern has none. */
  get viewName(): string {
    return [...this.namespaces, this.pattern.name ?? (this.view.name || 'anonymous')].join(':')
  }

  /** `path` is without its leading `/`. */
  match(path: string): LeafMatch | undefined {
    if (this.levels.length === 1 && !this.#hasExtra) {
      const match = this.pattern.route.match(path)
      return match && { args: match.args, kwargs: match.kwargs, captured: match.kwargs }
    }
    const matches: RouteMatch[] = []
    let rest = path
    for (const { route } of this.levels) {
      const match = route.match(rest)
      if (match === undefined) return undefined
      matches.push(match)
      rest = match.rest
    }
    const captured = matches.reduce((all, { kwargs }) => merged(all, kwargs), noKwargs)
    return { args: this.#args(matches), captured, kwargs: this.#hasExtra ? this.#withExtra(matches) : captured }
  }

  /** Level by level from the root: what is given beside a route wins over what it captured, a lower level over a higher. */
  #withExtra(matches: readonly RouteMatch[]): Kwargs {
    return Object.assign({}, ...matches.flatMap((match, index) => [match.kwargs, this.levels[index]!.kwargs]))
  }

  /** Unnamed groups of a level count only while neither it nor a level below it has named parameters, as in Django. */
  #args(matches: readonly RouteMatch[]): readonly (string | undefined)[] {
    let args = matches.at(-1)!.args
    let named = isNotEmpty(matches.at(-1)!.kwargs) || isNotEmpty(this.pattern.kwargs)
    for (let index = matches.length - 2; index >= 0; index--) {
      named ||= isNotEmpty(matches[index]!.kwargs) || isNotEmpty(this.levels[index]!.kwargs)
      if (!named && matches[index]!.args !== noArgs) args = [...matches[index]!.args, ...args]
    }
    return args
  }
}

/** What is above a pattern: the includes around it. */
interface Above {
  readonly levels: readonly Level[]
  readonly namespaces: readonly string[]
  readonly appNames: readonly string[]
}

/** The leaves of a URLconf. Includes are loaded here. */
export function leavesOf(entries: readonly UrlEntry[]): readonly UrlLeaf[] {
  const leaves: UrlLeaf[] = []
  collect(entries, { levels: [], namespaces: [], appNames: [] }, leaves)
  return leaves
}

function collect(entries: readonly UrlEntry[], above: Above, leaves: UrlLeaf[]): void {
  for (const [index, entry] of entries.entries()) {
    if (entry instanceof UrlPattern) {
      leaves.push(new UrlLeaf(entry, leaves.length, above))
      continue
    }
    if (!(entry instanceof UrlInclude)) throw noEntry(entry, index, above)
    const { namespace, appName } = entry.included
    const below = {
      levels: [...above.levels, entry],
      namespaces: namespace === undefined ? above.namespaces : [...above.namespaces, namespace],
      appNames: appName === undefined ? above.appNames : [...above.appNames, appName],
    }
    collect(entry.included.load(), below, leaves)
  }
}

function noEntry(entry: unknown, index: number, above: Above): ImproperlyConfigured {
  const under = above.levels.map(({ route }) => route.source).join('')
  const got = entry === null ? 'null' : typeof entry
  return new ImproperlyConfigured(
    `urlpatterns[${index}]${under === '' ? '' : ` under '${under}'`} is ${got}, not what path() or rePath() returns.`,
    entry === undefined ? { hint: 'Modules that import each other may see it too early: include(() => …).' } : {},
  )
}

function merged(first: Kwargs, second: Kwargs): Kwargs {
  if (first === noKwargs) return second
  return second === noKwargs ? first : { ...first, ...second }
}

function isNotEmpty(kwargs: Kwargs): boolean {
  for (const _ in kwargs) return true
  return false
}
