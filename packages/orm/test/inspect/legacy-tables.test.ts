import { beforeEach, describe, expect, test } from 'vitest'
import { captureQueries } from '../../src/backends/query-channel.ts'
import { database } from '../../src/backends/registry.ts'
import { inspectModels } from '../../src/inspect/inspect-models.ts'
import { MigrationError, migrate } from '../../src/migrations/index.ts'
import type { QuerySet } from '../../src/query/query-set.ts'
import { make, rows } from '../migrations/project.ts'
import { useTemporaryDatabase, vendor } from '../temporary-database.ts'
import { classSource, inspectedModels } from './inspected-models.ts'
import { legacyPostgres } from './legacy-postgres.ts'
import { legacySqlite } from './legacy-sqlite.ts'
import { typeCheck } from './type-check.ts'

const place = useTemporaryDatabase()
beforeEach(() => database().script(vendor === 'sqlite' ? legacySqlite : legacyPostgres))

const all = { views: true, partitions: true }
const sourceOf = async (name: string, options = {}) =>
  classSource(await inspectModels(database(), { ...all, ...options }), name)

test('tables of every kind give models that compile, are registered and leave nothing to migrate', async () => {
  for (const managed of [false, true]) {
    const { apps } = await inspectedModels(place.dir, { ...all, managed }, managed ? 'managed' : 'unmanaged')
    await make(apps)
    await migrate({ apps, fakeInitial: true })
    expect((await make(apps, { check: true })).changes).toEqual([])
  }
  expect(await typeCheck(place.dir)).toBe('')
}, 120_000)

test('however many tables there are, as many questions are asked', async () => {
  const asked = async () => (await captureQueries(() => inspectModels(database(), all))).queries.length
  const before = await asked()
  await database().script(Array.from({ length: 30 }, (_, n) => `CREATE TABLE more${n} (a int UNIQUE);`).join('\n'))
  expect(await asked()).toBe(before)
  expect(before).toBeLessThan(12)
})

test('tables by name, views among them; one that is not there is an error that names the nearest', async () => {
  const source = await inspectModels(database(), { tables: ['v', 'pair'] })
  expect([...source.matchAll(/^export class (\w+)/gm)].map(([, name]) => name)).toEqual(['V', 'Pair'])
  await expect(inspectModels(database(), { tables: ['pairs'] })).rejects.toThrow(MigrationError)
  await expect(inspectModels(database(), { tables: ['pairs'] })).rejects.toThrow(
    "The database has no table 'pairs'. Did you mean 'pair'?",
  )
})

test('views and partitions only where they are asked for', async () => {
  const source = await inspectModels(database())
  expect(source).not.toContain('class V ')
  expect(source).not.toContain('class Part1 ')
  expect(await inspectModels(database(), { views: true })).toContain('class V ')
})

test('a key of several columns, in its order, and a foreign key of several, which no field can be', async () => {
  expect(await sourceOf('Pair')).toContain("pk: compositePrimaryKey('bId', 'aId'),")
  expect(await sourceOf('Comp')).toMatch(/\/\/ \(x, y\) is a foreign key of several columns to pair \([ab], [ab]\)\./)
})

test('the app in front of tables is none of the class', async () => {
  await database().script(
    'CREATE TABLE blog_post (id integer PRIMARY KEY); CREATE TABLE blog_ (id integer PRIMARY KEY)',
  )
  const source = await inspectModels(database(), { app: 'blog' })
  expect(source).toContain('class Post extends Model(\n  {\n    id:')
  expect(source).toContain('class Blog extends')
})

test('tables of models that there are are left out, and relations lead to their classes', async () => {
  await database().script(
    'CREATE TABLE leads (id integer PRIMARY KEY, kind_id integer REFERENCES known(id), other integer REFERENCES pairs(id));'.replace(
      'CREATE',
      'CREATE TABLE known (id integer PRIMARY KEY); CREATE TABLE pairs (id integer PRIMARY KEY); CREATE',
    ),
  )
  const known = [
    { table: 'known', model: { name: 'Kind', from: '../known/models.ts' } },
    { table: 'pairs' },
    { table: 'gone' },
  ]
  const source = await inspectModels(database(), { known })
  expect(source).toContain('Left out, since the project has models of them: known, pairs.')
  expect(source).toContain("import { Kind } from '../known/models.ts'")
  expect(classSource(source, 'Leads')).toContain(
    'get kind() {\n      return foreignKey(Kind, { onDelete: DO_NOTHING, null: true',
  )
  expect(classSource(source, 'Leads')).toContain(
    '// a foreign key to pairs (id), which is no key of a model here\n    other: integer',
  )
  expect(source).not.toContain('class Kind ')
  expect(source).not.toContain('class Pairs ')
})

if (vendor === 'sqlite') {
  describe('of SQLite', () => {
    test('names that TypeScript, models or other fields have taken', async () => {
      const source = await sourceOf('Order')
      for (const line of [
        `class: char({ maxLength: 20, dbDefault: 'a "x" ?' }),`,
        'objects: text({ null: true }),',
        "pkField: integer({ dbColumn: 'pk', null: true }),",
        "saveField: integer({ dbColumn: 'save', null: true }),",
        "number2fa: boolean({ dbColumn: '2fa', null: true, dbDefault: false }),",
        "überWeiß: text({ dbColumn: 'über weiß', null: true, dbCollation: 'NOCASE' }),",
        "valueOfField: text({ dbColumn: 'valueOf', null: true }),",
        "proto: text({ dbColumn: '__proto__', null: true }),",
        "idField: text({ dbColumn: 'id ', null: true }),",
        "field: text({ dbColumn: '', null: true }),",
        'user: text({ null: true }),',
        'get userRef() {\n      return foreignKey(Users, {',
      ]) {
        expect(source).toContain(line)
      }
      const all = await inspectModels(database())
      for (const name of ['ModelTable', 'DateTable', 'Table123']) expect(all).toContain(`export class ${name} extends`)
    })

    test('constraints with names and without, in columns and behind them', async () => {
      const source = await sourceOf('Order')
      expect(source).toContain("{ type: 'unique', fields: ['price', 'price2'] },")
      expect(source).toContain(`{ type: 'unique', fields: ['price2', 'js'], name: "q'" },`)
      for (const [name, sql] of [
        ['cheap', 'price2 < 50'],
        ['order_check1', 'price2 < 100'],
        ['order_check2', 'price > 0'],
      ]) {
        expect(source).toMatch(new RegExp(`name: '${name}', condition: RawSQL\\('${sql} *', \\[\\]`))
      }
      expect(await sourceOf('Nokey')).toContain("RawSQL('lower(b)', [], { outputField: text() }).desc(), F('a').desc()")
      expect(await sourceOf('Nokey')).toContain(`RawSQL('"b" COLLATE nocase'`)
    })

    test('what tells rows apart where there is no primary key', async () => {
      expect(await sourceOf('Nokey')).toContain("// It has no primary key; SQLite's rowid stands for it.\n")
      expect(await sourceOf('StandIn')).toContain('code: text({ primaryKey: true }),')
      expect(await sourceOf('V')).toContain('// A view has no primary key: id stands for it.')
      const { classes } = await inspectedModels(place.dir)
      const Nokey = classes['Nokey'] as {
        objects: { create(values: object): Promise<{ pk: unknown; a: number; save(): Promise<void> }> }
      }
      await Nokey.objects.create({ a: 5 })
      const second = await Nokey.objects.create({ a: 6 })
      second.a = 7
      await second.save()
      expect(await rows('SELECT rowid, a FROM nokey ORDER BY rowid')).toEqual([
        [1, 5],
        [2, 7],
      ])
    })

    test('relations: to tables that come later, to itself, one to one by an index, two to one table', async () => {
      expect(await sourceOf('Profile')).toContain('return oneToOne(People, { onDelete: DO_NOTHING })')
      expect(await sourceOf('People')).toContain("get profile() {\n      return reverse(Profile, 'person')")
      expect(await sourceOf('People')).toContain("get editorBooksSet() {\n      return reverse(Books, 'editor')")
      expect(await sourceOf('Order')).toContain(
        '// ON DELETE CASCADE in the database\n    get parent() {\n      return foreignKey(Order',
      )
      // Migrations would make the index that stands.
      const managed = await sourceOf('Profile', { managed: true })
      expect(managed).toContain('foreignKey(People, { onDelete: DO_NOTHING, dbIndex: false })')
      expect(managed).toContain("constraints: [{ type: 'unique', name: 'one_profile', expressions: ['person'] }]")
    })

    test('tables that keep to their types, and that have no rowid', async () => {
      expect(await sourceOf('StrictT')).toContain('// It is STRICT.')
      expect(await sourceOf('Users')).toContain('// It is WITHOUT ROWID.')
      expect(await inspectModels(database())).not.toContain('Fts')
    })

    test('what keeps a table from the hands of migrations is told', async () => {
      expect(await sourceOf('ModelTable', { managed: true })).toContain("{ table: 'model' }")
      expect(await sourceOf('Books', { managed: true })).toContain(
        '// - the numbering of id: none in place of AUTOINCREMENT\n',
      )
    })

    test('a file without tables', async () => {
      const tables = await database().tableNames()
      await database().script(
        `PRAGMA foreign_keys = OFF; DROP VIEW v; DROP TABLE fts; ${tables.map((name) => `DROP TABLE "${name}";`).join(' ')}`,
      )
      const { source, folder } = await inspectedModels(place.dir)
      expect(source).toBe(
        "// Models of the database 'default' (SQLite), as inspectdb found it.\n// It has no tables.\n\nexport {}\n",
      )
      expect(await typeCheck(folder)).toBe('')
    })
  })
}

if (vendor === 'postgresql') {
  describe('of PostgreSQL', () => {
    test('types that fields have, that they read, and guesses', async () => {
      const source = await sourceOf('Users')
      for (const line of [
        `// an enumerated type: mood\n    m: char({\n      maxLength: 11,\n      choices: { sad: 'sad', ok: 'ok', 'it\\'s "fine"': 'it\\'s "fine"' },`,
        '// a domain: email\n    dom: char({ maxLength: 80, null: true }),',
        '// without time zone: taken for UTC\n    upd: dateTime({',
        'nums: array(integer()),',
        "// DEFAULT '{}'::text[], which array() has not\n    tags: array(text(), { null: true }),",
        "dbDefault: RawSQL('gen_random_uuid()', [], { outputField: uuid() })",
        "price: decimal({ maxDigits: 10, decimalPlaces: 2, null: true, dbDefault: '1.50' }),",
        '// a guess: tsvector\n    ts: text({ null: true }),',
        '// a guess: numeric without precision\n    amount: decimal({',
        'big: positiveBigInteger({ null: true }),',
        'bool: boolean({ null: true, dbDefault: true }),',
        "expression: RawSQL('lower(email)', [], { outputField: text({ null: true }) }),",
        `email: text({ unique: true, dbComment: 'an "email"' }),`,
        "userField: text({ dbColumn: 'user', null: true, dbCollation: 'C' }),",
        '// a foreign key to elsewhere.far (id), which is no key of a model here\n    farId: integer({ null: true }),',
      ]) {
        expect(source).toContain(line)
      }
    })

    test('indexes and constraints', async () => {
      const source = await sourceOf('Users')
      for (const line of [
        "{ name: 'g', fields: ['jb'], opclasses: ['jsonb_path_ops'], using: 'gin' },",
        "{ type: 'unique', fields: ['nick', 'price'], name: 'later', deferrable: 'deferred' },",
        '// The constraint unsure is NOT VALID: rows that were there before it may break it.\n',
        '// The index part_ops is left out: an operator class is given for some of its columns.\n',
        "{ type: 'unique', name: 'two', expressions: ['price', F('amount').desc()] },",
        `RawSQL('"nick" COLLATE "C"', [], { outputField: text() })`,
        "name: 'apart',\n        expressions: [\n          ['price', '='],\n          ['r', '&&'],\n        ],\n        condition: RawSQL('bool',",
        'tableComment: "All the user\'s\\nstuff",',
      ]) {
        expect(source).toContain(line)
      }
    })

    test('keys that the database numbers, and what tells rows apart where there is none', async () => {
      const { source } = await inspectedModels(place.dir, all)
      expect(classSource(source, 'Users')).toContain('id: auto(),')
      expect(classSource(source, 'User')).toContain('id: bigAuto(),')
      expect(classSource(source, 'Nokey')).toContain('// It has no primary key: give the field')
      expect(classSource(source, 'Kid')).toContain('id: integer({ primaryKey: true }),')
      expect(classSource(source, 'Mv')).toContain('// A materialized view has no primary key: n stands for it.')
      expect(classSource(source, 'Part')).toContain('// It is partitioned by RANGE (day).')
    })

    test('rows are read and written, whatever their types', async () => {
      const { classes } = await inspectedModels(place.dir, all)
      const { objects } = classes['Users'] as { objects: QuerySet<object> }
      const values = {
        email: 'A@b',
        nums: [1, 2],
        m: 'sad',
        r: '[1,5)',
        ts: 'one two',
        amount: '4.5',
        price: '2',
        nick: 'a?',
      }
      const row = (await objects.create(values as never)) as Record<string, unknown> & { fullClean(): Promise<void> }
      await row.fullClean()
      const [read] = await objects.values(
        'id' as never,
        's' as never,
        'fullName' as never,
        'r' as never,
        'ts' as never,
        'bool' as never,
      )
      expect(read).toEqual({ id: 1, s: 1, fullName: 'a@b', r: '[1,5)', ts: "'one' 'two'", bool: true })
    })
  })
}
