import { createApplication } from 'nuages'
import { Client, captureQueries, testDatabase } from 'nuages/testing'
import { test as base, describe, expect } from 'vitest'
import { Author, Post } from '../blog/models.ts'
import settings from '../settings.ts'

const test = base.extend(testDatabase(settings))
const instant = (text: string): Temporal.Instant => Temporal.Instant.from(text)

async function write(slug: string, publishedAt: Temporal.Instant | null, isDraft = false): Promise<Post> {
  const [author] = await Author.objects.getOrCreate({ slug: 'ada' }, { name: 'Ada Byron King', role: 'x', bio: 'x' })
  return Post.objects.create({ title: slug, slug, summary: 'x', body: 'x', isDraft, publishedAt, author })
}

describe('published()', () => {
  test('leaves out drafts, the future and what has no date', async () => {
    await write('draft', instant('2020-01-01T00:00Z'), true)
    await write('future', Temporal.Now.instant().add({ hours: 1 }))
    await write('undated', null)
    const post = await write('past', Temporal.Now.instant().subtract({ seconds: 1 }))
    expect(await Post.objects.published().values('slug')).toEqual([{ slug: post.slug }])
  })
})

describe('a post', () => {
  test('knows the one before and the one after, also among those of the same moment', async () => {
    const moment = instant('2024-05-01T12:00Z')
    const first = await write('first', moment)
    const second = await write('second', moment)
    const third = await write('third', instant('2024-05-01T12:00:01Z'))
    await write('draft', instant('2024-05-01T12:00:02Z'), true)
    const neighbours = async (post: Post) => [(await post.older())?.slug, (await post.newer())?.slug]
    expect(await neighbours(first)).toEqual([undefined, 'second'])
    expect(await neighbours(second)).toEqual(['first', 'third'])
    expect(await neighbours(third)).toEqual(['second', undefined])
  })

  test.each([
    ['2024-05-01T04:59Z', 'night'],
    ['2024-05-01T05:00Z', 'dawn'],
    ['2024-05-01T08:00Z', 'day'],
    ['2024-05-01T17:00Z', 'dusk'],
    ['2024-05-01T20:00Z', 'night'],
  ])('published at %s stands under the sky of %s', async (time, hour) => {
    expect((await write('post', instant(time))).hour).toBe(hour)
  })

  test('that was written before it is shown was revised when it is shown', async () => {
    const post = await write('post', Temporal.Now.instant().add({ hours: 1 }))
    expect(post.revisedAt).toEqual(post.publishedAt)
  })
})

describe('how long a post is', () => {
  test('is counted whenever its body is written', async () => {
    const post = await write('long', instant('2020-01-01T00:00Z'))
    const kept = async () => (await Post.objects.get({ id: post.id })).wordCount
    expect(await kept()).toBe(1)
    post.body = 'word '.repeat(660)
    await post.save()
    expect([await kept(), post.readingMinutes]).toEqual([660, 3])
    post.body = 'two words'
    await post.save({ updateFields: ['body'] })
    expect([await kept(), post.readingMinutes]).toEqual([2, 1])
    post.title = 'Another'
    await post.save({ updateFields: ['title'] })
    expect(await kept()).toBe(2)
  })

  test('is told in lists, which read no body for it', async () => {
    await write('listed', instant('2020-01-01T00:00Z'))
    const client = new Client(await createApplication(settings))
    const { queries } = await captureQueries(async () => {
      for (const path of ['/', '/authors/ada/', '/archive/2020/1/', '/search/?q=listed']) {
        expect((await client.get(path)).text()).toContain('1 min read')
      }
    })
    const selected = queries.map(({ sql }) => /^SELECT (.*?) FROM/.exec(sql)?.[1] ?? '')
    expect(selected.filter((columns) => columns.includes('"body"'))).toEqual([])
  })

  test('is not changed by a save of a post that was read without its body', async () => {
    const { id } = await write('listed', instant('2020-01-01T00:00Z'))
    const [card] = await Post.objects.filter({ id }).asCards()
    card!.title = 'Another'
    await card!.save()
    expect(await Post.objects.get({ id })).toMatchObject({ title: 'Another', body: 'x', wordCount: 1 })
  })
})

test('an author is drawn with the first letters of two names', async () => {
  await write('post', null)
  expect((await Author.objects.get({ slug: 'ada' })).initials).toBe('AB')
})

test('an empty site says so', async () => {
  const client = new Client(await createApplication(settings))
  expect((await client.get('/')).text()).toContain('there is no post yet')
  expect((await client.get('/archive/')).status).toBe(200)
  expect((await client.get('/feed/')).status).toBe(200)
  expect((await client.get('/latest/')).status).toBe(404)
})
