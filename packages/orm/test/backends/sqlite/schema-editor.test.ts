import { expect, test } from 'vitest'
import { database } from '../../../src/backends/registry.ts'
import { char } from '../../../src/fields/index.ts'
import { Model } from '../../../src/models/index.ts'
import { CASCADE, foreignKey } from '../../../src/relations/index.ts'
import { blog } from '../../migrations/blog.ts'
import { makeAndMigrate, project, rows } from '../../migrations/project.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'

const place = useTemporaryDatabase()

test('names are Django’s', async () => {
  await makeAndMigrate(project(place.dir, blog()))
  const sql = (
    await rows("SELECT sql FROM sqlite_master WHERE name LIKE 'blog_%' AND sql IS NOT NULL ORDER BY name")
  ).flat()
  expect(sql).toMatchSnapshot()
})

function authors(maxLength: number) {
  class Author extends Model({ name: char({ maxLength }) }) {}
  class Post extends Model({
    title: char({ maxLength: 200 }),
    get author() {
      return foreignKey(Author, { onDelete: CASCADE })
    },
  }) {}
  return { Author, Post }
}

test('a rebuilt table keeps its triggers, the views on it, indexes made by hand, and those who point to it', async () => {
  await makeAndMigrate(project(place.dir, { blog: authors(100) }))
  await database().script(`
    INSERT INTO blog_author (id, name) VALUES (1, 'Ann');
    INSERT INTO blog_post (id, title, author_id) VALUES (1, 'One', 1);
    CREATE TABLE log (what TEXT);
    CREATE TRIGGER log_author AFTER UPDATE ON blog_author BEGIN INSERT INTO log VALUES (new.name); END;
    CREATE INDEX by_hand ON blog_author (lower(name));
    CREATE VIEW authors AS SELECT name FROM blog_author;
  `)
  await makeAndMigrate(project(place.dir, { blog: authors(10) }))
  await database().run({ sql: "UPDATE blog_author SET name = 'Bea'" }, [])
  expect(await rows('SELECT what FROM log')).toEqual([['Bea']])
  expect(await rows('SELECT name FROM authors')).toEqual([['Bea']])
  expect(await rows("SELECT count(*) FROM sqlite_master WHERE name = 'by_hand'")).toEqual([[1]])
  expect(await rows('SELECT title, author_id FROM blog_post')).toEqual([['One', 1]])
  await expect((async () => database().run({ sql: 'DELETE FROM blog_author' }, []))()).rejects.toMatchObject({
    kind: 'foreignKey',
  })
})
