import { FieldValueError } from '../errors.ts'
import type { Field } from '../fields/field.ts'
import { outputs } from '../query/expressions/output-fields.ts'
import { sqlFunction } from '../query/expressions/sql-function.ts'
import { type Fragment, sql } from '../query/fragment.ts'
import type { Lookup } from './lookup.ts'
import type { Transform } from './transform.ts'

function comparing(name: string, operator: string): Lookup {
  const between = sql.raw(` ${operator} `)
  return {
    name,
    accepts: (kind) => kind === 'array',
    compare(field, value) {
      if (!Array.isArray(value)) throw new FieldValueError(field.name, `an array (lookup '${name}')`, value)
      return { operator: 'own', params: [field.toSql(value)] }
    },
    own: {
      id: `array:${name}`,
      // The list has the type of the column, since elements of another have no operator with it.
      sql: ({ lhs, rhs, field }) => sql`${lhs}${between}${typed(rhs[0]!, field)}`,
    },
  }
}

function typed(value: Fragment, field: Field): Fragment {
  return sql`${value}${sql.raw(`::${field.columnType('postgresql')}`)}`
}

/** What lists are asked: whether they hold all of some values, are held by them, or share one with them. */
export const arrayLookups: ReadonlyMap<string, Lookup> = new Map(
  [comparing('contains', '@>'), comparing('containedBy', '<@'), comparing('overlap', '&&')].map((one) => [
    one.name,
    one,
  ]),
)

const length: Transform = {
  name: 'len',
  output: outputs.integer.bind('len'),
  fn: sqlFunction({
    id: 'array:len',
    name: 'len',
    output: outputs.integer,
    // Of an empty list PostgreSQL knows no length.
    sql: ({ args: [list] }) =>
      sql`CASE WHEN ${list!} IS NULL THEN NULL ELSE COALESCE(ARRAY_LENGTH(${list!}, 1), 0) END`,
  }),
}

const elements = new WeakMap<Field, Map<string, Transform>>()

/** `len`, or a place counted from 0: `colours__0`. */
export function elementTransform(of: Field, name: string): Transform | undefined {
  if (name === 'len') return length
  // PostgreSQL numbers elements with 32 bits.
  if (!/^\d{1,9}$/.test(name)) return undefined
  const known = elements.get(of) ?? new Map<string, Transform>()
  elements.set(of, known)
  let transform = known.get(name)
  if (!transform) {
    const place = sql.raw(String(Number(name) + 1))
    const fn = sqlFunction({
      id: `array:${Number(name)}`,
      name,
      output: of,
      sql: ({ args: [list] }) => sql`(${list!})[${place}]`,
    })
    transform = { name, output: of, fn }
    if (known.size < 100) known.set(name, transform)
  }
  return transform
}
