import { describe, expect, test } from 'vitest'
import { database } from '../../../src/backends/registry.ts'
import type { ColumnSchema, TableSchema } from '../../../src/backends/schema.ts'
import type { TableChange } from '../../../src/backends/schema-editor.ts'
import { rows } from '../../migrations/project.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'
import { plainColumn, plainTable } from '../plain-schema.ts'

useTemporaryDatabase()

const column = (name: string, type: string, more: Partial<ColumnSchema> = {}): ColumnSchema =>
  plainColumn(name, type, { null: true, ...more })
const id = column('id', 'integer', { null: false, primaryKey: true, autoIncrement: true })
const item = (columns: ColumnSchema[], more: Partial<TableSchema> = {}): TableSchema =>
  plainTable('item', [id, ...columns], more)
const create = (table: TableSchema) => database().alterSchema((editor) => editor.createTable(table))
const alter = (before: TableSchema, after: TableSchema, change?: TableChange) =>
  database().alterSchema((editor) => editor.alterTable(before, after, change))
const run = async (sql: string) => void (await database().run({ sql }, []))
const itself = async (name = 'item') => (await database().introspect()).find((table) => table.name === name)

/** Where a table stands in the file: a table that is made anew stands elsewhere. */
const page = async (name = 'item') => (await rows('SELECT rootpage FROM sqlite_master WHERE name = ?', name))[0]![0]

const a = column('a', 'varchar(20)')
const b = column('b', 'integer')
const closed = (one: ColumnSchema) => ({ ...one, null: false })
const check = { name: 'small', sql: '"b" < 10' }
const computed = column('c', 'integer', { generated: { sql: '"b" + 1', stored: false } })

describe('a table changes in place', () => {
  test.each<[string, TableSchema, TableSchema, TableChange?]>([
    ['by a column with a default', item([a, b]), item([a, b, column('c', 'integer', { null: false, default: '5' })])],
    ['by one of text', item([a, b]), item([a, b, column('c', 'text', { null: false, default: "'it''s'" })])],
    ['by one of bytes', item([a, b]), item([a, b, column('c', 'blob', { null: false, default: "X'00ff'" })])],
    ['by one with a condition', item([a, b]), item([a, b, column('c', 'integer', { check: '"c" >= 0' })])],
    ['by a key', item([a, b]), item([a, b, column('c', 'bigint', { references: { table: 'item', column: 'id' } })])],
    ['by a computed column', item([a, b]), item([a, b, computed])],
    ['by a computed column that is never NULL', item([a, b]), item([a, b, closed(computed)])],
    [
      'by a column that rows get a value in',
      item([a, b]),
      item([a, b, closed(column('c', 'text'))]),
      { fill: new Map([['c', 'x']]) },
    ],
    ['less a column', item([a, b]), item([a])],
    ['less a column and what is computed of it', item([a, b, computed]), item([a])],
    [
      'less a key and a condition',
      item([a, column('k', 'bigint', { references: { table: 'item', column: 'id' }, check: '"k" > 0' }), b]),
      item([a, b]),
    ],
    ['less a column that a condition speaks of, with it', item([a, b], { checks: [check] }), item([a])],
    ['by a column that may no longer be NULL', item([a, b]), item([closed(a), closed(b)])],
    ['by one that may be NULL again', item([closed(a), closed(b)]), item([a, closed(b)])],
    ['by a condition', item([a, b]), item([a, b], { checks: [check] })],
    ['less a condition', item([a, b], { checks: [check] }), item([a, b])],
    [
      'by another condition of that name',
      item([a, b], { checks: [check] }),
      item([a, b], { checks: [{ ...check, sql: '"b" < 20' }] }),
    ],
  ])('%s', async (_, before, after, change) => {
    await create(before)
    await run("INSERT INTO item (a, b) VALUES ('é''\"', 7)")
    const stood = await page()
    await alter(before, after, change)
    expect(await page()).toBe(stood)
    expect(await itself()).toEqual(after)
    const kept = after.columns.map(({ name }) => name).filter((name) => ['a', 'b'].includes(name))
    expect(await rows(`SELECT ${kept.join(', ')} FROM item`)).toEqual([kept.map((name) => (name === 'a' ? 'é\'"' : 7))])
  })

  test.each<[string, TableSchema, TableSchema]>([
    ['a default that is computed', item([a, b]), item([a, b, column('c', 'text', { default: 'CURRENT_TIMESTAMP' })])],
    ['a stored column', item([a, b]), item([a, b, { ...computed, generated: { sql: '"b" + 1', stored: true } }])],
    ['a unique column', item([a, b]), item([a, b, column('c', 'text', { unique: true })])],
    ['another type', item([a, b]), item([{ ...a, type: 'text' }, b])],
    [
      'a constraint of several columns',
      item([a, b]),
      item([a, b], { uniques: [{ name: 'pair', columns: ['a', 'b'] }] }),
    ],
  ])('but is made anew for %s', async (_, before, after) => {
    await create(before)
    await run("INSERT INTO item (a, b) VALUES ('x', 7)")
    const stood = await page()
    await alter(before, after)
    expect(await page()).not.toBe(stood)
    expect(await itself()).toEqual(after)
    expect(await rows('SELECT a, b FROM item')).toEqual([['x', 7]])
  })

  test('but is made anew rather than setting off triggers of others', async () => {
    await create(item([a, b]))
    await database().script(`
      INSERT INTO item (a) VALUES ('x'); CREATE TABLE log (what);
      CREATE TRIGGER note AFTER UPDATE ON item BEGIN INSERT INTO log VALUES (new.a); END`)
    await alter(item([a, b]), item([a, closed(b)]), { fill: new Map([['b', 1]]) })
    expect(await rows('SELECT what FROM log')).toEqual([])
    await run("UPDATE item SET a = 'y'")
    expect(await rows('SELECT what, b FROM log, item')).toEqual([['y', 1]])
  })

  test('unless its rows do not bear it: the error says which of them', async () => {
    await create(item([a, b]))
    await run('INSERT INTO item (b) VALUES (70)')
    await expect(alter(item([a, b]), item([closed(a), b]))).rejects.toMatchObject({
      message: expect.stringContaining('NOT NULL constraint failed: item.a'),
      kind: 'notNull',
      columns: ['a'],
    })
    await expect(alter(item([a, b]), item([a, b], { checks: [check] }))).rejects.toMatchObject({
      message: expect.stringContaining('CHECK constraint failed: small'),
      kind: 'check',
      constraint: 'small',
    })
    expect(await itself()).toEqual(item([a, b]))
  })
})

describe('a table that is made anew', () => {
  const wide = item([{ ...a, type: 'text' }, b])

  test('keeps numbers, bytes, text and the counter as they were', async () => {
    const all = item([a, column('n', 'bigint'), column('r', 'real'), column('d', 'decimal'), column('x', 'BLOB'), b])
    await create(all)
    const values = "CAST(X'c3bc0041' AS TEXT), 9223372036854775807, 0.1, 12345678901234567.5, X'00ff80', NULL"
    await run(`INSERT INTO item (id, a, n, r, d, x, b) VALUES (9007199254740993, ${values})`)
    await run('DELETE FROM item WHERE id = 1')
    await run(`INSERT INTO item (a) VALUES ('last')`)
    await run("DELETE FROM item WHERE a = 'last'")
    const read = async () =>
      database().all({ sql: 'SELECT id, n, r, typeof(d), d, hex(a), hex(x), b FROM item', bigints: true }, [])
    const before = await read()
    await alter(all, { ...all, columns: all.columns.map((one) => (one.name === 'a' ? { ...a, type: 'text' } : one)) })
    expect(await read()).toEqual(before)
    await run(`INSERT INTO item (a) VALUES ('next')`)
    expect(await rows("SELECT CAST(id AS TEXT) FROM item WHERE a = 'next'")).toEqual([['9007199254740995']])
  })

  test('keeps the columns, constraints and indexes that others gave it', async () => {
    await database().script(`
      CREATE TABLE "item" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "a" varchar(20) NULL, "b" integer NULL,
        note text DEFAULT 'n' COLLATE NOCASE, twice integer AS (b * 2) STORED, CHECK (b < 100), UNIQUE (note, b), CONSTRAINT theirs CHECK (note <> 'x'));
      INSERT INTO item (a, b, note) VALUES ('x', 7, 'mine'); CREATE INDEX by_hand ON item (note, lower(a))`)
    await alter(item([a, b]), wide)
    expect(await rows('SELECT id, a, b, note, twice FROM item')).toEqual([[1, 'x', 7, 'mine', 14]])
    expect(await rows("SELECT name FROM sqlite_master WHERE name = 'by_hand'")).toHaveLength(1)
    await expect(run('INSERT INTO item (b) VALUES (100)')).rejects.toMatchObject({ kind: 'check' })
    await expect(run("INSERT INTO item (note) VALUES ('x')")).rejects.toMatchObject({ constraint: 'theirs' })
    await expect(run("INSERT INTO item (b, note) VALUES (7, 'MINE')")).rejects.toMatchObject({ kind: 'unique' })
  })

  test('stays STRICT and WITHOUT ROWID', async () => {
    await database().script(`
      CREATE TABLE item (id TEXT NOT NULL PRIMARY KEY, a TEXT, b INTEGER) STRICT, WITHOUT ROWID;
      INSERT INTO item VALUES ('k', 'x', 7)`)
    const key = column('id', 'varchar(10)', { null: false, primaryKey: true })
    const before = { ...item([]), columns: [key, a, b] }
    await alter(before, { ...before, columns: [key, a, { ...b, unique: true }, column('c', 'decimal')] })
    expect(await rows("SELECT wr, strict FROM pragma_table_list WHERE name = 'item'")).toEqual([[1, 1]])
    expect(await rows('SELECT * FROM item')).toEqual([['k', 'x', 7, null]])
  })

  test('leaves a table alone that happens to have the name of its copy', async () => {
    await create(item([a, b]))
    await database().script("CREATE TABLE New__Item (theirs); INSERT INTO new__item VALUES ('kept')")
    await alter(item([a, b]), wide)
    expect(await rows('SELECT theirs FROM new__item')).toEqual([['kept']])
    expect((await database().tableNames()).sort()).toEqual(['New__Item', 'item'])
  })

  test('may have any name, and be the start of another', async () => {
    const name = `it"em's [x] é`
    const odd = { ...item([a, column('p', 'bigint', { references: { table: name, column: 'id' } })]), name }
    const longer = { ...item([b]), name: `${name}s` }
    await create(odd)
    await create(longer)
    await run(`INSERT INTO "it""em's [x] é" (a, p) VALUES ('x', 1)`)
    await alter(odd, { ...odd, columns: odd.columns.map((one) => (one.name === 'a' ? { ...a, unique: true } : one)) })
    expect(await rows(`SELECT a, p FROM "it""em's [x] é"`)).toEqual([['x', 1]])
    expect(await itself(longer.name)).toEqual(longer)
    await expect(run(`INSERT INTO "it""em's [x] é" (a, p) VALUES ('y', 99)`)).rejects.toMatchObject({
      kind: 'foreignKey',
    })
  })

  test('names the table that the models know when its rows do not bear the change', async () => {
    await create(item([a, b]))
    await run("INSERT INTO item (a) VALUES ('x'), ('x')")
    await expect(alter(item([a, b]), item([{ ...a, unique: true }, b]))).rejects.toMatchObject({
      message: expect.stringContaining('UNIQUE constraint failed: item.a'),
      table: 'item',
    })
    expect(await itself()).toEqual(item([a, b]))
  })

  test.each([
    ['view', 'CREATE VIEW uses AS SELECT b FROM item'],
    ['trigger', 'CREATE TRIGGER uses AFTER INSERT ON item BEGIN DELETE FROM item WHERE b = new.b; END'],
    [
      'trigger',
      'CREATE TABLE other (x); CREATE TRIGGER uses AFTER UPDATE OF x ON other BEGIN UPDATE item SET b = 1; END',
    ],
  ])('loses no column that a %s needs', async (kind, sql) => {
    await create(item([a, b]))
    await run("INSERT INTO item (a, b) VALUES ('x', 7)")
    await database().script(sql)
    const anew = alter(item([a, b]), item([{ ...a, type: 'text' }]))
    await expect(anew).rejects.toThrow(
      new RegExp(
        `^The ${kind} 'uses' needs item\\.b, which goes: no such column: .*b\\. Drop it before, .*DROP ${kind.toUpperCase()}`,
      ),
    )
    await expect(alter(item([a, b]), item([a]))).rejects.toThrow(
      / in (view|trigger) uses after drop column|The trigger 'uses' needs item\.b/,
    )
    expect(await rows('SELECT a, b FROM item')).toEqual([['x', 7]])
  })
})

test('a trigger in place of writing to a view, which reads another column, is in nobody’s way', async () => {
  await create(item([a, b]))
  await database().script(`
    CREATE VIEW names AS SELECT a, 'b' AS b FROM item;
    CREATE TRIGGER rename INSTEAD OF UPDATE OF a ON names BEGIN UPDATE item SET a = new.a || 'b' WHERE a = old.a; END`)
  await alter(item([a, b]), item([{ ...a, type: 'text' }]))
  await run("INSERT INTO item (a) VALUES ('x')")
  await run("UPDATE names SET a = 'y'")
  expect(await rows('SELECT a FROM item')).toEqual([['yb']])
})

describe('a column takes another type with the values that are there', () => {
  test.each([
    ['integer', 'varchar(5)', '7', '7'],
    ['varchar(5)', 'integer', "'7'", 7],
    ['integer', 'bool', '7', 1],
    ['varchar(5)', 'bool', "'True'", 1],
    ['real', 'integer', '1.5', 2],
    ['bigint', 'integer', '9007199254740991', 9007199254740991],
    ['decimal', 'real', '1.25', 1.25],
    ['datetime', 'date', "'2026-07-01 23:30:00.000001'", '2026-07-01'],
    ['datetime', 'time', "'2026-07-01 23:30:00.000001'", '23:30:00.000001'],
    ['date', 'datetime', "'2026-07-01'", '2026-07-01 00:00:00'],
    ['varchar(36)', 'char(32)', "'12345678-1234-5678-1234-56781234567F'", '1234567812345678123456781234567f'],
    ['char(32)', 'text', "'12345678123456781234567812345678'", '12345678-1234-5678-1234-567812345678'],
    ['text', 'BLOB', "'é'", Buffer.from('é')],
    ['BLOB', 'text', "X'c3a9'", 'é'],
  ])('%s → %s', async (from, to, value, expected) => {
    await create(item([column('v', from)]))
    await run(`INSERT INTO item (v) VALUES (${value}), (NULL)`)
    await alter(item([column('v', from)]), item([column('v', to)]))
    expect(await rows('SELECT v FROM item')).toEqual([[expected], [null]])
    expect(await itself()).toEqual(item([column('v', to.toLowerCase() === 'blob' ? 'blob' : to)]))
  })

  test.each([
    ['varchar(20)', 'integer', "'seven'"],
    ['varchar(20)', 'integer', "'1.5'"],
    ['varchar(20)', 'decimal', "'1,5'"],
    ['varchar(20)', 'bool', "'maybe'"],
    ['date', 'integer', "'2026-07-01'"],
  ])('%s → %s of %s is refused, with where and the way out', async (from, to, value) => {
    await create(item([column('v', from)]))
    await run(`INSERT INTO item (v) VALUES (${value})`)
    await expect(alter(item([column('v', from)]), item([column('v', to)]))).rejects.toMatchObject({
      code: 'data-error',
      message: `item.v, which is ${from}, cannot become ${to}: a row holds "${value.slice(1, -1)}". Change the rows first, with runCode in a migration before this one.`,
    })
    expect(await itself()).toEqual(item([column('v', from)]))
  })
})

test('a table and its columns are renamed where only the case differs', async () => {
  await create(item([a, b]))
  await run("INSERT INTO item (a, b) VALUES ('x', 7)")
  const renamed = { ...item([{ ...a, name: 'A' }, b]), name: 'Item' }
  await alter(item([a, b]), renamed, { renamed: new Map([['a', 'A']]) })
  expect(await itself('Item')).toEqual(renamed)
  expect(await rows('SELECT * FROM item')).toEqual([[1, 'x', 7]])
})
