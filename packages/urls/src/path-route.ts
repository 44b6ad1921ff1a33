import { didYouMean, ImproperlyConfigured } from '@nuages/foundation'
import { builtinConverters, type Converters } from './converter.ts'
import {
  noArgs,
  noKwargs,
  type Route,
  type RouteMatch,
  type RoutePiece,
  type RouteTemplate,
  type Slot,
} from './route.ts'

type AnyConverter = Converters[string]

interface Placeholder {
  readonly name: string
  readonly converter: AnyConverter
}

type Segment = string | Placeholder

/** Converters whose values hold no `/`, so that a trie may step over them. */
const withinSegment: ReadonlySet<unknown> = new Set([
  builtinConverters.str,
  builtinConverters.int,
  builtinConverters.slug,
  builtinConverters.uuid,
])

const builtin: ReadonlySet<unknown> = new Set(Object.values(builtinConverters))

/** The route of `path`: text with placeholders such as `<int:year>`. An endpoint must match the path to its end. */
export class PathRoute implements Route {
  readonly source: string
  readonly kind = 'path'
  readonly names: readonly string[]
  readonly shape: readonly RoutePiece[]
  readonly templates: readonly RouteTemplate[]
  readonly #placeholders: readonly (Placeholder & { readonly group: number })[]
  readonly #regex: RegExp | undefined
  readonly #endpoint: boolean

  constructor(source: string, converters: Converters, endpoint: boolean) {
    const segments = parseRoute(source, converters)
    this.source = source
    this.#endpoint = endpoint
    const placeholders = segments.filter((segment) => typeof segment !== 'string')
    this.names = placeholders.map((placeholder) => placeholder.name)
    this.shape = segments.map(pieceOf)
    this.templates = [segments.map((segment) => (typeof segment === 'string' ? segment : slotOf(segment)))]
    let group = 1
    this.#placeholders = placeholders.map((placeholder) => {
      const numbered = { ...placeholder, group }
      group += 1 + groupsIn(placeholder.converter.regex)
      return numbered
    })
    this.#regex = placeholders.length === 0 ? undefined : regexOf(segments, endpoint)
  }

  match(path: string): RouteMatch | undefined {
    if (this.#regex === undefined) return this.#matchText(path)
    const found = this.#regex.exec(path)
    if (found === null) return undefined
    const kwargs: Record<string, unknown> = {}
    for (const { name, converter, group } of this.#placeholders) {
      const value = parsed(converter, found[group]!)
      if (value === undefined) return undefined
      kwargs[name] = value
    }
    return { rest: this.#endpoint ? '' : path.slice(found[0].length), kwargs, args: noArgs }
  }

  /** Each slot has looked at its own text. */
  accepts(): boolean {
    return true
  }

  #matchText(path: string): RouteMatch | undefined {
    const matches = this.#endpoint ? path === this.source : path.startsWith(this.source)
    return matches ? { rest: path.slice(this.source.length), kwargs: noKwargs, args: noArgs } : undefined
  }
}

/** A `RangeError` is how `Temporal` and `BigInt` say that text is no value of theirs: the route does not match. */
function parsed(converter: AnyConverter, piece: string): unknown {
  try {
    return converter.parse(piece)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function pieceOf(segment: Segment): RoutePiece {
  if (typeof segment === 'string') return { text: segment }
  return withinSegment.has(segment.converter) ? 'segment' : 'opaque'
}

function slotOf({ name, converter }: Placeholder): Slot {
  const whole = new RegExp(`^(?:${converter.regex})$`, flagsFor([converter]))
  const parses = builtin.has(converter) && converter !== builtinConverters.int
  return {
    name,
    format(value) {
      // What a link to a row passes, most of the time.
      if (converter === builtinConverters.int && typeof value === 'number') return writtenInteger(value)
      const text = formatted(converter, value)
      return text !== undefined && whole.test(text) && (parses || parsed(converter, text) !== undefined)
        ? text
        : undefined
    },
  }
}

function writtenInteger(value: number): string | undefined {
  return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined
}

/** The expressions of Django's converters mean the same without the `u` flag, and are much faster without it. */
function flagsFor(converters: readonly AnyConverter[]): string {
  return converters.every((converter) => builtin.has(converter)) ? '' : 'u'
}

function formatted(converter: AnyConverter, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  try {
    return String(converter.format(value as never))
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return undefined
    throw error
  }
}

function groupsIn(regex: string): number {
  return new RegExp(`${regex}|`, 'u').exec('')!.length - 1
}

function regexOf(segments: readonly Segment[], endpoint: boolean): RegExp {
  const body = segments.map((segment) =>
    typeof segment === 'string' ? RegExp.escape(segment) : `(${segment.converter.regex})`,
  )
  const converters = segments.filter((segment) => typeof segment !== 'string').map(({ converter }) => converter)
  return new RegExp(`^${body.join('')}${endpoint ? '$' : ''}`, flagsFor(converters))
}

const placeholderPattern = /<(?:([^>:]+):)?([^>]+)>/g

function parseRoute(source: string, converters: Converters): Segment[] {
  const segments: Segment[] = []
  const names = new Set<string>()
  let end = 0
  for (const match of source.matchAll(placeholderPattern)) {
    if (match.index > end) segments.push(source.slice(end, match.index))
    segments.push(placeholder(source, match[1] ?? 'str', match[2]!, converters, names))
    end = match.index + match[0].length
  }
  if (end < source.length) segments.push(source.slice(end))
  return segments
}

function placeholder(
  source: string,
  converterName: string,
  name: string,
  converters: Converters,
  names: Set<string>,
): Placeholder {
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    throw new ImproperlyConfigured(
      `Route '${source}': '${name}' is no parameter name. Use letters, digits and '_', as in '<int:year>'.`,
    )
  }
  if (names.has(name)) {
    throw new ImproperlyConfigured(`Route '${source}' has two parameters named '${name}'. Give one another name.`)
  }
  names.add(name)
  const converter = Object.hasOwn(converters, converterName) ? converters[converterName] : undefined
  if (converter === undefined) {
    const known = Object.keys(converters)
    throw new ImproperlyConfigured(
      `Route '${source}': there is no converter '${converterName}'.${didYouMean(converterName, known)} ` +
        `Converters: ${known.join(', ')}. Add your own with definePath({ converters }).`,
    )
  }
  return { name, converter }
}
