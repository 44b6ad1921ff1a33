/** An admin over as many books and authors as the argument says; answers how long its pages take. */
import { createApplication, defineSettings } from 'nuages'
import { admin } from 'nuages/admin'
import { auth, User } from 'nuages/auth'
import { contenttypes } from 'nuages/contenttypes'
import { messages } from 'nuages/messages'
import { database } from 'nuages/orm'
import { sessions } from 'nuages/sessions'
import { staticfiles } from 'nuages/staticfiles'
import { Client, captureQueries, TestDatabase } from 'nuages/testing'
import { library } from './library-app.ts'

const rows = Number(process.argv[2])
const settings = defineSettings({
  baseDir: import.meta.dirname,
  debug: false,
  secretKey: 'only-for-the-benchmark-0123456789-abcdefghijklmnopqrstuvwxyz',
  allowedHosts: ['localhost'],
  installedApps: [staticfiles, contenttypes, sessions, auth, messages, admin, library],
  urlconf: () => import('./library-urls.ts'),
  databases: { default: 'sqlite:library.sqlite3' },
  logging: { level: 'silent' },
})

await (await TestDatabase.create(settings)).reset()
const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})`
await database().script(`
  INSERT INTO library_author (id, name) ${numbers} SELECT i, 'Author ' || i FROM n;
  INSERT INTO library_book (id, title, pages, published, author_id, translator_id)
    ${numbers} SELECT i, 'Book ' || i, i % 900, date('1990-01-01', '+' || (i % 12000) || ' days'), i, ${rows} + 1 - i FROM n;`)
const client = new Client(await createApplication(settings))
await client.forceLogin(await User.objects.createSuperuser({ username: 'ada' }))

/** Milliseconds for each of `times` requests, and the queries that one makes. */
async function ask(path: string, times: number): Promise<{ duration: number; queries: number }> {
  const { queries } = await captureQueries(() => client.get(path))
  const start = performance.now()
  for (let turn = 0; turn < times; turn += 1) {
    const { status } = await client.get(path)
    if (status !== 200) throw new Error(`${path} answered ${status}.`)
  }
  return { duration: (performance.now() - start) / times, queries: queries.length }
}

process.on('message', ({ path, times }: { path: string; times: number }) => {
  void ask(path, times).then((answer) => process.send!(answer))
})
process.on('disconnect', () => process.exit(0))
process.send!('ready')
