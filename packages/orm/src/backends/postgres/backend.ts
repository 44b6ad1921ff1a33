import type { Backend } from '../backend.ts'
import { postgresOperations } from './operations.ts'
import { PostgresDatabase } from './postgres-database.ts'
import { parsePostgresUrl, postgresExample } from './postgres-url.ts'

export const postgresBackend: Backend = {
  vendor: 'postgresql',
  schemes: ['postgres', 'postgresql'],
  example: postgresExample,
  operations: postgresOperations,
  open: ({ alias, url, fail }) => new PostgresDatabase({ alias, url: parsePostgresUrl(url, fail) }),
}
