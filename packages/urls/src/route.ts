import type { Kwargs } from './url-entry.ts'

/** What a route found at the start of a path. */
export interface RouteMatch {
  /** What is left of the path: `''` or what an include's patterns go on with. */
  readonly rest: string
  readonly kwargs: Kwargs
  /** Unnamed groups of a regular expression. */
  readonly args: readonly (string | undefined)[]
}

/** A place in a template that takes an argument. `format` answers `undefined` for a value that the route would not match. */
export interface Slot {
  /** The parameter's name, or `undefined` for an unnamed group. */
  readonly name: string | undefined
  format(value: unknown): string | undefined
}

/** One way to write a route out, for `reverse`. A function gives text that is another one for each request. */
export type RouteTemplate = readonly (string | Slot | (() => string))[]

/** One level of a URL: what `path` and `rePath` make of their first argument. */
export interface Route {
  /** As people write it; messages and `ResolverMatch.route` show it. */
  readonly source: string
  readonly kind: 'path' | 'regex'
  /** The names of what it captures. */
  readonly names: readonly string[]
  readonly shape: readonly RoutePiece[]
  readonly templates: readonly RouteTemplate[]
  /** `path` is what the levels above have left, without the leading `/` at the top. */
  match(path: string): RouteMatch | undefined
  /** Whether text written from a template is one that the route matches whole. */
  accepts(text: string): boolean
}

/** A piece of a route as a trie sees it: fixed text, a value without `/`, or something that only the route can judge. */
export type RoutePiece = { readonly text: string } | 'segment' | 'opaque'

export const noArgs: readonly (string | undefined)[] = []
export const noKwargs: Kwargs = {}
