import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  Case,
  char,
  compositePrimaryKey,
  database,
  dateTime,
  F,
  generated,
  integer,
  Lower,
  Model,
  Now,
  Q,
  text,
  Value,
  When,
} from '../../src/index.ts'
import { makeMigrations, migrate, type Questioner, sqlMigrate } from '../../src/migrations/index.ts'
import { useTemporaryDatabase, vendor } from '../temporary-database.ts'
import { make, makeAndMigrate, project, rows } from './project.ts'

const place = useTemporaryDatabase()

const plain = () => {
  class Item extends Model({ name: char({ maxLength: 20 }), price: integer({ null: true }) }) {}
  return { shop: { Item } }
}

const rich = (price = 'price') => {
  class Item extends Model(
    {
      name: char({ maxLength: 20 }),
      total: generated({ expression: F(price).multiply(2), outputField: integer({ null: true }), dbPersist: true }),
      [price]: integer({ null: true }),
      state: char({ maxLength: 10, dbDefault: 'new' }),
      label: generated({
        expression: Case(When({ [`${price}__gt`]: 5 }, Value('dear')), { default: Lower('name') }),
        outputField: text(),
        dbPersist: true,
      }),
      made: dateTime({ dbDefault: Now() }),
    },
    {
      indexes: [
        { name: 'item_name', expressions: [Lower('name').desc(), F(price)] },
        { name: 'item_cheap', fields: ['name'], condition: Q({ [`${price}__lt`]: 5 }).or(Q({ name: "it's" }).not()) },
      ],
      constraints: [
        { type: 'check', name: 'item_price', condition: Q({ [`${price}__gte`]: 0 }), violationErrorMessage: 'No.' },
        { type: 'unique', name: 'item_lower', expressions: [Lower('name')] },
      ],
      tableComment: 'What is sold',
    },
  ) {}
  return { shop: { Item } }
}

const yes: Questioner = { askNewColumn: () => 1, askNotNull: () => 1, askRename: ({ candidates }) => candidates[0]! }
const latest = (): string => {
  const dir = join(place.dir, 'shop', 'migrations')
  return readFileSync(join(dir, readdirSync(dir).sort().at(-1)!), 'utf8')
}

test('a model takes on expressions of every kind, and its rows with it; back again they stay', async () => {
  await makeAndMigrate(project(place.dir, plain()))
  await rows("INSERT INTO shop_item (name, price) VALUES ('One', 7) RETURNING id")
  const apps = project(place.dir, rich())
  await makeAndMigrate(apps)
  expect((await make(apps, { check: true })).changes).toEqual([])
  expect(await rows('SELECT name, total, state, label FROM shop_item')).toEqual([['One', 14, 'new', 'dear']])
  expect(await rows('SELECT COUNT(*) FROM shop_item WHERE made IS NOT NULL')).toEqual([[1]])
  await expect(rows("INSERT INTO shop_item (name, price) VALUES ('x', -1) RETURNING id")).rejects.toThrow(/item_price/)
  await expect(rows("INSERT INTO shop_item (name) VALUES ('ONE') RETURNING id")).rejects.toThrow(/item_lower/)
  await migrate({ apps, app: 'shop', name: '0001_initial' })
  expect(await rows('SELECT name, price FROM shop_item')).toEqual([['One', 7]])
  expect((await database().introspect()).find(({ name }) => name === 'shop_item')!.columns).toHaveLength(3)
  await migrate({ apps })
  expect(await rows('SELECT name, total, state, label FROM shop_item')).toEqual([['One', 14, 'new', 'dear']])
})

test('the file is what a reviewer would have written', async () => {
  const { changes } = await makeMigrations({ apps: project(place.dir, rich()) })
  expect(changes[0]!.source).toMatchSnapshot()
})

test('what says the same is no change, and what says something else is one', async () => {
  await makeAndMigrate(project(place.dir, rich()))
  class Item extends Model(
    {
      ...(rich().shop.Item.fields as object),
      total: generated({ expression: F('price').multiply(3), outputField: integer({ null: true }), dbPersist: true }),
    },
    {
      ...(rich().shop.Item as unknown as { options: object }).options,
      constraints: [
        { type: 'check', name: 'item_price', condition: Q({ price__gte: 1 }) },
        { type: 'unique', name: 'item_lower', expressions: [Lower('name')] },
      ],
    } as object,
  ) {}
  const apps = project(place.dir, { shop: { Item } })
  const { changes } = await make(apps, { check: true })
  expect(changes[0]!.operations.map((text) => String((text as { description?: string }).description ?? text))).toEqual([
    'Remove constraint item_price from Item',
    'Remove field total from Item',
    'Add field total to Item',
    'Create constraint item_price on Item',
  ])
  await makeAndMigrate(apps)
  await rows("INSERT INTO shop_item (name, price) VALUES ('One', 7) RETURNING id")
  expect(await rows('SELECT total FROM shop_item')).toEqual([[21]])
})

test('a field that is renamed is renamed in conditions, expressions and computed columns', async () => {
  await makeAndMigrate(project(place.dir, rich()))
  await rows("INSERT INTO shop_item (name, price) VALUES ('One', 7) RETURNING id")
  const apps = project(place.dir, rich('cost'))
  await makeAndMigrate(apps, { questioner: yes })
  expect(latest()).toContain("renameField('Item', 'price', 'cost')")
  expect((await make(apps, { check: true })).changes).toEqual([])
  expect(await rows('SELECT cost, total, label FROM shop_item')).toEqual([[7, 14, 'dear']])
  await expect(rows("INSERT INTO shop_item (name, cost) VALUES ('x', -1) RETURNING id")).rejects.toThrow(/item_price/)
  await migrate({ apps, app: 'shop', name: '0001_initial' })
  expect(await rows('SELECT price, total FROM shop_item')).toEqual([[7, 14]])
})

test('a field is renamed in indexes and conditions whatever letters its name has', async () => {
  await makeAndMigrate(project(place.dir, rich('größe_1')))
  const apps = project(place.dir, rich('price'))
  await makeAndMigrate(apps, { questioner: yes })
  expect(latest()).toContain("operations: [renameField('Item', 'größe_1', 'price')]")
  await migrate({ apps, app: 'shop', name: '0001_initial' })
})

test('sqlMigrate shows constraints and defaults, and where it can comments', async () => {
  const apps = project(place.dir, rich())
  const { changes } = await make(apps)
  const sql = await sqlMigrate({ apps, app: 'shop', name: changes[0]!.name })
  const text = Array.isArray(sql) ? sql.join('\n') : String(sql)
  expect(text).toContain('CONSTRAINT "item_price" CHECK ("price" >= ')
  expect(text).toContain('GENERATED ALWAYS AS')
  expect(text.includes('COMMENT ON TABLE "shop_item" IS \'What is sold\'')).toBe(vendor === 'postgresql')
})

test('what no migration can hold says so', async () => {
  const apps = project(place.dir, {
    shop: {
      Item: class Item extends Model(
        { name: char({ maxLength: 5 }) },
        { constraints: [{ type: 'check', name: 'x', condition: Q({ name__gt: new (class Odd {})() as never }) }] },
      ) {},
    },
  })
  await expect(make(apps)).rejects.toThrow(/A migration cannot hold|expected/)
})

test('a key of several fields comes, changes, follows a field that is renamed, and goes', async () => {
  const keyed = (key: readonly [string, string, ...string[]], number = 'number') => {
    class Item extends Model({
      pk: compositePrimaryKey(...key),
      shop: integer(),
      [number]: integer(),
      name: char({ maxLength: 20 }),
    } as object) {}
    return { shop: { Item } }
  }
  const keys = async () =>
    (await database().introspect())
      .find(({ name }) => name === 'shop_item')!
      .columns.filter(({ primaryKey }) => primaryKey)
      .map(({ name }) => name)
  await makeAndMigrate(project(place.dir, keyed(['shop', 'number'])))
  expect(latest()).toContain("pk: compositePrimaryKey('shop', 'number')")
  await rows("INSERT INTO shop_item (shop, number, name) VALUES (1, 2, 'one') RETURNING name")
  await makeAndMigrate(project(place.dir, keyed(['shop', 'count'], 'count')), { questioner: yes })
  expect(await keys()).toEqual(['shop', 'count'])
  const last = project(place.dir, keyed(['shop', 'count', 'name'], 'count'))
  await makeAndMigrate(last, { questioner: yes })
  expect(await keys()).toEqual(['shop', 'count', 'name'])
  expect((await make(last, { check: true })).changes).toEqual([])
  await migrate({ apps: last, app: 'shop', name: '0001_initial' })
  expect(await keys()).toEqual(['shop', 'number'])
  expect(await rows('SELECT shop, number, name FROM shop_item')).toEqual([[1, 2, 'one']])
})
