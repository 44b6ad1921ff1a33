/** Fastify as people write it: drizzle for the rows, nunjucks (compiled once) for the page. */

import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import fastify from 'fastify'
import nunjucks from 'nunjucks'
import { addedFortune, queriesPerRequest, randomId } from './world.ts'

const world = sqliteTable('bench_world', {
  id: integer().primaryKey(),
  randomNumber: integer('random_number').notNull(),
})
const fortune = sqliteTable('bench_fortune', { id: integer().primaryKey(), message: text().notNull() })
const sqlite = new Sqlite(process.argv[2]!)
sqlite.pragma('journal_mode = WAL')
const db = drizzle(sqlite)
const engine = new nunjucks.Environment(
  new nunjucks.FileSystemLoader(join(import.meta.dirname, 'templates'), { noCache: false }),
  { autoescape: true },
)

const readOne = () => db.select().from(world).where(eq(world.id, randomId())).get()
const app = fastify()
app.get('/plaintext', (_request, reply) => reply.type('text/plain; charset=utf-8').send('Hello, World!'))
app.get('/json', () => ({ message: 'Hello, World!' }))
app.get('/db', () => readOne())
app.get('/queries', () => Array.from({ length: queriesPerRequest }, readOne))
app.get('/fortunes', (_request, reply) => {
  const rows = [...db.select().from(fortune).all(), { id: 0, message: addedFortune }].sort((a, b) =>
    a.message < b.message ? -1 : 1,
  )
  return reply.type('text/html; charset=utf-8').send(engine.render('fortunes.html', { fortunes: rows }))
})
await app.listen({ port: 0, host: '127.0.0.1' })
console.log((app.server.address() as AddressInfo).port)
