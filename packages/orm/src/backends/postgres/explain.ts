import { didYouMean } from '@nuages/foundation'
import { NotSupportedError } from '../errors.ts'

/** The options of EXPLAIN, by the names that a caller gives. */
const switches: Readonly<Record<string, string>> = {
  analyze: 'ANALYZE',
  buffers: 'BUFFERS',
  costs: 'COSTS',
  genericPlan: 'GENERIC_PLAN',
  memory: 'MEMORY',
  settings: 'SETTINGS',
  summary: 'SUMMARY',
  timing: 'TIMING',
  verbose: 'VERBOSE',
  wal: 'WAL',
}
const formats = ['text', 'json', 'xml', 'yaml']

/** `EXPLAIN (ANALYZE true, FORMAT JSON) `. Nothing but what is known here reaches the statement's text. */
export function explain(options: Readonly<Record<string, string | boolean>>): string {
  const parts = Object.entries(options).map(([name, value]) => {
    if (name === 'format') return `FORMAT ${format(value)}`
    const option = Object.hasOwn(switches, name) ? switches[name] : undefined
    if (option !== undefined && typeof value === 'boolean') return `${option} ${value}`
    const known = ['format', ...Object.keys(switches)]
    if (option !== undefined)
      throw new NotSupportedError(`explain() takes true or false for '${name}', got '${value}'.`)
    throw new NotSupportedError(
      `explain() takes no option '${name}' on PostgreSQL.${didYouMean(name, known)} Options: ${known.join(', ')}.`,
    )
  })
  return parts.length === 0 ? 'EXPLAIN ' : `EXPLAIN (${parts.join(', ')}) `
}

function format(value: string | boolean): string {
  const name = String(value).toLowerCase()
  if (formats.includes(name)) return name.toUpperCase()
  throw new NotSupportedError(`explain() has no format '${value}' on PostgreSQL. Formats: ${formats.join(', ')}.`)
}
