import { afterEach, describe, expect, test } from 'vitest'
import { database } from '../../../src/backends/registry.ts'
import type { ColumnSchema, TableSchema } from '../../../src/backends/schema.ts'
import type { TableChange } from '../../../src/backends/schema-editor.ts'
import { rows } from '../../migrations/project.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'
import { plainColumn, plainTable } from '../plain-schema.ts'

// Tables that others made, Django among them, and what PostgreSQL has that models do not.
useTemporaryDatabase()
afterEach(() => database().script('DROP SCHEMA IF EXISTS aside CASCADE'))

const column = (name: string, type: string, more: Partial<ColumnSchema> = {}): ColumnSchema =>
  plainColumn(name, type, { null: true, ...more })
const id = (type: string) => column('id', type, { null: false, primaryKey: true, autoIncrement: true })
const item = (columns: ColumnSchema[], more: Partial<TableSchema> = {}): TableSchema =>
  plainTable('item', columns, more)
const alter = (before: TableSchema, after: TableSchema, change?: TableChange) =>
  database().alterSchema((editor) => editor.alterTable(before, after, change))
const a = column('a', 'varchar(20)')

describe('a key of Django 3.2, which is a serial', () => {
  test('becomes wider with its sequence, and takes the names of its table along', async () => {
    await database().script(
      "CREATE TABLE item (id serial PRIMARY KEY, a varchar(20)); INSERT INTO item (a) VALUES ('x')",
    )
    await alter(item([id('integer'), a]), { ...item([id('bigint'), a]), name: 'goods' })
    await database().script("SELECT setval('goods_id_seq', 3000000000)")
    await database().script("INSERT INTO goods (a) VALUES ('y')")
    expect(await rows('SELECT id, a FROM goods ORDER BY id')).toEqual([
      [1, 'x'],
      [3000000001, 'y'],
    ])
    expect(await rows("SELECT pg_get_serial_sequence('goods', 'id')")).toEqual([['public.goods_id_seq']])
  })

  test('stops counting, and counts again after the numbers that are there', async () => {
    await database().script(
      'CREATE TABLE item (id serial PRIMARY KEY, a varchar(20)); INSERT INTO item (id) VALUES (7)',
    )
    const plain = column('id', 'integer', { null: false, primaryKey: true })
    await alter(item([id('integer'), a]), item([plain, a]))
    expect(await rows("SELECT count(*) FROM pg_class WHERE relkind = 'S'")).toEqual([[0]])
    await alter(item([plain, a]), item([id('bigint'), a]))
    await database().script("INSERT INTO item (a) VALUES ('y')")
    expect(await rows('SELECT max(id) FROM item')).toEqual([[8]])
  })
})

test('text grows without a row being written', async () => {
  await database().script(
    "CREATE TABLE item (a varchar(20)); INSERT INTO item VALUES ('x'); CREATE INDEX by_a ON item (a)",
  )
  const files = () => rows("SELECT relfilenode FROM pg_class WHERE relname IN ('item', 'by_a') ORDER BY relname")
  const before = await files()
  await alter(item([a]), item([{ ...a, type: 'varchar(200)' }]))
  await alter(item([{ ...a, type: 'varchar(200)' }]), item([{ ...a, type: 'text' }]))
  expect(await files()).toEqual(before)
})

test('columns of types that no field has stay as they are', async () => {
  await database().script(`
    CREATE TYPE mood AS ENUM ('sad', 'it''s fine'); CREATE DOMAIN zip AS text CHECK (VALUE ~ '^\\d{5}$');
    CREATE TABLE item (a varchar(20), m mood DEFAULT 'sad', z zip, r int4range, n integer[][], EXCLUDE USING gist (r WITH &&));
    INSERT INTO item VALUES ('x', 'it''s fine', '12345', '[1,5)', '{{1,2},{3,4}}')`)
  await alter(item([a]), item([{ ...a, name: 'b', null: false, unique: true }, column('c', 'integer')]), {
    renamed: new Map([['a', 'b']]),
  })
  expect(await rows('SELECT b, m::text, z, r::text, n::text, c FROM item')).toEqual([
    ['x', "it's fine", '12345', '[1,5)', '{{1,2},{3,4}}', null],
  ])
  await expect(database().script("INSERT INTO item (b, r) VALUES ('y', '[2,3)')")).rejects.toMatchObject({
    kind: 'exclusion',
  })
})

test('a table with partitions, and one that others inherit from, change with what belongs to them', async () => {
  await database().script(`
    CREATE TABLE item (a varchar(20), day date NOT NULL) PARTITION BY RANGE (day);
    CREATE TABLE item_2026 PARTITION OF item FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    INSERT INTO item VALUES ('7', '2026-07-01');
    CREATE TABLE base (a varchar(20)); CREATE TABLE derived (more integer) INHERITS (base); INSERT INTO derived VALUES ('7', 1)`)
  const day = column('day', 'date', { null: false })
  const grown = [{ ...a, type: 'integer', null: false }, column('b', 'integer', { null: false })]
  const indexes = [{ name: 'by_b', columns: [{ name: 'b', descending: false }], unique: false }]
  await alter(item([a, day]), item([grown[0]!, day, grown[1]!], { indexes }), { fill: new Map([['b', 5]]) })
  expect(await rows('SELECT a, b FROM item_2026')).toEqual([[7, 5]])
  await alter({ ...item([a]), name: 'base' }, { ...item(grown), name: 'base' }, { fill: new Map([['b', 5]]) })
  expect(await rows('SELECT a, more, b FROM derived')).toEqual([[7, 1, 5]])
})

test('only the table that the search path leads to changes', async () => {
  await database().script(`
    CREATE SCHEMA aside; CREATE TABLE aside.item (a varchar(20)); CREATE TABLE item (a varchar(20));
    CREATE TABLE aside.pointing (item_id integer)`)
  await alter(item([a]), item([{ ...a, type: 'integer', unique: true }]))
  const types = "SELECT table_schema, data_type FROM information_schema.columns WHERE table_name = 'item' ORDER BY 1"
  expect(await rows(types)).toEqual([
    ['aside', 'character varying'],
    ['public', 'integer'],
  ])
})

test('a table of another schema that points to a key changes with it', async () => {
  await database().script(`
    CREATE TABLE item (id integer PRIMARY KEY); INSERT INTO item VALUES (7);
    CREATE SCHEMA aside; CREATE TABLE aside."Poin""ting" ("the item" integer REFERENCES item); INSERT INTO aside."Poin""ting" VALUES (7)`)
  const key = (type: string) => item([column('id', type, { null: false, primaryKey: true })])
  await alter(key('integer'), key('varchar(10)'))
  expect(await rows('SELECT id, "the item" FROM item, aside."Poin""ting"')).toEqual([['7', '7']])
  await expect(database().script(`INSERT INTO aside."Poin""ting" VALUES ('8')`)).rejects.toMatchObject({
    kind: 'foreignKey',
  })
})
