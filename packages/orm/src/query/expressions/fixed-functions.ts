import { sql } from '../fragment.ts'
import { outputs } from './output-fields.ts'
import { sqlFunction } from './sql-function.ts'

/** NULL, whose type is that of what stands beside it. */
export const nullFunction = sqlFunction({ id: 'null', name: 'NULL', output: outputs.text, sql: () => sql`NULL` })

/** What an aggregate of no rows gives. */
export const withDefault = sqlFunction({
  id: 'default',
  name: 'COALESCE',
  output: ([first]) => first!.output,
})
