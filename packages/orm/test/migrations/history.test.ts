import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { closeDatabases, configureDatabases, database } from '../../src/backends/registry.ts'
import { migrate } from '../../src/migrations/index.ts'
import { anotherDatabase, useTemporaryDatabase } from '../temporary-database.ts'
import { imports, project, rows } from './project.ts'

const place = useTemporaryDatabase()
const apps = () => project(place.dir, { blog: {}, shop: {} })

function write(app: string, name: string, body: string): void {
  const dir = join(place.dir, app, 'migrations')
  mkdirSync(dir, { recursive: true })
  writeFileSync(
    join(dir, `${name}.ts`),
    `import * as orm from '${imports.orm}'\nimport * as m from '${imports.migrations}'\nexport default m.defineMigration({ ${body} })\n`,
  )
}

beforeEach(() => {
  write(
    'shop',
    '0001_initial',
    `operations: [m.createModel('Item', { id: orm.bigAuto(), name: orm.char({ maxLength: 20 }) })]`,
  )
  write(
    'blog',
    '0001_initial',
    `operations: [
      m.createModel('Tag', { id: orm.bigAuto(), name: orm.char({ maxLength: 20 }) }),
      m.createModel('Author', { id: orm.bigAuto(), name: orm.char({ maxLength: 20 }) }),
      m.createModel('Post', {
        id: orm.bigAuto(),
        title: orm.char({ maxLength: 20 }),
        author: orm.foreignKey('blog.Author', { onDelete: orm.CASCADE, relatedName: 'posts' }),
        tags: orm.manyToMany('blog.Tag'),
      }),
      m.createModel('Line', {
        order: orm.integer(),
        position: orm.integer(),
        text: orm.char({ maxLength: 20 }),
        pk: orm.compositePrimaryKey('order', 'position'),
      }),
    ]`,
  )
})

/** Runs code in a migration of the blog; what it returns stands in the table of tags, as JSON. */
async function run(code: string, dependencies = `['blog', '0001_initial']`, using?: string): Promise<void> {
  write(
    'blog',
    '0002_code',
    `dependencies: [${dependencies}], operations: [m.runCode(async (history) => { ${code} }, m.noop)]`,
  )
  await migrate({ apps: apps(), database: using })
}

test('relations are followed in both directions', async () => {
  await run(`
    const Author = history.model('Author', { name: orm.char({ maxLength: 20 }) })
    const Post = history.model('Post', { title: orm.char({ maxLength: 20 }), author: orm.foreignKey('Author', { onDelete: orm.CASCADE }) })
    const Tag = history.model('Tag', { name: orm.char({ maxLength: 20 }) })
    const ann = await Author.objects.create({ name: 'Ann' })
    const post = await Post.objects.create({ title: 'one', author: ann })
    const [news, old] = await Tag.objects.bulkCreate([new Tag({ name: 'news' }), new Tag({ name: 'old' })])
    await post.tags.add(news, old)
    await post.tags.remove(old)
    const found = await Post.objects.filter({ author__name: 'Ann', tags__name: 'news' }).selectRelated('author').get()
    const loaded = await Post.objects.prefetchRelated('tags').get()
    await Tag.objects.create({ name: found.author.name + (await post.tags.count()) + (await loaded.tags.all())[0].name })
  `)
  expect(await rows('SELECT name FROM blog_tag ORDER BY id')).toEqual([['news'], ['old'], ['Ann1news']])
})

test('rows with a key of several fields', async () => {
  await run(`
    const Line = history.model('Line')
    await Line.objects.bulkCreate([1, 2, 3].map((position) => new Line({ order: 7, position, text: 'x' })))
    await Line.objects.filter({ pk: [7, 2] }).update({ text: 'y' })
    const line = await Line.objects.get({ pk: [7, 3] })
    await line.delete()
  `)
  expect(await rows('SELECT position, text FROM blog_line ORDER BY position')).toEqual([
    [1, 'x'],
    [2, 'y'],
  ])
})

test('a transaction of its own inside, whose failure the code survives', async () => {
  await run(`
    const Tag = history.model('Tag')
    await Tag.objects.create({ name: 'kept' })
    await orm.atomic(async () => {
      await Tag.objects.create({ name: 'lost' })
      throw new Error('on purpose')
    }).catch(() => {})
    await Tag.objects.create({ name: 'after' })
  `)
  expect(await rows('SELECT name FROM blog_tag ORDER BY id')).toEqual([['kept'], ['after']])
})

test('an error takes back what the code did, and the tables of the same migration', async () => {
  write(
    'blog',
    '0002_code',
    `dependencies: [['blog', '0001_initial']], operations: [
      m.addField('Tag', 'size', orm.integer({ null: true })),
      m.runCode(async (history) => {
        await history.model('Tag').objects.create({ name: 'x' })
        throw new TypeError('no such thing')
      }, m.noop)]`,
  )
  await expect(migrate({ apps: apps() })).rejects.toThrow(
    /blog\.0002_code.*operation 2 of 2, 'Run code': no such thing/,
  )
  expect(await rows('SELECT name FROM blog_tag')).toEqual([])
  await expect(rows('SELECT size FROM blog_tag')).rejects.toThrow()
})

test('a model of another app needs its migration among the dependencies', async () => {
  const code = `await history.model('shop.Item').objects.create({ name: 'kite' })`
  await expect(run(code)).rejects.toThrow(
    "no model shop.Item at this point of the migrations. Give this migration of 'blog' a dependency on the one of 'shop' that " +
      "makes it: dependencies: [['shop', '…']].",
  )
})

test('and then it is there', async () => {
  const dependencies = "['blog', '0001_initial'], ['shop', '0001_initial']"
  await run("await history.model('shop.Item').objects.create({ name: 'kite' })", dependencies)
  expect(await rows('SELECT name FROM shop_item')).toEqual([['kite']])
})

test('another database', async () => {
  await closeDatabases()
  configureDatabases({ default: place.url, other: await anotherDatabase() })
  await run(
    `
      const Tag = history.model('Tag')
      const [tag] = await Tag.objects.bulkCreate([new Tag({ name: 'there' })])
      await Tag.objects.create({ name: 'too' })
      const post = new (history.model('Post'))({ title: 'x', author: await history.model('Author').objects.create({ name: 'Ann' }) })
      await post.save({ using: 'other' })
      await post.tags.add(tag)
    `,
    undefined,
    'other',
  )
  const names = await database('other').all({ sql: 'SELECT name FROM blog_tag ORDER BY id' }, [])
  expect(names).toEqual([['there'], ['too']])
  expect(await database('other').all({ sql: 'SELECT count(*) FROM blog_post_tags' }, [])).toEqual([[1]])
  expect(await database().tableNames()).not.toContain('blog_tag')
})
