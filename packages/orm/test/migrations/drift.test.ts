import { describe, expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { char, generated, integer, json, positiveInteger } from '../../src/fields/index.ts'
import { F, Lower, Q } from '../../src/index.ts'
import { migrate, schemaDrift } from '../../src/migrations/index.ts'
import { Model } from '../../src/models/index.ts'
import { CASCADE, foreignKey, manyToMany } from '../../src/relations/index.ts'
import { useTemporaryDatabase, vendor } from '../temporary-database.ts'
import { make, makeAndMigrate, project } from './project.ts'

const place = useTemporaryDatabase()
const isPostgres = vendor === 'postgresql'

/** Two models that point to each other, with something of everything. */
function blog(more: object = {}) {
  class Author extends Model(
    {
      name: char({ maxLength: 100, unique: true }),
      get favourite() {
        return foreignKey('Post', { onDelete: CASCADE, null: true })
      },
    },
    { tableComment: 'who writes' },
  ) {}
  class Post extends Model(
    {
      title: char({ maxLength: 200, dbIndex: true }),
      views: positiveInteger({ dbDefault: 0 }),
      extra: json({ null: true }),
      twice: generated({ expression: F('views').multiply(2), outputField: integer(), dbPersist: true }),
      ...more,
      get author() {
        return foreignKey(Author, { onDelete: CASCADE })
      },
      get readers() {
        return manyToMany(Author)
      },
    },
    {
      indexes: [{ name: 'lower_title', expressions: [Lower('title')] }],
      constraints: [
        { type: 'unique', name: 'one_each', fields: ['author', 'title'] },
        { type: 'check', name: 'few', condition: Q({ views__lt: 1000 }).or({ title: 'x' }) },
      ],
    },
  ) {}
  class Elsewhere extends Model({ name: char({ maxLength: 5 }) }, { managed: false }) {}
  return project(place.dir, { blog: { Author, Post, Elsewhere } })
}

const drift = async (sql?: string) => {
  if (sql !== undefined) await database().script(sql)
  return (await schemaDrift({ apps: blog() })).map(({ level, id, message }) => `${level} ${id} ${message}`)
}

test('a database that its migrations made has none, and is only read', async () => {
  await makeAndMigrate(blog({ old: char({ maxLength: 5, null: true }) }))
  await makeAndMigrate(blog())
  const before = await database().introspect()
  expect(await drift()).toEqual([])
  expect(await database().introspect()).toEqual(before)
  if (isPostgres)
    expect(await database().all({ sql: "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'nuages%'" }, [])).toEqual(
      [],
    )
})

test('only what has run counts', async () => {
  expect(await drift()).toEqual([])
  await make(blog())
  expect(await drift('CREATE TABLE theirs (x integer)')).toEqual([
    'info migrations.I001 The table theirs is in no migration.',
  ])
  await migrate({ apps: blog() })
  await make(blog({ later: integer({ null: true }) }))
  expect(await drift()).toEqual(['info migrations.I001 The table theirs is in no migration.'])
  await migrate({ apps: blog(), fake: true })
  expect(await drift()).toContain('error migrations.E002 blog_post has no column later; the migrations say integer.')
})

describe('what was changed by hand is told', () => {
  test.each<[string, string, string[]]>([
    [
      'a table that is gone',
      'DROP TABLE blog_post_readers',
      ['error migrations.E001 The table blog_post_readers is not there; the migrations make it.'],
    ],
    [
      'a table that came',
      'CREATE TABLE extra (x integer)',
      ['info migrations.I001 The table extra is in no migration.'],
    ],
    ['the table of a model that is not managed', 'CREATE TABLE blog_elsewhere (x integer)', []],
    [
      'a column that is gone',
      'ALTER TABLE blog_post DROP COLUMN extra',
      [`error migrations.E002 blog_post has no column extra; the migrations say ${isPostgres ? 'jsonb' : 'text'}.`],
    ],
    [
      'a column that came',
      'ALTER TABLE blog_post ADD COLUMN note integer',
      ['info migrations.I002 blog_post.note (integer) is in no migration.'],
    ],
    [
      'a column that is in the way',
      'ALTER TABLE blog_post ADD COLUMN note integer; ALTER TABLE blog_post ALTER COLUMN note SET NOT NULL',
      [
        'warning migrations.W003 blog_post.note (integer) is in no migration, may not be NULL and has no default: rows cannot be added.',
      ],
    ],
    [
      'NULL',
      'ALTER TABLE blog_post ALTER COLUMN title DROP NOT NULL',
      ['error migrations.E003 blog_post.title may be NULL; the migrations say it may not be NULL.'],
    ],
    [
      'a condition',
      'ALTER TABLE blog_post DROP CONSTRAINT few',
      ['error migrations.E004 blog_post has no constraint few, which the migrations make.'],
    ],
    [
      'another condition',
      'ALTER TABLE blog_post DROP CONSTRAINT few; ALTER TABLE blog_post ADD CONSTRAINT few CHECK (views < 5)',
      [
        expect.stringMatching(
          /^error migrations\.E004 The constraint few of blog_post is .*views.* < 5.*; the migrations say .*1000/,
        ) as unknown as string,
      ],
    ],
    [
      'a condition of that meaning under another name',
      'ALTER TABLE blog_author ADD CONSTRAINT mine CHECK (id > 0)',
      ['info migrations.I003 The constraint mine of blog_author is in no migration.'],
    ],
    [
      'an index that is gone',
      'DROP INDEX lower_title',
      ['warning migrations.W001 blog_post has no index lower_title, which the migrations make.'],
    ],
    [
      'an index that came',
      'CREATE INDEX mine ON blog_post (views)',
      ['info migrations.I003 The index mine of blog_post is in no migration.'],
    ],
  ])('%s', async (_, sql, expected) => {
    await makeAndMigrate(blog())
    expect(await drift(sql)).toEqual(expected)
  })

  if (isPostgres) {
    test.each<[string, string, string[]]>([
      [
        'a type',
        'ALTER TABLE blog_post ALTER COLUMN title TYPE varchar(100)',
        ['error migrations.E003 blog_post.title is varchar(100); the migrations say varchar(200).'],
      ],
      [
        'a default',
        'ALTER TABLE blog_post ALTER COLUMN views SET DEFAULT 5',
        ['error migrations.E003 blog_post.views has the default 5; the migrations say it has the default 0.'],
      ],
      [
        'a foreign key',
        'ALTER TABLE blog_post DROP CONSTRAINT blog_post_author_id_dd7a8485_fk_blog_author_id',
        [
          'error migrations.E003 blog_post.author_id has no foreign key; the migrations say it points to blog_author.id.',
        ],
      ],
      [
        'what is unique',
        'ALTER TABLE blog_author DROP CONSTRAINT blog_author_name_key',
        ['error migrations.E003 blog_author.name is not unique; the migrations say it is unique.'],
      ],
      [
        'numbers',
        'ALTER TABLE blog_author ALTER COLUMN id DROP IDENTITY',
        ['error migrations.E003 blog_author.id is not numbered; the migrations say it is numbered.'],
      ],
      [
        'a comment',
        `COMMENT ON TABLE blog_author IS 'x'`,
        ['warning migrations.W002 The comment of blog_author is "x"; the migrations say "who writes".'],
      ],
      [
        'a constraint that is an index, as Django makes it',
        'ALTER TABLE blog_post DROP CONSTRAINT one_each; CREATE UNIQUE INDEX one_each ON blog_post (author_id, title)',
        [],
      ],
      ['the name of a constraint alone', 'ALTER TABLE blog_post RENAME CONSTRAINT one_each TO mine', []],
    ])('%s', async (_, sql, expected) => {
      await makeAndMigrate(blog())
      expect(await drift(sql)).toEqual(expected)
    })
  }
})
