import { sql } from '../fragment.ts'
import { outputs } from './output-fields.ts'
import { sqlFunction } from './sql-function.ts'

/** Values as one JSON list. */
export const jsonList = sqlFunction({
  id: 'jsonList',
  name: 'json list',
  output: outputs.json,
  sql: {
    sqlite: ({ args }) => sql`JSON_ARRAY(${sql.join(args)})`,
    postgresql: ({ args }) => sql`JSON_BUILD_ARRAY(${sql.join(args)})::text`,
  },
})
