import { describe, expect, test } from 'vitest'
import { database } from '../../../src/backends/registry.ts'
import { char, Model } from '../../../src/index.ts'
import { findingText, isUnsafe, migrate, planFindings, sqlMigrate } from '../../../src/migrations/index.ts'
import { useTemporaryDatabase, vendor } from '../../temporary-database.ts'
import { bareApps, writeMigration } from '../migration-file.ts'
import { makeAndMigrate, project, rows } from '../project.ts'

const place = useTemporaryDatabase()
const isPostgres = vendor === 'postgresql'

class Post extends Model({ title: char({ maxLength: 20 }), body: char({ maxLength: 20, null: true }) }) {}
const apps = () => project(place.dir, { blog: { Post } })

/** A table of many rows, or, where the database only estimates them, of as many as it takes for that. */
async function manyPosts(): Promise<void> {
  await database().script(
    isPostgres
      ? "UPDATE pg_class SET reltuples = 2000000 WHERE relname = 'blog_post'"
      : `INSERT INTO blog_post (title) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100001) SELECT i FROM n`,
  )
}

const index = "m.addIndex('Post', { name: 'by_title', fields: ['title'] })"
const write = (operations: string, more = '') =>
  writeMigration(place.dir, 'blog.0002_change', {
    dependencies: `[['blog', '0001_initial']]${more}`,
    operations,
  })

describe('what a plan is judged by', () => {
  test('the rows that the database has', async () => {
    await makeAndMigrate(apps())
    write(index)
    await database().script("INSERT INTO blog_post (title) VALUES ('a')")
    if (isPostgres) await database().script('ANALYZE blog_post')
    expect(await planFindings({ apps: apps() })).toEqual([])
    await manyPosts()
    const [finding, ...others] = await planFindings({ apps: apps() })
    expect(others).toEqual([])
    expect(finding).toMatchObject({
      migration: 'blog.0002_change',
      operation: 0,
      id: isPostgres ? 'add-index' : 'rebuild-table',
      kinds: ['lock'],
      message: expect.stringMatching(isPostgres ? /about 2,000,000 rows/ : /Reads go on\. It has .*100,000/),
    })
    expect(isUnsafe([finding!])).toBe(true)
  })

  test('what was applied is past, and a first migration is nobody’s yet', async () => {
    expect(await planFindings({ apps: apps() })).toEqual([])
    await makeAndMigrate(apps())
    expect(await planFindings({ apps: apps() })).toEqual([])
  })

  test('the way back loses what came', async () => {
    await makeAndMigrate(apps())
    expect((await planFindings({ apps: apps(), app: 'blog', name: 'zero' })).map(({ id }) => id)).toEqual([
      'drop-table',
    ])
  })
})

describe('what is considered', () => {
  test('is told with its reason, and is not unsafe', async () => {
    await makeAndMigrate(apps())
    write("m.removeField('Post', 'body')", ", considered: { 'drop-column': 'release 41 no longer reads it' }")
    const findings = await planFindings({ apps: apps() })
    expect(findings).toMatchObject([{ id: 'drop-column', considered: 'release 41 no longer reads it' }])
    expect(isUnsafe(findings)).toBe(false)
    expect(findings.map((finding) => findingText(finding))).toEqual([
      '    drop-column: considered: release 41 no longer reads it\n',
    ])
  })

  test('another thing is not', async () => {
    await makeAndMigrate(apps())
    write("m.removeField('Post', 'body')", ", considered: { 'drop-table': 'why' }")
    const findings = await planFindings({ apps: apps() })
    expect(isUnsafe(findings)).toBe(true)
    expect(findingText(findings[0]!)).toBe(
      `    ! drop-column (breaks running code, loses data): The column body of blog_post is dropped. The release that still runs selects and writes it, and fails. Its values are gone.
      1. Release 1: let it be null, or give it a dbDefault, so that rows may come without it.
      2. Release 2: take the field out of the code, with separateDatabaseAndState({ state: [removeField(…)] }).
      3. Release 3, once no process of release 1 runs: runSQL('ALTER TABLE "blog_post" DROP COLUMN "body"', noop).
      See docs/migrations/zero-downtime.md#drop-column
`,
    )
  })

  test('a name that is none, and one without a reason, are refused with the file', async () => {
    await makeAndMigrate(apps())
    write('', ", considered: { 'drop-colum': 'why' }")
    await expect(planFindings({ apps: apps() })).rejects.toThrow(
      /0002_change\.ts considers 'drop-colum', which is no finding\. Did you mean 'drop-column'\?/,
    )
    writeMigration(place.dir, 'shop.0001_initial', { dependencies: "[], considered: { 'drop-column': ' ' }" })
    await expect(planFindings({ apps: bareApps(place.dir, 'shop') })).rejects.toThrow(
      /shop.*0001_initial\.ts considers 'drop-column' without a reason/,
    )
  })
})

describe('what only PostgreSQL has', () => {
  const shop = () => bareApps(place.dir, 'shop')

  test('extensions and collations come and go, and SQLite passes over them', async () => {
    writeMigration(place.dir, 'shop.0001_initial', {
      operations: `m.createExtension('pg_trgm'),
        m.createCollation('no "case"', 'und-u-ks-level2', { provider: 'icu', deterministic: false })`,
    })
    writeMigration(place.dir, 'shop.0002_remove', {
      dependencies: "[['shop', '0001_initial']]",
      operations: `m.removeCollation('no "case"', 'und-u-ks-level2', { provider: 'icu', deterministic: false })`,
    })
    const standing = async () =>
      isPostgres
        ? await rows(
            "SELECT (SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm')::int, (SELECT count(*) FROM pg_collation WHERE collname = 'no \"case\"')::int",
          )
        : []
    await migrate({ apps: shop(), app: 'shop', name: '0001' })
    if (isPostgres) {
      expect(await standing()).toEqual([[1, 1]])
      expect(await rows(`SELECT 'A' = 'a' COLLATE "no ""case"""`)).toEqual([[true]])
    }
    await migrate({ apps: shop() })
    if (isPostgres) expect(await standing()).toEqual([[1, 0]])
    await migrate({ apps: shop(), app: 'shop', name: '0001' })
    if (isPostgres) expect(await standing()).toEqual([[1, 1]])
    await migrate({ apps: shop(), app: 'shop', name: 'zero' })
    if (isPostgres) expect(await standing()).toEqual([[0, 0]])
  })

  test('their SQL', async () => {
    writeMigration(place.dir, 'shop.0001_initial', {
      operations: "m.createExtension('pg_trgm'), m.createCollation('german', 'de_DE')",
    })
    const sql = (await sqlMigrate({ apps: shop(), app: 'shop', name: '0001' })).join('\n')
    if (!isPostgres) expect(sql).not.toMatch(/CREATE/)
    else {
      expect(sql).toContain('CREATE EXTENSION IF NOT EXISTS "pg_trgm";')
      expect(sql).toContain('CREATE COLLATION "german" (provider = libc, locale = \'de_DE\');')
    }
  })
})
