import type { UrlResolver } from './resolver.ts'
import type { ViewFunction } from './url-entry.ts'

/** A line of the `routes` command. */
export interface RouteLine {
  /** The whole route as written, with a leading `/`. */
  readonly route: string
  /** What `reverse` takes, with its namespaces. */
  readonly name: string | undefined
  /** The view's name: of the function, or of the class behind `asView()`. */
  readonly view: string
  readonly namespaces: readonly string[]
  readonly kind: 'path' | 'regex'
}

/** Every route of a URLconf in the order they are tried. */
export function listRoutes(resolver: UrlResolver): RouteLine[] {
  return resolver.leaves.map((leaf) => ({
    route: `/${leaf.levels.map(({ route }) => route.source.replace(/^\^/, '')).join('')}`,
    name: leaf.pattern.name === undefined ? undefined : leaf.viewName,
    view: viewLabel(leaf.view),
    namespaces: leaf.namespaces,
    kind: leaf.levels.some(({ route }) => route.kind === 'regex') ? 'regex' : 'path',
  }))
}

function viewLabel(view: ViewFunction): string {
  return view.name === '' ? '(anonymous)' : view.name
}
