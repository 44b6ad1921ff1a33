import type { Field, FieldKind } from '../fields/field.ts'
import { outputs } from '../query/expressions/output-fields.ts'
import { type SqlFunction, sqlFunction } from '../query/expressions/sql-function.ts'
import { datePart } from './date-part.ts'

/** What a path may have behind a column, before its lookup: `publishedAt__year`. It is a function of one argument. */
export interface Transform {
  readonly name: string
  readonly fn: SqlFunction
  /** What it gives, as a field: its value goes through the lookups of that kind. */
  readonly output: Field
  /** Values that the function takes behind its argument, bound anew in each query: the key of a JSON document. */
  readonly values?: readonly unknown[]
}

/** The parts of dates and times. */
export type TransformName =
  | 'year'
  | 'isoYear'
  | 'quarter'
  | 'month'
  | 'day'
  | 'week'
  | 'weekDay'
  | 'isoWeekDay'
  | 'hour'
  | 'minute'
  | 'second'
  | 'date'
  | 'time'

const dates: readonly FieldKind[] = ['date', 'dateTime']
const times: readonly FieldKind[] = ['time', 'dateTime']
const calendar = ['year', 'isoYear', 'quarter', 'month', 'day', 'week', 'weekDay', 'isoWeekDay'] as const
const clock = ['hour', 'minute', 'second'] as const

/** Transforms by the kind of column that has them. */
const byKind = new Map<FieldKind, Map<string, Transform>>()

function add(kinds: readonly FieldKind[], transform: Transform): void {
  for (const kind of kinds) {
    let known = byKind.get(kind)
    if (!known) {
      known = new Map()
      byKind.set(kind, known)
    }
    known.set(transform.name, transform)
  }
}

function part(name: TransformName, output: Field): Transform {
  return { name, fn: datePart(name, output), output }
}

for (const name of calendar) add(dates, part(name, outputs.integer.bind(name)))
for (const name of clock) add(times, part(name, outputs.integer.bind(name)))
add(['dateTime'], part('date', outputs.date.bind('date')))
add(['dateTime'], part('time', outputs.time.bind('time')))

/** The transform of that name that a column has. Fields that have others of any name (keys of JSON) say so themselves. */
export function transformOf(field: Field, name: string): Transform | undefined {
  return byKind.get(field.kind)?.get(name) ?? field.transform?.(name)
}

/** The names of the transforms that a column has, for a message. */
export function transformsOf(field: Field): string[] {
  return [...(byKind.get(field.kind)?.keys() ?? [])]
}

export interface TransformInit {
  readonly name: string
  /** What the function is called in SQL, where it differs from the name. */
  readonly sql?: SqlFunction['sql']
  readonly output: Field
}

/**
 * Gives all columns of a kind another transform: `registerTransform('text', { name: 'size', sql: ({ args: [text] }) =>
 * sql`LENGTH(${text!})`, output: integer() })` makes `name__size__gt`. An entry in the interface `CustomTransforms` says its type.
 * Call it once, where a module loads. Django's `register_lookup`, of a transform.
 */
export function registerTransform(kind: FieldKind, { name, sql, output }: TransformInit): Transform {
  const bound = output.name === '' ? output.bind(name) : output
  const transform = { name, output: bound, fn: sqlFunction({ name, output: bound, sql }) }
  add([kind], transform)
  return transform
}
