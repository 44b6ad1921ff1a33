import { didYouMean, withArticle } from '@nuages/foundation'
import type { ReverseArgs, ReverseIndex } from './reverse-index.ts'

interface Failure {
  readonly name: string
  readonly args: ReverseArgs
  readonly currentApp: string
  readonly index: ReverseIndex
}

/** Says why a URL could not be made: the namespace, the name, or the arguments. */
export function noReverseMatch({ name, args, currentApp, index }: Failure): string {
  const given = name.split(':').slice(0, -1)
  const namespaces = index.instanceNamespaces(given, currentApp === '' ? [] : currentApp.split(':'))
  const candidates = index.candidates(name, currentApp)
  for (const depth of given.keys()) {
    if (index.hasNamespace(namespaces.slice(0, depth + 1))) continue
    const inside = depth === 0 ? '' : ` inside '${given.slice(0, depth).join(':')}'`
    return `No URL for '${name}': '${given[depth]}' is no registered namespace${inside}.${didYouMean(name, index.names)}`
  }
  if (candidates.length === 0) {
    const names = [...index.names]
    const known = names.length === 0 ? 'no pattern has a name' : `names: ${shortList(names)}`
    return `No URL for '${name}': no pattern has that name (${known}).${didYouMean(name, names)}`
  }
  const routes = [...new Set(candidates.map(({ leaf }) => `'${leaf.route}'`))]
  return `No URL for '${name}' with ${shown(args)}. Patterns tried: ${routes.join(', ')}.`
}

function shortList(names: readonly string[]): string {
  const most = 20
  const more = names.length > most ? ` and ${names.length - most} more` : ''
  return names.slice(0, most).join(', ') + more
}

function shown(args: ReverseArgs): string {
  if (Array.isArray(args)) return args.length === 0 ? 'no arguments' : `arguments [${args.map(shownValue).join(', ')}]`
  const entries = Object.entries(args)
  if (entries.length === 0) return 'no arguments'
  return `arguments { ${entries.map(([key, value]) => `${key}: ${shownValue(value)}`).join(', ')} }`
}

function shownValue(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 80 ? `${value.slice(0, 80)}…` : value}'`
  if (typeof value === 'object' && value !== null) return withArticle(value.constructor?.name ?? 'object')
  return String(value)
}
