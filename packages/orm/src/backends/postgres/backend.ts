import type { Backend } from '../backend.ts'
import { postgresOperations } from './operations.ts'
import { PostgresDatabase } from './postgres-database.ts'
import { PostgresTestDatabase } from './postgres-test-database.ts'
import { parsePostgresUrl, postgresExample } from './postgres-url.ts'

export const postgresBackend: Backend = {
  vendor: 'postgresql',
  schemes: ['postgres', 'postgresql'],
  example: postgresExample,
  operations: postgresOperations,
  testDatabase: (place) => PostgresTestDatabase.create(place),
  open: ({ alias, url, fail }) => new PostgresDatabase({ alias, url: parsePostgresUrl(url, fail) }),
}
