import type { Field } from '../fields/field.ts'
import { type SqlFunction, sqlFunction } from '../query/expressions/sql-function.ts'
import { fragment } from '../query/fragment.ts'
import type { TransformName } from './transform.ts'

/** A part of a date or time as a function; of a point in time, as the clocks of the active zone show it. */
export function datePart(name: TransformName, output: Field): SqlFunction {
  return sqlFunction({
    id: `part:${name}`,
    name,
    output,
    sql({ args: [lhs], fields: [field], operations }) {
      const { sql, zoned } = operations.extract(name, lhs!.sql, field!.kind)
      return fragment(sql, zoned ? [...lhs!.binds, { value: operations.timeZone }] : lhs!.binds)
    },
  })
}
