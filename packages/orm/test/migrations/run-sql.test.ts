import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { closeDatabases, configureDatabases, database } from '../../src/backends/registry.ts'
import { makeMigrations, migrate, runSQL, sqlMigrate } from '../../src/migrations/index.ts'
import { useTemporaryDatabase, vendor } from '../temporary-database.ts'
import { imports, project, rows } from './project.ts'

const place = useTemporaryDatabase()
const apps = () => project(place.dir, { blog: {} })

function write(name: string, body: string): void {
  const dir = join(place.dir, 'blog/migrations')
  mkdirSync(dir, { recursive: true })
  writeFileSync(
    join(dir, `${name}.ts`),
    `import * as orm from '${imports.orm}'\nimport * as m from '${imports.migrations}'\nexport default m.defineMigration({ ${body} })\n`,
  )
}

const table = `operations: [m.createModel('Post', { id: orm.bigAuto(), title: orm.char({ maxLength: 90, null: true }), size: orm.bigInteger({ null: true }) })]`

test('statements with values, on both databases, as they are shown', async () => {
  write('0001_initial', table)
  write(
    '0002_rows',
    `dependencies: [['blog', '0001_initial']], operations: [
      m.runSQL(
        [
          ['INSERT INTO blog_post (title, size) VALUES (?, ?), (?, ?)', ["it's; -- \\\\ \\"?\\"", 2n ** 62n, null, 3]],
          "UPDATE blog_post SET title = 'why?' WHERE title IS NULL",
          ["UPDATE blog_post SET title = title || ' ??' WHERE size = ?", [3]],
        ],
        [['DELETE FROM blog_post WHERE size = ?', [3]], 'DELETE FROM blog_post'],
      ),
      m.runSQL('UPDATE blog_post SET size = 4 WHERE size = 3; UPDATE blog_post SET size = size + 1 WHERE size = 4', m.noop),
    ]`,
  )
  await migrate({ apps: apps() })
  expect(await rows('SELECT title, CAST(size AS text) FROM blog_post ORDER BY id')).toEqual([
    [`it's; -- \\ "?"`, String(2n ** 62n)],
    ['why? ?', '5'],
  ])
  const shown = await sqlMigrate({ apps: apps(), app: 'blog', name: '0002' })
  expect(shown.join('\n')).toContain(`VALUES ('it''s; -- \\ "?"', `)
  await migrate({ apps: apps(), app: 'blog', name: '0001' })
  expect(await rows('SELECT title FROM blog_post')).toEqual([])
})

test('values and places must be as many', () => {
  expect(() => runSQL([['SELECT ?, ?', [1]]])).toThrow(/runSQL\(\) has places for values.*2 and 1/)
  expect(() => runSQL('SELECT 1', [['SELECT 1', [1]]])).toThrow(/0 and 1/)
})

test('the state may be told what the SQL does', async () => {
  write('0001_initial', table)
  write(
    '0002_more',
    `dependencies: [['blog', '0001_initial']], operations: [
      m.runSQL('ALTER TABLE blog_post ADD COLUMN rating integer NULL', 'ALTER TABLE blog_post DROP COLUMN rating', {
        stateOperations: [m.addField('Post', 'rating', orm.integer({ null: true }))],
      }),
      m.runCode(async (history) => {
        await history.model('Post', { rating: orm.integer({ null: true }) }).objects.create({ rating: 5 })
      }, m.noop),
    ]`,
  )
  await migrate({ apps: apps() })
  expect(await rows('SELECT rating FROM blog_post')).toEqual([[5]])
  const { changes } = await makeMigrations({ apps: apps(), check: true })
  expect(changes.map(({ operations }) => operations)).toEqual([['Delete model Post']])
  await database().script('DELETE FROM blog_post')
  await migrate({ apps: apps(), app: 'blog', name: '0001' })
  await expect(rows('SELECT rating FROM blog_post')).rejects.toThrow()
})

test('routers are told by hints where it belongs', async () => {
  const asked: unknown[] = []
  await closeDatabases()
  configureDatabases(
    { default: place.url },
    {
      routers: [
        {
          allowMigrate(_alias, _app, hints) {
            if ('audit' in hints) asked.push(hints)
            return 'audit' in hints ? false : undefined
          },
        },
      ],
    },
  )
  write('0001_initial', table)
  write(
    '0002_audit',
    `dependencies: [['blog', '0001_initial']], operations: [
      m.runSQL('this is no SQL', { hints: { audit: 1 } }),
      m.runCode(async () => { throw new Error('not here') }, m.noop, { hints: { audit: 2 } }),
      m.runSQL("INSERT INTO blog_post (title) VALUES ('here')", m.noop),
    ]`,
  )
  await migrate({ apps: apps() })
  expect(asked).toEqual([{ audit: 1 }, { audit: 2 }])
  expect(await rows('SELECT title FROM blog_post')).toEqual([['here']])
})

test('what cannot run in a transaction runs outside of it', async () => {
  const statement = vendor === 'postgresql' ? 'VACUUM blog_post' : 'VACUUM'
  write('0001_initial', table)
  write(
    '0002_vacuum',
    `dependencies: [['blog', '0001_initial']], atomic: false, operations: [
      m.runSQL("INSERT INTO blog_post (title) VALUES ('a')", m.noop),
      m.runSQL('${statement}', m.noop, { atomic: false }),
      m.separateDatabaseAndState({ database: [m.runSQL('${statement}', m.noop, { atomic: false })] }),
    ]`,
  )
  await migrate({ apps: apps() })
  expect(await rows('SELECT title FROM blog_post')).toEqual([['a']])
  write(
    '0003_wrong',
    `dependencies: [['blog', '0002_vacuum']], operations: [
      m.separateDatabaseAndState({ database: [m.runSQL('${statement}', m.noop, { atomic: false })] })]`,
  )
  await expect(migrate({ apps: apps() })).rejects.toThrow(/atomic: false/)
})
