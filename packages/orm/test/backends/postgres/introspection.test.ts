import { expect, test } from 'vitest'
import { storedName } from '../../../src/backends/postgres/quote.ts'
import { database } from '../../../src/backends/registry.ts'
import type { TableSchema } from '../../../src/backends/schema.ts'
import { char, integer } from '../../../src/fields/index.ts'
import { Model, registerModels } from '../../../src/models/index.ts'
import { createRegistry } from '../../../src/models/register-models.ts'
import { manager } from '../../../src/query/index.ts'
import { CASCADE, foreignKey } from '../../../src/relations/index.ts'
import { expectedTables, makeAndMigrate, project, rows } from '../../migrations/project.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'
import { plainColumn, plainTable } from '../plain-schema.ts'

const place = useTemporaryDatabase()

const create = (made: TableSchema) => database().alterSchema((editor) => editor.createTable(made))

/** Everything that a schema can say, in the words that PostgreSQL keeps. */
const full = plainTable(
  'full',
  [
    plainColumn('a', 'integer', { primaryKey: true }),
    plainColumn('b', 'varchar(20)', { primaryKey: true, collation: 'C', comment: "the b's" }),
    plainColumn('price', 'numeric(10, 2)', { default: '1.50', check: 'price >= (0)::numeric' }),
    plainColumn('size', 'smallint', { null: true, check: '"size" >= 0' }),
    plainColumn('code', 'text', { null: true, default: "'x'::text", unique: true }),
    plainColumn('twice', 'numeric', { null: true, generated: { sql: "price * '2'::numeric", stored: true } }),
    plainColumn('tags', 'text[]'),
    plainColumn('during', 'int4range'),
    plainColumn('day', 'time'),
    plainColumn('hash', 'char(32)'),
    plainColumn('at', 'timestamp with time zone', { default: 'now()' }),
  ],
  {
    comment: 'all of it',
    indexes: [
      { name: 'i_cond', columns: [{ name: 'a', descending: false }], unique: true, condition: "price > '1'::numeric" },
      {
        name: 'i_expression',
        columns: [
          { name: 'lower(code)', isExpression: true, descending: true },
          { name: 'a', descending: false },
        ],
        unique: false,
      },
      { name: 'i_gin', columns: [{ name: 'tags', descending: false }], unique: false, using: 'gin' },
      { name: 'i_include', columns: [{ name: 'a', descending: true }], unique: false, include: ['b', 'price'] },
      {
        name: 'i_like',
        columns: [{ name: 'code', descending: false, opclass: 'text_pattern_ops' }],
        unique: false,
      },
    ],
    uniques: [
      { name: 'u_deferred', columns: ['a', 'price'], deferrable: 'deferred' },
      { name: 'u_immediate', columns: ['day'], deferrable: 'immediate' },
      { name: 'u_plain', columns: ['a', 'hash'] },
    ],
    checks: [{ name: 'c_price', sql: "(price < '100'::numeric) OR (code IS NULL)" }],
    exclusions: [
      {
        name: 'x_during',
        using: 'gist',
        parts: [{ sql: '"during"', operator: '&&' }],
        condition: "price > '0'::numeric",
        deferrable: 'deferred',
      },
    ],
  },
)

test('a table is read back as it was made', async () => {
  await create(full)
  expect(await database().introspect()).toEqual([full])
})

test('a table that was changed step by step is the one that is made at once', async () => {
  const bare = plainTable('full', [
    plainColumn('a', 'integer', { primaryKey: true }),
    plainColumn('code', 'varchar(9)'),
  ])
  await create(bare)
  await database().alterSchema((editor) =>
    editor.alterTable(bare, { ...full, columns: full.columns }, { fill: new Map([['b', 'b']]) }),
  )
  const byName = ({ columns, ...rest }: TableSchema) => ({
    ...rest,
    columns: [...columns].sort((one, other) => (one.name < other.name ? -1 : 1)),
  })
  const changed = await database().introspect()
  expect(changed.map(byName)).toEqual([byName(full)])
  await database().alterSchema((editor) => editor.alterTable(full, bare))
  expect((await database().introspect()).map(byName)).toEqual([byName(bare)])
})

test('NULLs that are equal to each other, in an index and in a constraint', async () => {
  const made = plainTable('nulls', [plainColumn('a', 'integer', { null: true })], {
    indexes: [{ name: 'i', columns: [{ name: 'a', descending: false }], unique: true, nullsDistinct: false }],
    uniques: [{ name: 'u', columns: ['a'], nullsDistinct: false }],
  })
  await create(made)
  expect(await database().introspect()).toEqual([made])
  await database().script('INSERT INTO nulls VALUES (NULL)')
  await expect(database().script('INSERT INTO nulls VALUES (NULL)')).rejects.toMatchObject({ kind: 'unique' })
})

test('tables that Django made: keys that a sequence counts, names of constraints and indexes', async () => {
  await database().script(`
    CREATE TABLE "blog_author" ("id" bigserial NOT NULL PRIMARY KEY, "slug" varchar(50) NOT NULL UNIQUE);
    CREATE TABLE "blog_post" ("id" bigserial NOT NULL PRIMARY KEY, "views" integer NOT NULL CHECK ("views" >= 0), "author_id" bigint NOT NULL);
    ALTER TABLE "blog_post" ADD CONSTRAINT "blog_post_views_1a2b3c4d_uniq" UNIQUE ("views");
    ALTER TABLE "blog_post" ADD CONSTRAINT "blog_post_author_id_dd7a8485_fk_blog_author_id" FOREIGN KEY ("author_id") REFERENCES "blog_author" ("id") DEFERRABLE INITIALLY DEFERRED;
    CREATE INDEX "blog_author_slug_5274c191_like" ON "blog_author" ("slug" varchar_pattern_ops);
  `)
  const id = plainColumn('id', 'bigint', { primaryKey: true, autoIncrement: true })
  const author = plainTable('blog_author', [id, plainColumn('slug', 'varchar(50)', { unique: true })], {
    indexes: [
      {
        name: 'blog_author_slug_5274c191_like',
        columns: [{ name: 'slug', descending: false, opclass: 'varchar_pattern_ops' }],
        unique: false,
      },
    ],
  })
  const post = plainTable('blog_post', [
    id,
    plainColumn('views', 'integer', { unique: true, check: '"views" >= 0' }),
    plainColumn('author_id', 'bigint', { references: { table: 'blog_author', column: 'id' } }),
  ])
  expect(await database().introspect()).toEqual([author, post])
  // And they change, whatever their constraints are called.
  const next = plainTable('blog_post', [
    plainColumn('id', 'bigint', { primaryKey: true }),
    plainColumn('views', 'integer'),
  ])
  await database().alterSchema((editor) => editor.alterTable(post, next))
  expect(await database().introspect()).toEqual([author, next])
  expect(await rows("SELECT count(*) FROM pg_class WHERE relname = 'blog_post_id_seq'")).toEqual([[0]])
})

test('tables of other schemas are left alone; those of a schema in the search path are read', async () => {
  await database().script(
    'CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.hidden (a integer); CREATE TABLE shown (a integer)',
  )
  expect(await database().tableNames()).toEqual(['shown'])
  expect((await database().introspect()).map(({ name }) => name)).toEqual(['shown'])
})

test('names with quotes, letters of all scripts, capitals and words of SQL', async () => {
  class Odd extends Model(
    {
      text: char({ maxLength: 9, dbColumn: 'say "häh?"', unique: true }),
      number: integer({ dbColumn: 'SELECT', dbIndex: true }),
      get other() {
        return foreignKey(Odd, { onDelete: CASCADE, null: true, dbColumn: 'другой' })
      },
    },
    { table: 'Straße "1"; DROP' },
  ) {
    static objects = manager(Odd)
  }
  const apps = project(place.dir, { odd: { Odd } })
  await makeAndMigrate(apps)
  expect(await database().tableNames()).toEqual(['Straße "1"; DROP', 'django_migrations'])
  const first = await Odd.objects.create({ text: 'a', number: 1 })
  await Odd.objects.create({ text: 'b', number: 2, other: first })
  const found = await Odd.objects.filter({ other__text: 'a', text__contains: 'b' }).selectRelated('other')
  expect(found.map(({ number, other }) => [number, other?.text])).toEqual([[2, 'a']])
})

test('names beyond 63 bytes are kept apart by digits of their hash, as with Django', async () => {
  const long = 'a_name_that_is_much_longer_than_what_the_database_keeps_of_it_and_'
  expect(storedName('ä'.repeat(40))).toMatch(/^ä{29}[\da-f]{4}$/)
  expect(storedName('a'.repeat(63))).toBe('a'.repeat(63))
  class Far extends Model(
    {
      one: integer({ dbColumn: `${long}one`, dbIndex: true }),
      other: char({ maxLength: 5, dbColumn: `${long}other`, unique: true }),
      get parent() {
        return foreignKey(Far, { onDelete: CASCADE, null: true, dbColumn: `${long}parent` })
      },
    },
    { table: `${long}table`, indexes: [{ fields: ['one', 'other'] }] },
  ) {
    static objects = manager(Far)
  }
  registerModels('far', { Far }, createRegistry())
  const apps = project(place.dir, { far: { Far } })
  await makeAndMigrate(apps)
  expect(await database().tableNames()).toContain(storedName(`${long}table`))
  const parent = await Far.objects.create({ one: 1, other: 'x' })
  await Far.objects.create({ one: 2, other: 'y', parent })
  const found = await Far.objects.filter({ parent__one: 1 }).orderBy('parent__other')
  expect(found.map(({ one, other }) => [one, other])).toEqual([[2, 'y']])
  await expect(Far.objects.create({ one: 3, other: 'x' })).rejects.toMatchObject({ kind: 'unique' })
  expect(expectedTables(apps)).toHaveLength(1)
})
