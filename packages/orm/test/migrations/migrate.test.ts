import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { boolean, char, dateTime, integer, json, positiveInteger, slug, text } from '../../src/fields/index.ts'
import {
  answering,
  makeMigrations,
  migrate,
  migrationPlan,
  showMigrations,
  sqlMigrate,
} from '../../src/migrations/index.ts'
import { Model } from '../../src/models/index.ts'
import { CASCADE, foreignKey, manyToMany, oneToOne, SET_NULL } from '../../src/relations/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { actualTables, expectedTables, imports, type Models, make, makeAndMigrate, project, rows } from './project.ts'

const place = useTemporaryDatabase()

function blog(): Models {
  class Author extends Model({ name: char({ maxLength: 100 }), slug: slug({ unique: true }) }) {}
  class Tag extends Model({ name: char({ maxLength: 20 }) }) {}
  class Post extends Model(
    {
      title: char({ maxLength: 200 }),
      body: text(),
      isDraft: boolean({ default: true }),
      publishedAt: dateTime({ null: true, dbIndex: true }),
      views: positiveInteger({ default: 0 }),
      extra: json({ default: {} }),
      get author() {
        return foreignKey(Author, { onDelete: CASCADE })
      },
      get tags() {
        return manyToMany(Tag)
      },
    },
    {
      indexes: [{ fields: ['author', '-publishedAt'] }],
      constraints: [{ type: 'unique', fields: ['author', 'title'], name: 'one_title_each' }],
    },
  ) {}
  return { blog: { Post, Author, Tag } }
}

describe('from models to a database', () => {
  test('the file is written, applied, and nothing is left to change', async () => {
    const apps = project(place.dir, blog())
    const { written, changes } = await makeAndMigrate(apps)
    expect(written).toEqual([changes[0]!.path])
    expect(await actualTables()).toEqual(expectedTables(apps))
    expect((await make(apps, { check: true })).changes).toEqual([])
    expect(await migrationPlan({ apps })).toEqual([])
    expect(await showMigrations({ apps })).toEqual([
      {
        app: 'blog',
        migrations: [
          { name: '0001_initial', applied: expect.stringMatching(/^\d{4}-\d\d-\d\d .*\.\d{6}$/), missing: false },
        ],
      },
    ])
  })

  test('the file is what a reviewer would have written', async () => {
    const { changes } = await makeMigrations({ apps: project(place.dir, blog()), dryRun: true })
    expect(changes[0]!.source).toMatchSnapshot()
  })

  test('names are Django’s', async () => {
    await makeAndMigrate(project(place.dir, blog()))
    const sql = (
      await rows("SELECT sql FROM sqlite_master WHERE name LIKE 'blog_%' AND sql IS NOT NULL ORDER BY name")
    ).flat()
    expect(sql).toMatchSnapshot()
  })

  test('back to zero nothing is left', async () => {
    const apps = project(place.dir, blog())
    await makeAndMigrate(apps)
    const back = await migrate({ apps, app: 'blog', name: 'zero' })
    expect(back).toMatchObject([{ name: '0001_initial', direction: 'backwards' }])
    expect(await actualTables()).toEqual([])
    expect(await rows('SELECT count(*) FROM django_migrations')).toEqual([[0]])
    expect(
      await rows("SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite%' AND name <> 'django_migrations'"),
    ).toEqual([])
  })

  test('sqlMigrate shows what runs, in either direction, and runs nothing', async () => {
    const apps = project(place.dir, blog())
    await make(apps)
    const sql = await sqlMigrate({ apps, app: 'blog', name: '0001' })
    expect(sql[0]).toBe(
      'CREATE TABLE "blog_author" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(100) NOT NULL, "slug" varchar(50) NOT NULL UNIQUE);',
    )
    expect(await sqlMigrate({ apps, app: 'blog', name: '0001', backwards: true })).toContain(
      'DROP TABLE "blog_post_tags";',
    )
    expect(await actualTables()).toEqual([])
  })
})

describe('models that change', () => {
  function version(number: number): Models {
    class Author extends Model({ name: char({ maxLength: number < 4 ? 100 : 150 }) }) {}
    const fields = {
      title: char({ maxLength: 200 }),
      get author() {
        return foreignKey(Author, { onDelete: CASCADE })
      },
    }
    const classes = [
      class Post extends Model(fields) {},
      class Post extends Model({
        ...fieldsOf(fields),
        summary: text({ default: 'none' }),
        rating: integer({ null: true }),
      }) {},
      class Post extends Model({ ...fieldsOf(fields), summary: text({ null: true }), rating: integer() }) {},
      class Post extends Model({ title: char({ maxLength: 50, unique: true }), rating: integer({ dbIndex: true }) }) {},
    ]
    return { blog: { Author, Post: classes[number - 1]! } }
  }

  function fieldsOf<T extends object>(fields: T): T {
    return Object.defineProperties({}, Object.getOwnPropertyDescriptors(fields)) as T
  }

  test('keep their data, forwards and backwards', async () => {
    await makeAndMigrate(project(place.dir, version(1)))
    await database().script(`
      INSERT INTO blog_author (id, name) VALUES (7, 'Ann');
      INSERT INTO blog_post (id, title, author_id) VALUES (3, 'One', 7), (4, 'Two', 7);
      DELETE FROM blog_post WHERE id = 4;
    `)
    const second = await makeAndMigrate(project(place.dir, version(2)))
    expect(second.changes.map(({ name }) => name)).toEqual(['0002_post_summary_post_rating'])
    expect(await rows('SELECT id, title, author_id, summary, rating FROM blog_post')).toEqual([
      [3, 'One', 7, 'none', null],
    ])

    await expect(make(project(place.dir, version(3)))).rejects.toThrow(
      /blog\.Post\.rating may no longer be null.*'blog\.Post\.rating'/,
    )
    await makeAndMigrate(project(place.dir, version(3)), {
      questioner: answering({ defaults: { 'blog.Post.rating': 5 } }),
    })
    expect(await rows('SELECT id, title, author_id, summary, rating FROM blog_post')).toEqual([
      [3, 'One', 7, 'none', 5],
    ])

    const apps = project(place.dir, version(4))
    const fourth = await makeAndMigrate(apps)
    expect(fourth.changes).toMatchObject([{ name: expect.stringContaining('_and_more') }])
    expect(await actualTables()).toEqual(expectedTables(apps))
    expect(await rows('SELECT id, title, rating FROM blog_post')).toEqual([[3, 'One', 5]])
    // The counter goes on where it was, although the row with the highest number is gone.
    await database().script(
      "INSERT INTO blog_post (title, rating) VALUES ('Three', 1); DELETE FROM blog_post WHERE id = 5",
    )
    expect(await rows("SELECT seq FROM sqlite_sequence WHERE name = 'blog_post'")).toEqual([[5]])

    await database().script('DELETE FROM blog_post')
    await migrate({ apps, app: 'blog', name: '0002' })
    expect(await actualTables()).toEqual(expectedTables(project(place.dir, version(2))))
    await migrate({ apps, app: 'blog', name: 'zero' })
    expect(await actualTables()).toEqual([])
  })

  test('a rebuilt table keeps its triggers, the views on it, indexes made by hand, and those who point to it', async () => {
    await makeAndMigrate(project(place.dir, version(1)))
    await database().script(`
      INSERT INTO blog_author (id, name) VALUES (1, 'Ann');
      INSERT INTO blog_post (id, title, author_id) VALUES (1, 'One', 1);
      CREATE TABLE log (what TEXT);
      CREATE TRIGGER log_author AFTER UPDATE ON blog_author BEGIN INSERT INTO log VALUES (new.name); END;
      CREATE INDEX by_hand ON blog_author (lower(name));
      CREATE VIEW authors AS SELECT name FROM blog_author;
    `)
    class Author extends Model({ name: char({ maxLength: 10 }) }) {}
    await makeAndMigrate(project(place.dir, { blog: { ...version(1).blog, Author, Post: postOf(Author) } }))
    await database().run({ sql: "UPDATE blog_author SET name = 'Bea'" }, [])
    expect(await rows('SELECT what FROM log')).toEqual([['Bea']])
    expect(await rows('SELECT name FROM authors')).toEqual([['Bea']])
    expect(await rows("SELECT count(*) FROM sqlite_master WHERE name = 'by_hand'")).toEqual([[1]])
    expect(await rows('SELECT title, author_id FROM blog_post')).toEqual([['One', 1]])
    await expect((async () => database().run({ sql: 'DELETE FROM blog_author' }, []))()).rejects.toMatchObject({
      kind: 'foreignKey',
    })
  })

  function postOf(Author: new () => object) {
    return class Post extends Model({
      title: char({ maxLength: 200 }),
      get author() {
        return foreignKey(Author, { onDelete: CASCADE })
      },
    }) {}
  }

  test('renames are asked for, and keep everything', async () => {
    await makeAndMigrate(project(place.dir, blog()))
    await database().script(`
      INSERT INTO blog_author (id, name, slug) VALUES (1, 'Ann', 'ann');
      INSERT INTO blog_tag (id, name) VALUES (1, 'news');
      INSERT INTO blog_post (id, title, body, is_draft, views, extra, author_id) VALUES (1, 'One', '', 0, 0, '{}', 1);
      INSERT INTO blog_post_tags (post_id, tag_id) VALUES (1, 1);
    `)
    class Writer extends Model({ name: char({ maxLength: 100 }), slug: slug({ unique: true }) }) {}
    class Label extends Model({ name: char({ maxLength: 20 }) }) {}
    class Post extends Model(
      {
        headline: char({ maxLength: 200 }),
        body: text(),
        isDraft: boolean({ default: true }),
        publishedAt: dateTime({ null: true, dbIndex: true }),
        views: positiveInteger({ default: 0 }),
        extra: json({ default: {} }),
        get writer() {
          return foreignKey(Writer, { onDelete: CASCADE })
        },
        get labels() {
          return manyToMany(Label)
        },
      },
      {
        indexes: [{ fields: ['writer', '-publishedAt'] }],
        constraints: [{ type: 'unique', fields: ['writer', 'headline'], name: 'one_title_each' }],
      },
    ) {}
    const apps = project(place.dir, { blog: { Writer, Label, Post } })
    await expect(make(apps)).rejects.toThrow(/Was the model blog\.Author renamed to 'Writer'\?/)
    const questioner = answering({
      renames: {
        'blog.Author': 'Writer',
        'blog.Tag': 'Label',
        'blog.Post.title': 'headline',
        'blog.Post.author': 'writer',
        'blog.Post.tags': 'labels',
      },
    })
    await makeAndMigrate(apps, { questioner })
    expect((await make(apps, { check: true })).changes).toEqual([])
    expect(await actualTables()).toEqual(expectedTables(apps))
    expect(await rows('SELECT headline, writer_id FROM blog_post')).toEqual([['One', 1]])
    expect(await rows('SELECT post_id, label_id FROM blog_post_labels')).toEqual([[1, 1]])
    await migrate({ apps, app: 'blog', name: '0001' })
    expect(await actualTables()).toEqual(expectedTables(project(place.dir, blog())))
    expect(await rows('SELECT title, author_id FROM blog_post')).toEqual([['One', 1]])
  })
})

test('models that point to each other in circles, across apps too, are made and unmade', async () => {
  class Person extends Model({
    name: char({ maxLength: 9 }),
    get best() {
      return foreignKey(Team, { onDelete: SET_NULL, null: true })
    },
    get friend() {
      return oneToOne(Person, { onDelete: SET_NULL, null: true })
    },
  }) {}
  class Team extends Model(
    {
      get captain() {
        return foreignKey(Person, { onDelete: CASCADE })
      },
      get club() {
        return foreignKey(Club, { onDelete: CASCADE })
      },
      get members() {
        return manyToMany(Person)
      },
    },
    { constraints: [{ type: 'unique', fields: ['captain', 'club'] }] },
  ) {}
  class Club extends Model({
    get president() {
      return foreignKey(Person, { onDelete: CASCADE })
    },
  }) {}
  class Place extends Model({
    get club() {
      return foreignKey(Club, { onDelete: CASCADE })
    },
  }) {}
  const full = { people: { Person }, teams: { Team, Place }, clubs: { Club } }
  const apps = project(place.dir, full)
  await makeAndMigrate(apps)
  expect(await actualTables()).toEqual(expectedTables(apps))
  expect((await make(apps, { check: true })).changes).toEqual([])
  const none = project(place.dir, { people: {}, teams: {}, clubs: {} })
  await makeAndMigrate(none)
  expect(await actualTables()).toEqual([])
  await migrate({ apps: none, app: 'clubs', name: 'zero' })
  await migrate({ apps: none, app: 'teams', name: 'zero' })
  await migrate({ apps: none, app: 'people', name: 'zero' })
  expect(await actualTables()).toEqual([])
  expect(await rows('SELECT count(*) FROM django_migrations')).toEqual([[0]])
})

test('makeMigrations writes default imports, names what is named, and leaves apps alone that are not meant', async () => {
  const models = { ...blog(), shop: { Item: class Item extends Model({ name: char({ maxLength: 5 }) }) {} } }
  const apps = project(place.dir, models)
  const { changes } = await makeMigrations({ apps, dryRun: true, only: ['shop'], name: 'start' })
  expect(changes).toHaveLength(1)
  expect(changes[0]).toMatchObject({ app: 'shop', name: '0001_start', operations: ['Create model Item'] })
  expect(changes[0]!.source).toBe(`import { bigAuto, char } from 'nuages/orm'
import { createModel, defineMigration } from 'nuages/orm/migrations'

export default defineMigration({
  operations: [
    createModel('Item', {
      id: bigAuto(),
      name: char({ maxLength: 5 }),
    }),
  ],
})
`)
  await expect(makeMigrations({ apps, only: ['shp'] })).rejects.toThrow(/no app 'shp'\. Did you mean 'shop'\?/)
  const empty = await makeMigrations({ apps, only: ['shop'], empty: true, imports })
  expect(readFileSync(empty.written[0]!, 'utf8')).toContain('operations: [],')
})
