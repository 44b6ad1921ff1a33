import { describe, expect, test } from 'vitest'
import { database } from '../../../src/backends/registry.ts'
import type { ColumnSchema, TableSchema } from '../../../src/backends/schema.ts'
import { char, integer } from '../../../src/fields/index.ts'
import { migrate } from '../../../src/migrations/index.ts'
import { Model } from '../../../src/models/index.ts'
import { CASCADE, foreignKey, manyToMany, oneToOne } from '../../../src/relations/index.ts'
import { makeAndMigrate, project, rows } from '../../migrations/project.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'
import { plainColumn, plainTable } from '../plain-schema.ts'

const place = useTemporaryDatabase()

/** A value of each type that a field may have. */
const samples = {
  smallint: '1',
  integer: '70000',
  bigint: '9007199254740993',
  'numeric(10, 2)': '12.34',
  'double precision': '1.5',
  'varchar(20)': "'é'",
  text: "'it''s'",
  boolean: 'true',
  date: "'2024-02-29'",
  time: "'12:34:56.789'",
  'timestamp with time zone': "'2024-02-29 23:30:00.000001+02'",
  interval: "'1 day 0.000001 seconds'",
  uuid: "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
  jsonb: `'{"a": [1]}'`,
  bytea: "'\\xc3a9'",
  inet: "'10.0.0.1'",
  'varchar(10)[]': `'{a,"b c"}'`,
  'integer[]': "'{1,2}'",
} as const
type Type = keyof typeof samples
const types = Object.keys(samples) as Type[]

/** What becomes of the sample of a type, as text, in each of the types that take it. The others refuse it. */
const converts: { readonly [From in Type]: { readonly [To in Type]?: string } } = {
  smallint: {
    integer: '1',
    bigint: '1',
    'numeric(10, 2)': '1.00',
    'double precision': '1',
    'varchar(20)': '1',
    text: '1',
    boolean: 'true',
    interval: '00:00:00.000001',
    jsonb: '1',
    bytea: '\\x31',
  },
  integer: {
    bigint: '70000',
    'numeric(10, 2)': '70000.00',
    'double precision': '70000',
    'varchar(20)': '70000',
    text: '70000',
    boolean: 'true',
    interval: '00:00:00.07',
    jsonb: '70000',
    bytea: '\\x3730303030',
  },
  bigint: {
    'double precision': '9.007199254740992e+15',
    'varchar(20)': '9007199254740993',
    text: '9007199254740993',
    boolean: 'true',
    interval: '2501999:47:34.740992',
    jsonb: '9007199254740993',
    bytea: '\\x39303037313939323534373430393933',
  },
  'numeric(10, 2)': {
    smallint: '12',
    integer: '12',
    bigint: '12',
    'double precision': '12.34',
    'varchar(20)': '12.34',
    text: '12.34',
    boolean: 'true',
    interval: '00:00:00.000012',
    jsonb: '12.34',
    bytea: '\\x31322e3334',
  },
  'double precision': {
    smallint: '2',
    integer: '2',
    bigint: '2',
    'numeric(10, 2)': '1.50',
    'varchar(20)': '1.5',
    text: '1.5',
    boolean: 'true',
    interval: '00:00:00.000002',
    jsonb: '1.5',
    bytea: '\\x312e35',
  },
  'varchar(20)': { text: 'é', bytea: '\\xc3a9' },
  text: { 'varchar(20)': "it's", bytea: '\\x69742773' },
  boolean: {
    smallint: '1',
    integer: '1',
    bigint: '1',
    'numeric(10, 2)': '1.00',
    'double precision': '1',
    'varchar(20)': 'true',
    text: 'true',
    jsonb: 'true',
    bytea: '\\x74727565',
  },
  date: {
    'varchar(20)': '2024-02-29',
    text: '2024-02-29',
    'timestamp with time zone': '2024-02-29 00:00:00+00',
    bytea: '\\x323032342d30322d3239',
  },
  time: {
    'varchar(20)': '12:34:56.789',
    text: '12:34:56.789',
    interval: '12:34:56.789',
    bytea: '\\x31323a33343a35362e373839',
  },
  'timestamp with time zone': {
    text: '2024-02-29 21:30:00.000001+00',
    date: '2024-02-29',
    time: '21:30:00.000001',
    bytea: '\\x323032342d30322d32392032313a33303a30302e3030303030312b3030',
  },
  interval: {
    bigint: '86400000001',
    'double precision': '86400000001',
    text: '1 day 00:00:00.000001',
    bytea: '\\x31206461792030303a30303a30302e303030303031',
  },
  uuid: {
    text: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    bytea: '\\x61306565626339392d396330622d346566382d626236642d366262396264333830613131',
  },
  jsonb: { 'varchar(20)': '{"a": [1]}', text: '{"a": [1]}', bytea: '\\x7b2261223a205b315d7d' },
  bytea: { 'varchar(20)': 'é', text: 'é' },
  inet: { 'varchar(20)': '10.0.0.1', text: '10.0.0.1', bytea: '\\x31302e302e302e312f3332' },
  'varchar(10)[]': {
    'varchar(20)': '{a,"b c"}',
    text: '{a,"b c"}',
    jsonb: '["a", "b c"]',
    bytea: '\\x7b612c22622063227d',
  },
  'integer[]': {
    'varchar(20)': '{1,2}',
    text: '{1,2}',
    jsonb: '[1, 2]',
    bytea: '\\x7b312c327d',
    'varchar(10)[]': '{1,2}',
  },
}

/** Text, and JSON, that is told as a value of the type becomes one; any other text does not. */
const told: readonly (readonly [Type, Type, string, string])[] = [
  ...types
    .filter((type) => !['varchar(20)', 'text', 'jsonb', 'bytea'].includes(type))
    .map((type) => ['text', type, samples[type].startsWith("'") ? samples[type] : `'${samples[type]}'`, ''] as const),
  ['text', 'jsonb', `'{"a":[1]}'`, '{"a": [1]}'],
  ['jsonb', 'integer', "'7'", '7'],
  ['jsonb', 'boolean', "'true'", 'true'],
  ['bytea', 'integer', "'\\x37'", '7'],
  ['varchar(20)', 'boolean', "'no'", 'false'],
  ['bigint', 'smallint', '7', '7'],
  ['interval', 'smallint', "'-7 microseconds'", '-7'],
  ['numeric(10, 2)', 'boolean', '0', 'false'],
]

const column = (name: string, type: string, more: Partial<ColumnSchema> = {}): ColumnSchema =>
  plainColumn(name, type, { null: true, ...more })
const item = (columns: ColumnSchema[]): TableSchema => plainTable('item', columns)
const alter = (before: TableSchema, after: TableSchema) =>
  database().alterSchema((editor) => editor.alterTable(before, after))
const create = (table: TableSchema) => database().alterSchema((editor) => editor.createTable(table))

describe('a column of any type takes any other, with the values that are there', () => {
  test.each(types)('%s', async (from) => {
    const targets = types.filter((to) => to !== from && converts[from][to] !== undefined)
    const before = item(targets.map((to) => column(to, from)))
    const after = item(targets.map((to) => column(to, to)))
    await create(before)
    await database().script(
      `INSERT INTO item VALUES (${targets.map(() => samples[from]).join(', ')}); INSERT INTO item DEFAULT VALUES`,
    )
    await alter(before, after)
    const [values, nulls] = await rows(`SELECT ${targets.map((to) => `"${to}"::text`).join(', ')} FROM item`)
    expect(Object.fromEntries(targets.map((to, at) => [to, values?.[at]]))).toEqual(converts[from])
    expect(nulls?.every((value) => value === null)).toBe(true)
    expect(await database().introspect()).toEqual([after])
  })

  test.each(told)('%s that tells a %s: %s', async (from, to, value, expected) => {
    const before = item([column('a', from)])
    await create(before)
    await database().script(`INSERT INTO item VALUES (${value})`)
    await alter(before, item([column('a', to)]))
    const [[actual]] = (await rows('SELECT a::text FROM item')) as [[string]]
    if (expected !== '') expect(actual).toBe(expected)
    else expect(await rows(`SELECT a = ${value}::${to} FROM item`)).toEqual([[true]])
  })
})

describe('a value that is none of the new type stops the change, which says where, what and the way out', () => {
  test.each(types)('%s', async (from) => {
    const before = item([column('a', from)])
    await create(before)
    await database().script(`INSERT INTO item VALUES (${samples[from]})`)
    for (const to of types.filter((other) => other !== from && converts[from][other] === undefined)) {
      const change = alter(before, item([column('a', to)]))
      await expect(change, `${from} → ${to}`).rejects.toMatchObject({
        code: 'data-error',
        message: expect.stringMatching(
          /^item\.a, which is .+, cannot become .+: .+\. Change the rows first.*runSQL\('ALTER TABLE/,
        ),
      })
      await expect(change).rejects.toThrow(`item.a, which is ${from}, cannot become ${to}: `)
      await expect(change).rejects.toThrow(`TYPE ${to} USING …`)
    }
    expect(await database().introspect()).toEqual([before])
  })

  test('a view that reads the column too', async () => {
    const before = item([column('a', 'integer')])
    await create(before)
    await database().script('CREATE VIEW items AS SELECT a FROM item')
    await expect(alter(before, item([column('a', 'bigint')]))).rejects.toThrow(
      /^item\.a, which is integer, cannot become bigint: .*view items depends on column "a"\. Take what holds the column away.*DROP VIEW/,
    )
  })
})

describe('a key that is text becomes a number', () => {
  const shop = (code: () => object) => {
    class Shelf extends Model({
      code: code(),
      get friends() {
        return manyToMany('Shelf')
      },
    }) {}
    class Box extends Model({
      get shelf() {
        return oneToOne(Shelf, { onDelete: CASCADE, primaryKey: true })
      },
    }) {}
    class Item extends Model({
      get box() {
        return foreignKey(Box, { onDelete: CASCADE })
      },
      get shelves() {
        return manyToMany(Shelf)
      },
    }) {}
    return project(place.dir, { shop: { Shelf, Box, Item } })
  }
  const asText = () => shop(() => char({ maxLength: 10, primaryKey: true }))
  const asNumber = () => shop(() => integer({ primaryKey: true }))
  const indexes = async () =>
    (await rows("SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'shop_%' ORDER BY 1")).flat()

  test('with every key that leads to it, their indexes for LIKE, and the pairs', async () => {
    await makeAndMigrate(asText())
    await database().script(`
      INSERT INTO shop_shelf VALUES ('7'), ('8'); INSERT INTO shop_box VALUES ('7'); INSERT INTO shop_item (box_id) VALUES ('7');
      INSERT INTO shop_shelf_friends (from_shelf_id, to_shelf_id) VALUES ('7', '8');
      INSERT INTO shop_item_shelves (item_id, shelf_id) VALUES (1, '8')`)
    const before = { tables: await database().introspect(), indexes: await indexes() }
    expect(before.indexes.filter((index) => String(index).includes('_pattern_ops'))).toHaveLength(6)
    await makeAndMigrate(asNumber())
    const values =
      'SELECT code, b.shelf_id, i.box_id, f.from_shelf_id, f.to_shelf_id, s.shelf_id FROM shop_shelf, shop_box b, shop_item i, shop_shelf_friends f, shop_item_shelves s WHERE code = 8'
    expect(await rows(values)).toEqual([[8, 7, 7, 7, 8, 8]])
    expect((await indexes()).filter((index) => String(index).includes('_pattern_ops'))).toEqual([])
    await migrate({ apps: asNumber(), app: 'shop', name: '0001' })
    expect({ tables: await database().introspect(), indexes: await indexes() }).toEqual(before)
    expect(await rows(values.replace('= 8', "= '8'"))).toEqual([['8', '7', '7', '7', '8', '8']])
  })
})
