import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bigInteger, CASCADE, char, foreignKey, integer, Model, manager, oneToOne, text } from '../../../src/index.ts'
import { answering, migrate, planFindings } from '../../../src/migrations/index.ts'
import { codeOf } from '../../documentation.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'
import { actualTables, expectedTables, imports, type Models, make, makeAndMigrate, project, rows } from '../project.ts'

/* The recipes of docs/migrations/zero-downtime.md, with the releases that meet writing and reading between the steps. */

const place = useTemporaryDatabase()

/** The code of a release: its models, how it writes a row, and what it reads. */
interface Release {
  readonly models: Models
  add(value: string): Promise<void>
  all(): Promise<string[]>
}

interface Step {
  /** Files of the page, by their names. */
  readonly migrations: readonly string[]
  readonly code: Release
}

const files = new Map(
  codeOf('migrations/zero-downtime.md').flatMap((code) => {
    const [, app, name] = /^\/\/ (\w+)\/migrations\/(\w+)\.ts\n/.exec(code) ?? []
    return app === undefined ? [] : [[`${app}.${name}`, code] as const]
  }),
)

function writeFile(app: string, name: string): void {
  const code = files.get(`${app}.${name}`)
  if (code === undefined) throw new Error(`The page has no ${app}/migrations/${name}.ts.`)
  mkdirSync(join(place.dir, app, 'migrations'), { recursive: true })
  writeFileSync(join(place.dir, app, 'migrations', `${name}.ts`), code)
}

/** Takes the steps one after the other; before, between and after each, all that run write a row and read those of all. */
async function deploy(app: string, first: Release, steps: readonly Step[]): Promise<void> {
  const written: string[] = []
  const use = async (...running: readonly Release[]) => {
    for (const release of running) {
      const value = `row ${written.length}`
      await release.add(value)
      written.push(value)
      for (const reader of running) expect((await reader.all()).sort()).toEqual([...written].sort())
    }
  }
  await makeAndMigrate(project(place.dir, first.models))
  await use(first)
  let running = first
  for (const { migrations, code } of steps) {
    for (const name of migrations) {
      writeFile(app, name)
      await migrate({ apps: project(place.dir, code.models) })
      await use(running)
    }
    expect((await make(project(place.dir, code.models), { check: true })).changes).toEqual([])
    await use(running, code, running, code)
    running = code
  }
}

function blog(fields: object, written: readonly string[], read: string): Release {
  class Post extends Model(fields as { title: ReturnType<typeof char> }) {
    static objects = manager(Post)
  }
  return {
    models: { blog: { Post } },
    async add(value) {
      await Post.objects.create(Object.fromEntries(written.map((name) => [name, value])) as never)
    },
    all: async () => (await Post.objects.all()).map((post) => (post as unknown as Record<string, string>)[read]!),
  }
}

test('a column gets another name', async () => {
  const title = char({ maxLength: 200 })
  const headline = char({ maxLength: 200, null: true })
  const optional = char({ maxLength: 200, null: true })
  await deploy('blog', blog({ title }, ['title'], 'title'), [
    { migrations: ['0002_post_headline'], code: blog({ title, headline }, ['title', 'headline'], 'title') },
    {
      migrations: ['0003_fill_headlines', '0004_post_title_null'],
      code: blog({ title: optional, headline }, ['title', 'headline'], 'headline'),
    },
    { migrations: ['0005_post_without_title'], code: blog({ headline }, ['headline'], 'headline') },
    { migrations: ['0006_drop_post_title'], code: blog({ headline }, ['headline'], 'headline') },
  ])
  expect(await actualTables()).toEqual(expectedTables(project(place.dir, blog({ headline }, [], '').models)))
})

test('filling goes on where it was stopped, and writes nothing twice', async () => {
  const first = blog({ title: char({ maxLength: 200 }) }, ['title'], 'title')
  const both = { title: char({ maxLength: 200 }), headline: char({ maxLength: 200, null: true }) }
  const next = blog(both, ['title', 'headline'], 'title')
  await makeAndMigrate(project(place.dir, first.models))
  for (const value of ['a', 'b', 'c']) await first.add(value)
  const apps = project(place.dir, next.models)
  writeFile('blog', '0002_post_headline')
  await migrate({ apps })
  await next.add('own')
  writeFile('blog', '0003_fill_headlines')
  await migrate({ apps })
  expect(await rows('SELECT title, headline FROM blog_post ORDER BY id')).toEqual(
    ['a', 'b', 'c', 'own'].map((value) => [value, value]),
  )
})

test('a required column comes', async () => {
  const release = (sku: object | undefined, writes: boolean): Release => {
    class Item extends Model({ name: char({ maxLength: 20 }), ...(sku === undefined ? {} : { sku }) } as {
      name: ReturnType<typeof char>
    }) {
      static objects = manager(Item)
    }
    return {
      models: { shop: { Item } },
      async add(name) {
        await Item.objects.create({ name, ...(writes ? { sku: `sku-${name}` } : {}) } as never)
      },
      all: async () => (await Item.objects.all()).map(({ name }) => name as string),
    }
  }
  await deploy('shop', release(undefined, false), [
    { migrations: ['0002_item_sku'], code: release(char({ maxLength: 20, null: true }), true) },
    { migrations: ['0003_fill_skus', '0004_item_sku_required'], code: release(char({ maxLength: 20 }), true) },
  ])
  expect(await rows("SELECT count(*) FROM shop_item WHERE sku = 'sku-' || name")).toEqual(
    await rows('SELECT count(*) FROM shop_item'),
  )
})

test('a table is split', async () => {
  const release = (bio: object, reads: 'person' | 'profile', hasProfile: boolean): Release => {
    class Person extends Model({ bio } as { bio: ReturnType<typeof text> }) {
      static objects = manager(Person)
    }
    class Profile extends Model({
      get person() {
        return oneToOne(Person, { onDelete: CASCADE })
      },
      bio: text(),
    }) {
      static objects = manager(Profile)
    }
    return {
      models: { people: hasProfile ? { Person, Profile } : { Person } },
      async add(value) {
        const person = await Person.objects.create({ bio: value } as never)
        if (hasProfile) await Profile.objects.create({ person, bio: value } as never)
      },
      async all() {
        const found = reads === 'person' ? await Person.objects.all() : await Profile.objects.all()
        return found.map((row) => row.bio as unknown as string)
      },
    }
  }
  await deploy('people', release(text(), 'person', false), [
    { migrations: ['0002_profile'], code: release(text(), 'person', true) },
    {
      migrations: ['0003_fill_profiles', '0004_person_bio_null'],
      code: release(text({ null: true }), 'profile', true),
    },
  ])
})

test('a field gets another name and keeps its column', async () => {
  const first = blog({ title: char({ maxLength: 200 }) }, ['title'], 'title')
  const next = blog({ headline: char({ maxLength: 200, dbColumn: 'title' }) }, ['headline'], 'headline')
  await makeAndMigrate(project(place.dir, first.models))
  const before = await actualTables()
  await first.add('a')
  const apps = project(place.dir, next.models)
  const { changes } = await make(apps, { questioner: answering({ renames: { 'blog.Post.title': 'headline' } }) })
  expect(changes).toHaveLength(1)
  expect(await planFindings({ apps })).toEqual([])
  await migrate({ apps })
  expect(await actualTables()).toEqual(before)
  await next.add('b')
  await first.add('c')
  for (const release of [first, next]) expect(await release.all()).toEqual(['a', 'b', 'c'])
})

test('a model gets another name and keeps its table', async () => {
  const named = (name: string, options: object): Release => {
    class Row extends Model({ title: char({ maxLength: 20 }) }, options) {
      static objects = manager(Row)
    }
    Object.defineProperty(Row, 'name', { value: name })
    return {
      models: { blog: { [name]: Row } },
      add: async (title) => void (await Row.objects.create({ title })),
      all: async () => (await Row.objects.all()).map(({ title }) => title),
    }
  }
  const [first, next] = [named('Post', {}), named('Article', { table: 'blog_post' })]
  await makeAndMigrate(project(place.dir, first.models))
  await first.add('a')
  const apps = project(place.dir, next.models)
  await make(apps, { questioner: answering({ renames: { 'blog.Post': 'Article' } }) })
  expect(await planFindings({ apps })).toEqual([])
  await migrate({ apps })
  await next.add('b')
  await first.add('c')
  for (const release of [first, next]) expect(await release.all()).toEqual(['a', 'b', 'c'])
})

test('what is beside the traffic, as the page has it', async () => {
  class Author extends Model({ name: char({ maxLength: 20 }) }) {}
  const book = {
    title: char({ maxLength: 20 }),
    isbn: char({ maxLength: 20 }),
    price: integer(),
  }
  class First extends Model({ ...book, pages: integer({ null: true }) }) {
    static objects = manager(First)
  }
  Object.defineProperty(First, 'name', { value: 'Book' })
  await makeAndMigrate(project(place.dir, { library: { Author, Book: First } }))
  await First.objects.create({ title: 'a', isbn: '1', price: 150, pages: 3 })
  class Book extends Model(
    {
      ...book,
      pages: integer(),
      get author() {
        return foreignKey(Author, { onDelete: CASCADE, null: true })
      },
    },
    {
      indexes: [{ name: 'book_by_title', fields: ['title'] }],
      constraints: [
        { type: 'unique', name: 'book_isbn', fields: ['isbn'] },
        { type: 'check', name: 'book_has_pages', condition: { pages__gt: 0 } },
        { type: 'check', name: 'book_price', condition: { price__gte: 0 } },
      ],
    },
  ) {
    static objects = manager(Book)
  }
  const apps = project(place.dir, { library: { Author, Book } })
  for (const name of ['0002_book_indexes', '0003_book_price_not_valid', '0004_book_price_valid']) {
    writeFile('library', name)
    await migrate({ apps })
    await First.objects.create({ title: 'b', isbn: name.slice(0, 10), price: 250, pages: 4 })
  }
  expect(await actualTables()).toEqual(expectedTables(apps))
  expect((await make(apps, { check: true })).changes).toEqual([])
  expect(await Book.objects.count()).toBe(4)
})

test('a number becomes larger in a column beside the old one', async () => {
  // The steps of another name, with another type: the value is copied as it is.
  const cents = integer()
  const release = (fields: object, written: readonly string[], read: string): Release => {
    class Order extends Model(fields as { cents: ReturnType<typeof integer> }) {
      static objects = manager(Order)
    }
    return {
      models: { bank: { Order } },
      async add(value) {
        const number = Number(value.slice(4)) + 1
        const as = (name: string) => (name === 'total' ? BigInt(number) : number)
        await Order.objects.create(Object.fromEntries(written.map((name) => [name, as(name)])) as never)
      },
      all: async () =>
        (await Order.objects.all()).map((row) => `row ${Number((row as unknown as Record<string, number>)[read]) - 1}`),
    }
  }
  const steps: readonly (readonly [name: string, operations: string])[] = [
    ['0002_total', "m.addField('Order', 'total', orm.bigInteger({ null: true }))"],
    ['0003_fill', "m.runSQL('UPDATE bank_order SET total = cents WHERE total IS NULL', m.noop)"],
    ['0004_null', "m.alterField('Order', 'cents', orm.integer({ null: true }))"],
    ['0005_state', "m.separateDatabaseAndState({ state: [m.removeField('Order', 'cents')] })"],
    ['0006_drop', "m.runSQL('ALTER TABLE bank_order DROP COLUMN cents', m.noop)"],
  ]
  let needs = '0001_initial'
  for (const [name, operations] of steps) {
    files.set(
      `bank.${name}`,
      `import * as m from '${imports.migrations}'
       import * as orm from '${imports.orm}'
       export default m.defineMigration({ dependencies: [['bank', '${needs}']], operations: [${operations}] })`,
    )
    needs = name
  }
  const total = bigInteger({ null: true })
  await deploy('bank', release({ cents }, ['cents'], 'cents'), [
    { migrations: ['0002_total'], code: release({ cents, total }, ['cents', 'total'], 'cents') },
    {
      migrations: ['0003_fill', '0004_null'],
      code: release({ cents: integer({ null: true }), total }, ['cents', 'total'], 'total'),
    },
    { migrations: ['0005_state'], code: release({ total }, ['total'], 'total') },
    { migrations: ['0006_drop'], code: release({ total }, ['total'], 'total') },
  ])
})
