import { NoReverseMatch, Resolver404, type TriedPattern } from './errors.ts'
import { noReverseMatch } from './no-reverse-match.ts'
import { quotePath } from './quote.ts'
import { ResolverMatch } from './resolver-match.ts'
import { type ReverseArgs, ReverseIndex } from './reverse-index.ts'
import { RouteTrie } from './route-trie.ts'
import type { Needs } from './typed-entry.ts'
import type { UrlEntry } from './url-entry.ts'
import { leavesOf, type UrlLeaf } from './url-leaf.ts'

/** A URLconf, compiled once: finds the view of a path, and the path of a name. Django's `URLResolver` at the root. */
export class UrlResolver {
  /** As given: `urlpatterns`. */
  readonly entries: readonly UrlEntry[]
  /** Every pattern with what is above it, in the order they are tried. */
  readonly leaves: readonly UrlLeaf[]
  readonly #trie: RouteTrie
  #reverseIndex: ReverseIndex | undefined

  constructor(entries: readonly UrlEntry[]) {
    this.entries = entries
    this.leaves = leavesOf(entries)
    this.#trie = new RouteTrie(this.leaves)
  }

  /** The view of `path`, which starts with `/` and is decoded; `undefined` where no pattern matches. */
  find(path: string): ResolverMatch | undefined {
    if (path.charCodeAt(0) !== 47) return undefined
    const relative = path.slice(1)
    for (const leaf of this.#trie.candidates(relative)) {
      const match = leaf.match(relative)
      if (match !== undefined) return new ResolverMatch(leaf, match)
    }
    return undefined
  }

  /** Like `find`, but throws `Resolver404` where no pattern matches. */
  resolve(path: string): ResolverMatch {
    const match = this.find(path)
    if (match === undefined) throw new Resolver404(path, () => this.#tried(path.slice(1)))
    return match
  }

  /**
   * The path of a name, percent-encoded, with its leading `/`. `currentApp` is the namespace that application names are
   * looked up in first. Throws `NoReverseMatch`.
   */
  reverse(name: string, args: ReverseArgs = {}, currentApp = ''): string {
    this.#reverseIndex ??= new ReverseIndex(this.leaves)
    for (const candidate of this.#reverseIndex.candidates(name, currentApp)) {
      const path = candidate.write(args)
      if (path?.isWellFormed()) return quotePath(`/${path}`)
    }
    throw new NoReverseMatch(noReverseMatch({ name, args, currentApp, index: this.#reverseIndex }))
  }

  /** The patterns that `path` was tried against; those below a prefix that did not match are left out but for the prefix. */
  #tried(path: string): readonly TriedPattern[] {
    const tried = new Map<string, TriedPattern>()
    for (const leaf of this.leaves) {
      const routes: string[] = []
      let rest: string | undefined = path
      for (const { route } of leaf.levels) {
        routes.push(route.source)
        rest = route.match(rest)?.rest
        if (rest === undefined) break
      }
      const whole = routes.length === leaf.levels.length
      const name = whole && leaf.pattern.name !== undefined ? leaf.viewName : undefined
      tried.set(whole ? `leaf ${leaf.order}` : `prefix ${routes.join('\n')}`, { routes, name })
    }
    return [...tried.values()]
  }
}

/** Compiles `urlpatterns`. Includes given as functions are called now. */
export function createResolver(urlpatterns: readonly (UrlEntry & Needs<{}>)[]): UrlResolver {
  return new UrlResolver(urlpatterns)
}
