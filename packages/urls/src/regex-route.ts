import { ImproperlyConfigured } from '@nuages/foundation'
import { regexTemplates } from './regex-templates.ts'
import { noArgs, noKwargs, type Route, type RouteMatch, type RoutePiece, type RouteTemplate } from './route.ts'

/**
 * The route of `rePath`. As in Django, the expression is searched in what is left of the path: it starts where the path
 * does only with `^`, and an endpoint without `$` leaves the rest of the path unread.
 */
export class RegexRoute implements Route {
  readonly source: string
  readonly kind = 'regex'
  readonly names: readonly string[]
  readonly shape: readonly RoutePiece[]
  readonly templates: readonly RouteTemplate[]
  /** As given, for the system checks. */
  readonly pattern: string
  readonly unnamedGroups: number
  readonly #regex: RegExp
  readonly #whole: RegExp

  constructor(pattern: RegExp | string, endpoint: boolean) {
    const given = typeof pattern === 'string' ? compiled(pattern) : pattern
    // With `g` or `y` an expression remembers where it stopped.
    const flags = given.flags.replace(/[gy]/g, '')
    this.pattern = given.source
    this.source = given.source.replaceAll('\\/', '/')
    this.#whole = new RegExp(`^(?:${given.source})$`, flags)
    this.#regex = endpoint && given.source.endsWith('$') ? this.#whole : new RegExp(given.source, flags)
    const empty = new RegExp(`${given.source}|`, flags).exec('')!
    this.names = Object.keys(empty.groups ?? {})
    this.unnamedGroups = empty.length - 1 - this.names.length
    const prefix = flags.includes('i') ? '' : fixedPrefix(given.source)
    this.shape = prefix === '' ? ['opaque'] : [{ text: prefix }, 'opaque']
    this.templates = regexTemplates(given.source, flags)
  }

  match(path: string): RouteMatch | undefined {
    const found = this.#regex.exec(path)
    if (found === null) return undefined
    const rest = path.slice(found.index + found[0].length)
    if (found.groups === undefined) {
      return { rest, kwargs: noKwargs, args: found.length === 1 ? noArgs : found.slice(1) }
    }
    const kwargs: Record<string, unknown> = {}
    for (const name of this.names) {
      if (found.groups[name] !== undefined) kwargs[name] = found.groups[name]
    }
    return { rest, kwargs, args: noArgs }
  }

  accepts(text: string): boolean {
    return this.#whole.test(text)
  }
}

/** The text that every match starts with, where a short look can tell. */
function fixedPrefix(source: string): string {
  if (!source.startsWith('^') || source.includes('|')) return ''
  let prefix = ''
  const literal = /([\w\-/ %~@:,;=]|\\[/.-])(?![?*{])/uy
  literal.lastIndex = 1
  for (let match = literal.exec(source); match !== null; match = literal.exec(source)) prefix += match[1]!.at(-1)
  return prefix
}

function compiled(source: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ImproperlyConfigured(`rePath('${source}'): this is no regular expression with the 'u' flag. ${reason}.`, {
      cause,
    })
  }
}
