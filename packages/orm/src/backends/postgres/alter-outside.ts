import type { AlterOptions } from '../database.ts'
import type { SchemaEditor } from '../schema-editor.ts'
import type { SqlValue } from '../statement.ts'
import type { PostgresConnection } from './connection.ts'
import type { PostgresUrl } from './postgres-url.ts'
import { PostgresSchemaEditor } from './schema-editor.ts'

type Translating = <T>(sql: string, work: () => Promise<T>) => Promise<T>

/** Changes tables outside any transaction. Every statement of the editor goes to one connection, and commits by itself. */
export async function alterOutside<T>(
  connection: PostgresConnection,
  url: PostgresUrl,
  { lockTimeout }: AlterOptions,
  translating: Translating,
  block: (editor: SchemaEditor) => Promise<T>,
): Promise<T> {
  const run = (sql: string) => translating(sql, async () => void (await connection.script(sql)))
  const all = (sql: string, params: readonly SqlValue[]) =>
    translating(sql, async () => (await connection.once(sql, params)).rows)
  // A pooler may give the next statement another connection, and leave what is set here to somebody else.
  const set = async (sql: string) => {
    if (url.prepared) await run(sql)
  }
  try {
    await set('SET statement_timeout = 0')
    if (lockTimeout !== undefined) await set(`SET lock_timeout = ${Math.round(lockTimeout)}`)
    const result = await block(new PostgresSchemaEditor({ run, all }))
    await set(original('statement_timeout', url.statementTimeout))
    await set(original('lock_timeout', url.lockTimeout))
    return result
  } catch (error) {
    // It has settings that are not the next one's.
    connection.lose(new Error('Connection closed after a change of the schema that failed'))
    throw error
  }
}

function original(setting: string, value: number): string {
  return value > 0 ? `SET ${setting} = ${value}` : `RESET ${setting}`
}
