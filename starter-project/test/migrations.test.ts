import { boolean, CASCADE, char, foreignKey, positiveInteger, slug, text } from 'nuages/orm'
import { type DatabaseFixtures, testDatabase } from 'nuages/testing'
import { test as base, expect } from 'vitest'
import { Post } from '../blog/models.ts'
import settings from '../settings.ts'

const test = base.extend<DatabaseFixtures>(testDatabase(settings))

test('what was written before words were counted is counted, and its picture keeps its description', async ({
  database,
}) => {
  const then = await database.migrate('blog', '0002')
  const author = await then
    .model('Author', { name: char({ maxLength: 200 }), slug: slug(), role: char({ maxLength: 200 }), bio: text() })
    .objects.create({ name: 'Ada', slug: 'ada', role: 'x', bio: 'x' })
  await then
    .model('Post', {
      title: char({ maxLength: 200 }),
      slug: slug(),
      summary: char({ maxLength: 200 }),
      body: text(),
      pictureAlt: char({ maxLength: 200 }),
      isDraft: boolean(),
      author: foreignKey('blog.Author', { onDelete: CASCADE }),
    })
    .objects.create({
      title: 'Old',
      slug: 'old',
      summary: 'x',
      body: 'four words\n\nof prose\n```\nnot of code\n```\n',
      pictureAlt: 'An evening',
      isDraft: false,
      authorId: author.id,
    })
  await database.migrate('blog')
  const post = await Post.objects.get({ slug: 'old' })
  expect(post).toMatchObject({ wordCount: 4, readingMinutes: 1, pictureDescription: 'An evening' })
  await database.migrate('blog', '0002')
  const again = (await database.migrate('blog')).model('Post', { wordCount: positiveInteger() })
  expect(await again.objects.values('wordCount')).toEqual([{ wordCount: 4 }])
})

test('the next test has all migrations again, and no rows', async () => {
  expect(await Post.objects.count()).toBe(0)
})
