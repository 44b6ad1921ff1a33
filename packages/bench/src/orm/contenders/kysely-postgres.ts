import { PostgresDialect } from 'kysely'
import pg from 'pg'
import { newPublished, type OrmContender } from '../library.ts'
import { kyselyTasks } from './kysely.ts'

export function connect(url: string): OrmContender {
  const pool = new pg.Pool({ connectionString: url })
  return kyselyTasks(new PostgresDialect({ pool }), { inPrint: true, publishedAt: newPublished, streams: false })
}
