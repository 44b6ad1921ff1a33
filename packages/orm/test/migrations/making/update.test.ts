import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { char, integer, Model, text } from '../../../src/index.ts'
import { migrate } from '../../../src/migrations/index.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'
import { make, makeAndMigrate, project } from '../project.ts'

const place = useTemporaryDatabase()
const title = { title: char({ maxLength: 9 }) }
const apps = (fields: object = {}) =>
  project(place.dir, { blog: { Post: class Post extends Model({ ...title, ...fields }) {} } })
const files = () => readdirSync(join(place.dir, 'blog/migrations')).sort()

test('changes go into the last migration, whose name follows them', async () => {
  await makeAndMigrate(apps())
  await make(apps({ body: text({ null: true }) }))
  const { changes } = await make(apps({ body: text({ null: true }), pages: integer({ null: true }) }), {
    update: true,
    database: 'default',
  })
  expect(changes[0]).toMatchObject({
    operations: ['Add field body to Post', 'Add field pages to Post'],
    replaced: join(place.dir, 'blog/migrations/0002_post_body.ts'),
  })
  expect(files()).toEqual(['0001_initial.ts', '0002_post_body_post_pages.ts'])
})

test('what comes and goes again leaves nothing', async () => {
  await make(apps())
  const { changes } = await make(apps({ body: text({ null: true }) }), { update: true })
  expect(changes[0]!.operations).toEqual(['Create model Post'])
  expect(files()).toEqual(['0001_initial.ts'])
  const source = readFileSync(join(place.dir, 'blog/migrations/0001_initial.ts'), 'utf8')
  expect(source).toContain('body: text({ null: true }),')
  expect(existsSync(join(place.dir, 'blog/migrations/0001_initial.ts.new'))).toBe(false)
})

test('a name that somebody chose stays, and another can be given', async () => {
  await make(apps())
  await make(apps({ body: text({ null: true }) }), { name: 'texts' })
  const next = { body: text({ null: true }), pages: integer({ null: true }) }
  await make(apps(next), { update: true })
  expect(files()).toEqual(['0001_initial.ts', '0002_texts.ts'])
})

test('one that has run is not touched', async () => {
  await makeAndMigrate(apps())
  const changed = apps({ body: text({ null: true }) })
  await expect(make(changed, { update: true, database: 'default' })).rejects.toThrow(
    'blog.0001_initial cannot be updated: the database has run it. Take it back first (migrate blog zero), where no other database has it. Run makemigrations without --update.',
  )
  expect(files()).toEqual(['0001_initial.ts'])
})

test('one that others come after is not touched, and an app without any has none', async () => {
  const both = (fields: object = {}) =>
    project(place.dir, {
      blog: { Post: class Post extends Model({ ...title, ...fields }) {} },
      shop: { Item: class Item extends Model({ post: integer() }) {} },
    })
  await expect(make(both(), { update: true })).rejects.toThrow("'blog' has no migration that could be updated")
  await make(both())
  await make(both({ body: text({ null: true }) }), { empty: true, only: ['blog'], name: 'later' })
  await expect(make(both({ body: text({ null: true }) }), { update: true, name: 'x' })).resolves.toBeDefined()
  await migrate({ apps: both({ body: text({ null: true }) }) })
})
