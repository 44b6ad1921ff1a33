import type { Kwargs, Params, ViewFunction } from './url-entry.ts'
import type { LeafMatch, UrlLeaf } from './url-leaf.ts'

declare module '@nuages/http' {
  interface RequestMatch extends Pick<ResolverMatch, keyof ResolverMatch> {}
}

/** The view behind a path and how it was found. Django's `ResolverMatch`. */
export class ResolverMatch {
  /** Unnamed groups of a regular expression. */
  readonly args: readonly (string | undefined)[]
  /** Named parameters: those of the path and those given beside the routes. */
  readonly kwargs: Kwargs
  /** Those of `kwargs` that came from the path. */
  readonly capturedKwargs: Kwargs
  readonly #leaf: UrlLeaf

  constructor(leaf: UrlLeaf, match: LeafMatch) {
    this.#leaf = leaf
    this.args = match.args
    this.kwargs = match.kwargs
    this.capturedKwargs = match.captured
  }

  get view(): ViewFunction {
    return this.#leaf.view
  }

  /** What the view gets as its second argument. */
  get params(): Params {
    return this.args.length === 0 ? this.kwargs : Object.assign([...this.args], this.kwargs)
  }

  /** The name of the pattern, without namespaces. */
  get urlName(): string | undefined {
    return this.#leaf.pattern.name
  }

  /** The name with its namespaces; the view's own name where the pattern has none. */
  get viewName(): string {
    return this.#leaf.viewName
  }

  /** The application names of the includes around the pattern, outermost first. */
  get appNames(): readonly string[] {
    return this.#leaf.appNames
  }

  /** `appNames`, joined with `:`. */
  get appName(): string {
    return this.#leaf.appNames.join(':')
  }

  /** The instance namespaces of the includes around the pattern, outermost first. */
  get namespaces(): readonly string[] {
    return this.#leaf.namespaces
  }

  /** `namespaces`, joined with `:`. */
  get namespace(): string {
    return this.#leaf.namespaces.join(':')
  }

  /** The pattern as written, with the prefixes of its includes. */
  get route(): string {
    return this.#leaf.route
  }
}
