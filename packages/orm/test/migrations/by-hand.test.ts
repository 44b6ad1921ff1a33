import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bigAuto, CASCADE, char, dateTime, foreignKey, Model, manyToMany } from '../../src/index.ts'
import { migrate } from '../../src/migrations/index.ts'
import { codeOf } from '../documentation.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { actualTables, make, makeAndMigrate, project, rows } from './project.ts'

const place = useTemporaryDatabase()
const [takePost, givePost, renameTable, tagging] = codeOf('migrations/by-hand.md')

function write(app: string, name: string, source: string): void {
  mkdirSync(join(place.dir, app, 'migrations'), { recursive: true })
  writeFileSync(join(place.dir, app, 'migrations', `${name}.ts`), source)
}

test('a model moves to another app as the docs show, and back', async () => {
  class Item extends Model({ name: char({ maxLength: 9 }) }) {}
  const before = () => {
    class Post extends Model({ title: char({ maxLength: 200 }) }) {}
    class Comment extends Model({
      get post() {
        return foreignKey(Post, { onDelete: CASCADE })
      },
    }) {}
    return { blog: { Post, Comment }, shop: { Item } }
  }
  await makeAndMigrate(project(place.dir, before()))
  const tables = await actualTables()
  await rows("INSERT INTO blog_post (title) VALUES ('One') RETURNING id")
  await rows('INSERT INTO blog_comment (post_id) VALUES (1) RETURNING id')
  class Post extends Model({ title: char({ maxLength: 200 }) }) {}
  class Comment extends Model({
    get post() {
      return foreignKey(Post, { onDelete: CASCADE })
    },
  }) {}
  const apps = project(place.dir, { blog: { Comment }, shop: { Item, Post } })
  await expect(make(apps)).rejects.toThrow("Was the model blog.Post renamed to 'shop.Post'?")
  write('shop', '0002_take_post', takePost!)
  write('blog', '0002_give_post', givePost!)
  write('shop', '0003_rename_table', renameTable!)
  expect((await make(apps)).changes).toEqual([])
  await migrate({ apps })
  expect(await rows('SELECT title FROM shop_post JOIN blog_comment ON post_id = shop_post.id')).toEqual([['One']])
  await migrate({ apps, app: 'shop', name: '0001' })
  expect(await actualTables()).toEqual(tables)
  expect(await rows('SELECT title FROM blog_post JOIN blog_comment ON post_id = blog_post.id')).toEqual([['One']])
})

test('a many-to-many gets a model of its own as the docs show, and back', async () => {
  class Tag extends Model({ name: char({ maxLength: 9 }) }) {}
  class Post extends Model({
    title: char({ maxLength: 200 }),
    get tags() {
      return manyToMany(Tag)
    },
  }) {}
  await makeAndMigrate(project(place.dir, { blog: { Post, Tag } }))
  const tables = await actualTables()
  await rows("INSERT INTO blog_post (title) VALUES ('One') RETURNING id")
  await rows("INSERT INTO blog_tag (name) VALUES ('x') RETURNING id")
  await rows('INSERT INTO blog_post_tags (post_id, tag_id) VALUES (1, 1) RETURNING id')
  const after = () => {
    class Tag extends Model({ name: char({ maxLength: 9 }) }) {}
    class Post extends Model({
      title: char({ maxLength: 200 }),
      get tags() {
        return manyToMany(Tag, { through: Tagging })
      },
    } as object) {}
    class Tagging extends Model(
      {
        id: bigAuto(),
        get post() {
          return foreignKey(Post, { onDelete: CASCADE })
        },
        get tag() {
          return foreignKey(Tag, { onDelete: CASCADE })
        },
        since: dateTime({ null: true }),
      } as object,
      { table: 'blog_post_tags' },
    ) {}
    return { blog: { Post, Tag, Tagging } }
  }
  const apps = project(place.dir, after())
  await expect(make(apps)).rejects.toThrow('blog.Post.tags has its pairs in a table of its own')
  write('blog', '0002_tagging', tagging!)
  expect((await make(apps)).changes).toEqual([])
  await migrate({ apps })
  expect(await rows('SELECT post_id, tag_id, since FROM blog_post_tags')).toEqual([[1, 1, null]])
  await expect(rows('INSERT INTO blog_post_tags (post_id, tag_id) VALUES (1, 1) RETURNING id')).rejects.toThrow()
  await migrate({ apps, app: 'blog', name: '0001' })
  expect(await actualTables()).toEqual(tables)
  expect(await rows('SELECT post_id, tag_id FROM blog_post_tags')).toEqual([[1, 1]])
})
