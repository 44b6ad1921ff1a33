import { SqliteDialect } from 'kysely'
import { newPublished, type OrmContender } from '../library.ts'
import { openSqlite } from '../sqlite-library.ts'
import { kyselyTasks } from './kysely.ts'

export function connect(file: string): OrmContender {
  const publishedAt = newPublished.slice(0, -1).replace('T', ' ').concat('000')
  return kyselyTasks(new SqliteDialect({ database: openSqlite(file) }), { inPrint: 1, publishedAt, streams: true })
}
