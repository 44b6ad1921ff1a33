import { expect, test } from 'vitest'
import { database } from '../../../src/backends/registry.ts'
import type { TableSchema } from '../../../src/backends/schema.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'
import { plainColumn } from '../plain-schema.ts'

useTemporaryDatabase()

const plain: TableSchema = {
  name: 'item',
  columns: [
    plainColumn('id', 'integer', { primaryKey: true, autoIncrement: true }),
    plainColumn('price', 'integer'),
    plainColumn('name', 'varchar(20)'),
  ],
  indexes: [],
  uniques: [],
  checks: [],
  exclusions: [],
}

const everything: TableSchema = {
  ...plain,
  columns: [
    plainColumn('id', 'integer', { primaryKey: true, autoIncrement: true }),
    plainColumn('price', 'integer', { default: '(1 + 2)' }),
    plainColumn('name', 'varchar(20)', { collation: 'NOCASE', default: `'a "price" (b'` }),
    plainColumn('double', 'integer', { null: true, generated: { sql: '"price" * 2', stored: true } }),
    plainColumn('half', 'integer', { null: true, generated: { sql: `("price" / 2) + length(')')`, stored: false } }),
  ],
  indexes: [
    {
      name: 'item_part',
      unique: true,
      columns: [
        { name: 'name', descending: true },
        { name: 'lower("name")', isExpression: true, descending: false },
      ],
      condition: `"price" > 3 AND "name" <> 'x, WHERE ('`,
    },
  ],
  checks: [
    { name: 'item_price', sql: `"price" >= 0 AND "name" <> ')'` },
    { name: 'item "other"', sql: '"price" < 100' },
  ],
}

const introspected = async () => (await database().introspect())[0]

test('a table with all that a schema can say reads back as it was made', async () => {
  await database().alterSchema((editor) => editor.createTable(everything))
  expect(await introspected()).toEqual(everything)
})

test('a plain table becomes one with everything and goes back, and its rows stay', async () => {
  await database().alterSchema((editor) => editor.createTable(plain))
  await database().run({ sql: "INSERT INTO item (price, name) VALUES (7, 'one')" }, [])
  await database().alterSchema((editor) => editor.alterTable(plain, everything))
  expect(await introspected()).toEqual(everything)
  expect(await database().all({ sql: 'SELECT price, name, double, half FROM item' }, [])).toEqual([[7, 'one', 14, 4]])
  await database().alterSchema((editor) => editor.alterTable(everything, plain))
  expect(await introspected()).toEqual(plain)
  expect(await database().all({ sql: 'SELECT price, name FROM item' }, [])).toEqual([[7, 'one']])
})

test('conditions, expressions and computed columns follow a column that is renamed', async () => {
  await database().alterSchema((editor) => editor.createTable(everything))
  const text = JSON.stringify(everything)
    .replaceAll('\\"price\\"', '\\"cost\\"')
    .replace('"name":"price"', '"name":"cost"')
  // Text in quotes is no name.
  const after: TableSchema = JSON.parse(text.replace('a \\"cost\\" (b', 'a \\"price\\" (b'))
  const next = { ...after, columns: after.columns.map((one) => plainColumn(one.name, one.type, one)) }
  await database().alterSchema((editor) =>
    editor.alterTable(everything, next, { renamed: new Map([['price', 'cost']]) }),
  )
  expect(await introspected()).toEqual(next)
})

test('a column that takes a default in place of NULL gets it where it had none', async () => {
  const before = {
    ...plain,
    columns: plain.columns.map((one) => (one.name === 'price' ? { ...one, null: true } : one)),
  }
  const after = {
    ...plain,
    columns: plain.columns.map((one) => (one.name === 'price' ? { ...one, default: '9' } : one)),
  }
  await database().alterSchema((editor) => editor.createTable(before))
  await database().run({ sql: "INSERT INTO item (price, name) VALUES (NULL, 'one')" }, [])
  await database().alterSchema((editor) => editor.alterTable(before, after))
  expect(await database().all({ sql: 'SELECT price FROM item' }, [])).toEqual([[9]])
})

test('a key of several columns is one of the table', async () => {
  const pair: TableSchema = {
    ...plain,
    columns: [
      plainColumn('tenant', 'integer', { primaryKey: true }),
      plainColumn('number', 'integer', { primaryKey: true }),
    ],
  }
  await database().alterSchema((editor) => editor.createTable(pair))
  expect(await introspected()).toEqual(pair)
})
