import type { CheckMessage } from '@nuages/foundation'
import { RegexRoute } from './regex-route.ts'
import type { UrlResolver } from './resolver.ts'
import type { Route } from './route.ts'
import { type UrlEntry, UrlInclude, type UrlPattern } from './url-entry.ts'

/** The system checks of a URLconf, with Django's ids: `urls.W001` to `urls.W005`, `urls.E004`, and `2_0.W001`. */
export function checkUrlpatterns(resolver: UrlResolver): CheckMessage[] {
  return [...checkEntries(resolver.entries, ''), ...checkNamespaces(resolver)]
}

function* checkEntries(entries: readonly UrlEntry[], above: string): Iterable<CheckMessage> {
  for (const entry of entries) {
    const at = `'${above}${entry.route.source}'`
    yield* startsWithSlash(entry.route, at, above)
    if (entry instanceof UrlInclude) {
      yield* includeEndsWithDollar(entry, at)
      yield* checkEntries(entry.included.load(), above + entry.route.source)
    } else {
      yield* nameHasColon(entry, at)
    }
    yield* mixedGroups(entry.route, at)
    yield* looksLikeRegex(entry.route, at)
  }
}

function* startsWithSlash(route: Route, at: string, above: string): Iterable<CheckMessage> {
  if (!/^\^?\//.test(route.source) || (above !== '' && !above.endsWith('/'))) return
  yield warning(
    'W002',
    at,
    `The route ${at} begins with a '/'.`,
    "Remove it: routes are relative to what is above them, and the root already stands for '/'.",
  )
}

function* includeEndsWithDollar(entry: UrlInclude, at: string): Iterable<CheckMessage> {
  if (!(entry.route instanceof RegexRoute) || !/(^|[^\\])\$$/.test(entry.route.pattern)) return
  yield warning(
    'W001',
    at,
    `The route ${at} uses include() and ends with '$'.`,
    "Remove the '$': it keeps every included pattern from matching.",
  )
}

function* nameHasColon({ name }: UrlPattern, at: string): Iterable<CheckMessage> {
  if (!name?.includes(':')) return
  yield warning(
    'W003',
    at,
    `The pattern ${at} has a name with a ':': '${name}'.`,
    "Remove the ':', which separates namespaces.",
  )
}

function* mixedGroups(route: Route, at: string): Iterable<CheckMessage> {
  if (!(route instanceof RegexRoute) || route.unnamedGroups === 0 || route.names.length === 0) return
  yield warning(
    'W006',
    at,
    `The route ${at} has named and unnamed groups; the unnamed ones are ignored.`,
    "Name them all, or write '(?:…)' for a group that is no parameter.",
  )
}

function* looksLikeRegex(route: Route, at: string): Iterable<CheckMessage> {
  if (route.kind !== 'path' || !/\(\?<|^\^|\$$/.test(route.source)) return
  yield {
    ...warning(
      'W001',
      at,
      `The route ${at} has '(?<', begins with '^' or ends with '$'.`,
      'Write it with rePath() if it is a regular expression.',
    ),
    id: '2_0.W001',
  }
}

function* checkNamespaces(resolver: UrlResolver): Iterable<CheckMessage> {
  const seen = new Map<string, Set<UrlInclude>>()
  const collect = (entries: readonly UrlEntry[], outer: readonly string[]): void => {
    for (const entry of entries) {
      if (!(entry instanceof UrlInclude)) continue
      const { namespace } = entry.included
      const inner = namespace === undefined ? outer : [...outer, namespace]
      if (namespace !== undefined) {
        const key = inner.join(':')
        seen.set(key, (seen.get(key) ?? new Set()).add(entry))
      }
      collect(entry.included.load(), inner)
    }
  }
  collect(resolver.entries, [])
  for (const [namespace, includes] of seen) {
    if (includes.size < 2) continue
    yield warning(
      'W005',
      `'${namespace}'`,
      `The namespace '${namespace}' stands for ${includes.size} includes: not all URLs in it can be reversed.`,
      'Give each include() a namespace of its own.',
    )
  }
}

function warning(number: string, object: string, message: string, hint: string): CheckMessage {
  return { level: 'warning', id: `urls.${number}`, message, hint, object }
}
