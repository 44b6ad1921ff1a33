import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { database } from '../../../src/backends/registry.ts'
import { CASCADE, char, foreignKey, integer, Model, manyToMany, positiveInteger, text } from '../../../src/index.ts'
import { addConstraintConcurrently, addFieldConcurrently, migrate, sqlMigrate } from '../../../src/migrations/index.ts'
import { useTemporaryDatabase, vendor } from '../../temporary-database.ts'
import { actualTables, expectedTables, imports, make, makeAndMigrate, project, rows } from '../project.ts'

const place = useTemporaryDatabase()
const isPostgres = vendor === 'postgresql'

class Author extends Model({ name: char({ maxLength: 20 }) }) {}

const fields = {
  title: char({ maxLength: 20 }),
  code: char({ maxLength: 20 }),
  pages: integer({ null: true }),
  words: integer(),
  get author() {
    return foreignKey(Author, { onDelete: CASCADE, null: true, dbConstraint: false, dbIndex: false })
  },
}

function blog(own: object = {}, options: object = {}) {
  const declared = Object.defineProperties({}, Object.getOwnPropertyDescriptors(fields))
  class Post extends Model(
    Object.defineProperties(declared, Object.getOwnPropertyDescriptors(own)) as typeof fields,
    options,
  ) {}
  return project(place.dir, { blog: { Author, Post } })
}

const dir = () => join(place.dir, 'blog/migrations')

function write(name: string, needs: string, operations: string, atomic = false): void {
  mkdirSync(dir(), { recursive: true })
  writeFileSync(
    join(dir(), `${name}.ts`),
    `import { CASCADE, char, foreignKey, generated, integer, positiveInteger, text, Upper } from '${imports.orm}'
     import * as m from '${imports.migrations}'
     const { noop, runSQL } = m
     export default m.defineMigration({
       dependencies: [['blog', '${needs}']], atomic: ${atomic}, operations: [${operations}],
     })`,
  )
}

async function start(...operations: readonly string[]): Promise<void> {
  await makeAndMigrate(blog())
  await database().script(
    "INSERT INTO blog_author (name) VALUES ('Ann'); INSERT INTO blog_post (title, code, pages, words, author_id) VALUES ('a', 'x', 1, 5, 1), ('b', 'y', NULL, 6, NULL)",
  )
  if (operations.length > 0) write('0002_concurrently', '0001_initial', operations.join(', '))
}

const writer = (dbIndex: boolean) => ({
  get author() {
    return foreignKey(Author, { onDelete: CASCADE, null: true, dbIndex })
  },
})
const reader = {
  get reader() {
    return foreignKey(Author, { onDelete: CASCADE, null: true })
  },
}
const check = { type: 'check', name: 'short', condition: { words__lt: 1000 } } as const
const once = { type: 'unique', name: 'once', fields: ['code', 'words'] } as const
const lower = { type: 'unique', name: 'once_if', fields: ['code'], condition: { words__gt: 3 } } as const

const cases: readonly (readonly [what: string, operation: string, after: () => ReturnType<typeof blog>])[] = [
  [
    'an index',
    "m.addIndexConcurrently('Post', { name: 'by_words', fields: ['words', '-title'] })",
    () => blog({}, { indexes: [{ name: 'by_words', fields: ['words', '-title'] }] }),
  ],
  [
    'a unique constraint',
    "m.addConstraintConcurrently('Post', { type: 'unique', name: 'once', fields: ['code', 'words'] })",
    () => blog({}, { constraints: [once] }),
  ],
  [
    'a unique constraint that is an index',
    "m.addConstraintConcurrently('Post', { type: 'unique', name: 'once_if', fields: ['code'], condition: { words__gt: 3 } })",
    () => blog({}, { constraints: [lower] }),
  ],
  [
    'a check',
    "m.addConstraintConcurrently('Post', { type: 'check', name: 'short', condition: { words__lt: 1000 } })",
    () => blog({}, { constraints: [check] }),
  ],
  [
    'a field that may not be null, with what stands in for NULL',
    "m.alterFieldConcurrently('Post', 'pages', integer(), { oneOff: 7 })",
    () => blog({ pages: integer() }),
  ],
  [
    'a field that may be null, has a default and an index',
    "m.alterFieldConcurrently('Post', 'words', integer({ null: true, dbDefault: 3, dbIndex: true }))",
    () => blog({ words: integer({ null: true, dbDefault: 3, dbIndex: true }) }),
  ],
  [
    'a field that is unique, which is text',
    "m.alterFieldConcurrently('Post', 'code', char({ maxLength: 20, unique: true }))",
    () => blog({ code: char({ maxLength: 20, unique: true }) }),
  ],
  [
    'a number that may not be negative',
    "m.alterFieldConcurrently('Post', 'words', positiveInteger())",
    () => blog({ words: positiveInteger() }),
  ],
  [
    'a foreign key that becomes one, and is indexed',
    "m.alterFieldConcurrently('Post', 'author', foreignKey('blog.Author', { onDelete: CASCADE, null: true }))",
    () => blog(writer(true)),
  ],
  [
    'a new foreign key',
    "m.addFieldConcurrently('Post', 'reader', foreignKey('blog.Author', { onDelete: CASCADE, null: true }))",
    () => blog(reader),
  ],
  [
    'a new number that may not be negative, with a value',
    "m.addFieldConcurrently('Post', 'likes', positiveInteger({ unique: false, dbIndex: true }), { oneOff: 4 })",
    () => blog({ likes: positiveInteger({ dbIndex: true }) }),
  ],
  [
    'a new field that is unique',
    "m.addFieldConcurrently('Post', 'isbn', text({ null: true, unique: true }))",
    () => blog({ isbn: text({ null: true, unique: true }) }),
  ],
]

describe('beside the traffic the same comes out', () => {
  test.for(cases)('%s: forwards, again, and back', async ([, operation, after]) => {
    await start(operation)
    const before = await actualTables()
    const apps = after()
    await migrate({ apps })
    const made = await actualTables()
    expect(made).toEqual(expectedTables(apps))
    expect((await make(apps, { check: true })).changes).toEqual([])
    const kept = await rows('SELECT id, title, code FROM blog_post ORDER BY id')
    // Killed after the work and before the record: the next deployment does it again.
    await database().script("DELETE FROM django_migrations WHERE name = '0002_concurrently'")
    await migrate({ apps })
    expect(await actualTables()).toEqual(made)
    expect(await rows('SELECT id, title, code FROM blog_post ORDER BY id')).toEqual(kept)
    await migrate({ apps, app: 'blog', name: '0001' })
    expect(await actualTables()).toEqual(before)
    expect(await rows('SELECT id, title, code FROM blog_post ORDER BY id')).toEqual(kept)
  })

  test('an index that goes, and comes back', async () => {
    await start("m.addIndex('Post', { name: 'by_words', fields: ['words'] })")
    const with_ = blog({}, { indexes: [{ name: 'by_words', fields: ['words'] }] })
    await migrate({ apps: with_ })
    const before = await actualTables()
    write('0003_remove', '0002_concurrently', "m.removeIndexConcurrently('Post', 'by_words')")
    await migrate({ apps: blog() })
    expect(await actualTables()).toEqual(expectedTables(blog()))
    await migrate({ apps: blog(), app: 'blog', name: '0002' })
    expect(await actualTables()).toEqual(before)
  })

  test('the values that stand in for NULL are there', async () => {
    await start("m.alterFieldConcurrently('Post', 'pages', integer(), { oneOff: 7 })")
    await migrate({ apps: blog({ pages: integer() }) })
    expect(await rows('SELECT pages FROM blog_post ORDER BY id')).toEqual([[1], [7]])
  })
})

test('what is a check that is not valid binds new rows, and is validated later', async () => {
  await start()
  write(
    '0002_not_valid',
    '0001_initial',
    "m.addConstraintNotValid('Post', { type: 'check', name: 'short', condition: { words__lt: 1000 } })",
    true,
  )
  write('0003_validate', '0002_not_valid', "m.validateConstraint('Post', 'short')", true)
  const apps = blog({}, { constraints: [check] })
  await migrate({ apps, app: 'blog', name: '0002' })
  expect((await make(apps, { check: true })).changes).toEqual([])
  await expect(
    database().script("INSERT INTO blog_post (title, code, words) VALUES ('c', 'z', 2000)"),
  ).rejects.toMatchObject({ code: 'integrity-error' })
  if (isPostgres)
    expect(await rows("SELECT convalidated FROM pg_constraint WHERE conname = 'short'")).toEqual([[false]])
  await migrate({ apps })
  if (isPostgres) expect(await rows("SELECT convalidated FROM pg_constraint WHERE conname = 'short'")).toEqual([[true]])
  expect(await actualTables()).toEqual(expectedTables(apps))
  await migrate({ apps, app: 'blog', name: '0001' })
  expect(await actualTables()).toEqual(expectedTables(blog()))
})

const key = 'blog_post_reader_id_8decf70d'
const statements = [
  'CREATE INDEX CONCURRENTLY "by_words" ON "blog_post" ("words");',
  'CREATE UNIQUE INDEX CONCURRENTLY "once" ON "blog_post" ("code", "words");',
  'ALTER TABLE "blog_post" ADD CONSTRAINT "once" UNIQUE USING INDEX "once";',
  'ALTER TABLE "blog_post" ADD CONSTRAINT "blog_post_pages_not_null" CHECK ("pages" IS NOT NULL) NOT VALID;',
  `UPDATE "blog_post" SET "pages" = '7' WHERE "pages" IS NULL;`,
  'ALTER TABLE "blog_post" VALIDATE CONSTRAINT "blog_post_pages_not_null";',
  'ALTER TABLE "blog_post" ALTER COLUMN "pages" SET NOT NULL;',
  'ALTER TABLE "blog_post" DROP CONSTRAINT IF EXISTS "blog_post_pages_not_null";',
  'ALTER TABLE "blog_post" ADD COLUMN IF NOT EXISTS "reader_id" bigint NULL;',
  `ALTER TABLE "blog_post" ADD CONSTRAINT "${key}_fk_blog_author_id" FOREIGN KEY ("reader_id") REFERENCES "blog_author" ("id") DEFERRABLE INITIALLY DEFERRED NOT VALID;`,
  `ALTER TABLE "blog_post" VALIDATE CONSTRAINT "${key}_fk_blog_author_id";`,
  `CREATE INDEX CONCURRENTLY "${key}" ON "blog_post" ("reader_id");`,
]

test('sqlMigrate shows the whole of it, whatever stands already', async () => {
  await start(
    "m.addIndexConcurrently('Post', { name: 'by_words', fields: ['words'] })",
    "m.addConstraintConcurrently('Post', { type: 'unique', name: 'once', fields: ['code', 'words'] })",
    "m.alterFieldConcurrently('Post', 'pages', integer(), { oneOff: 7 })",
    "m.addFieldConcurrently('Post', 'reader', foreignKey('blog.Author', { onDelete: CASCADE, null: true }))",
  )
  const apps = blog({ ...fields, pages: integer(), ...reader })
  const show = () => sqlMigrate({ apps, app: 'blog', name: '0002' })
  const sql = await show()
  if (!isPostgres) expect(sql).toContain('CREATE INDEX "by_words" ON "blog_post" ("words");')
  else expect(sql.filter((line) => !line.startsWith('--'))).toEqual(statements)
  await migrate({ apps })
  if (isPostgres) expect(await show()).toEqual(sql)
})

test('what cannot be done so is refused', async () => {
  expect(() => addFieldConcurrently('Post', 'tags', manyToMany('blog.Tag'))).toThrow(
    /many-to-many 'tags' of Post, whose table is new/,
  )
  expect(() =>
    addConstraintConcurrently('Post', { type: 'exclude', name: 'apart', expressions: [['title', '=']] }),
  ).toThrow(/the exclusion 'apart' of Post/)
  await start("m.alterFieldConcurrently('Post', 'words', text())")
  const error = await migrate({ apps: blog({ words: text() }) }).catch((reason) => reason)
  if (isPostgres) expect(error.message).toMatch(/cannot change the type of 'words' of 'blog_post' while others write/)
  else expect(error).toMatchObject([{ name: '0002_concurrently' }])
})

if (isPostgres) {
  describe('what a stopped run leaves', () => {
    const index = "m.addConstraintConcurrently('Post', { type: 'unique', name: 'once', fields: ['code', 'words'] })"
    const apps = () => blog({}, { constraints: [once] })
    const standing = () =>
      rows(
        "SELECT relname::text, indisvalid FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE relname = 'once'",
      )
    const duplicate = "INSERT INTO blog_post (title, code, words) VALUES ('c', 'x', 5)"

    test('an index that rows refuse does not stay to refuse more of them', async () => {
      await start(index)
      await database().script(duplicate)
      await expect(migrate({ apps: apps() })).rejects.toThrow(/once/)
      expect(await standing()).toEqual([])
      await database().script("DELETE FROM blog_post WHERE title = 'c'")
      await migrate({ apps: apps() })
      expect(await actualTables()).toEqual(expectedTables(apps()))
    })

    test('an index that is not valid is made anew', async () => {
      await start(index)
      await database().script(duplicate)
      await database()
        .script('CREATE UNIQUE INDEX CONCURRENTLY once ON blog_post (code, words)')
        .catch(() => {})
      expect(await standing()).toEqual([['once', false]])
      await database().script("DELETE FROM blog_post WHERE title = 'c'")
      await migrate({ apps: apps() })
      expect(await standing()).toEqual([['once', true]])
      expect(await actualTables()).toEqual(expectedTables(apps()))
    })

    test('others write while it is built; its session is killed; the next run finishes', async () => {
      await start(index)
      const [holder, other] = [
        new pg.Client({ connectionString: place.url }),
        new pg.Client({ connectionString: place.url }),
      ]
      for (const client of [holder, other]) await client.connect()
      try {
        // A transaction that has written keeps the index from being finished.
        await holder.query('BEGIN')
        await holder.query("UPDATE blog_post SET title = 'held' WHERE id = 1")
        const run = migrate({ apps: apps() }).then(
          () => 'finished',
          () => 'failed',
        )
        const building =
          "SELECT pid FROM pg_stat_activity WHERE query LIKE 'CREATE UNIQUE INDEX CONCURRENTLY%' AND wait_event_type = 'Lock'"
        let pid: number | undefined
        while (pid === undefined) {
          pid = (await other.query(building)).rows[0]?.pid
          if (pid === undefined) await sleep(20)
        }
        await other.query("SET lock_timeout = '2s'")
        await other.query("INSERT INTO blog_post (title, code, words) VALUES ('meanwhile', 'm', 1)")
        const held = await other.query('SELECT mode FROM pg_locks WHERE pid = $1 AND relation = $2::regclass', [
          pid,
          'blog_post',
        ])
        expect(held.rows).toEqual([{ mode: 'ShareUpdateExclusiveLock' }])
        await other.query('SELECT pg_terminate_backend($1)', [pid])
        expect(await run).toBe('failed')
        await holder.query('COMMIT')
      } finally {
        for (const client of [holder, other]) await client.end()
      }
      await migrate({ apps: apps() })
      expect(await standing()).toEqual([['once', true]])
      expect(await rows("SELECT title FROM blog_post WHERE code = 'm'")).toEqual([['meanwhile']])
    })

    test('a foreign key that rows do not keep stays to bind new ones, and is finished when they are corrected', async () => {
      await start(
        "m.alterFieldConcurrently('Post', 'author', foreignKey('blog.Author', { onDelete: CASCADE, null: true, dbIndex: false }))",
      )
      await database().script('UPDATE blog_post SET author_id = 99 WHERE id = 2')
      const after = blog(writer(false))
      await expect(migrate({ apps: after })).rejects.toThrow(/blog_post_author_id/)
      expect(await rows("SELECT convalidated FROM pg_constraint WHERE contype = 'f'")).toEqual([[false]])
      await database().script('UPDATE blog_post SET author_id = 1 WHERE id = 2')
      await migrate({ apps: after })
      expect(await actualTables()).toEqual(expectedTables(after))
      expect(await rows("SELECT convalidated FROM pg_constraint WHERE contype = 'f'")).toEqual([[true]])
    })
  })
}
