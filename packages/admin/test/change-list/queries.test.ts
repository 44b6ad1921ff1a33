import { captureQueries, database } from '@nuages/orm'
import { describe, expect } from 'vitest'
import { countLimit } from '../../src/change-list/page-of-rows.ts'
import { listPage } from '../pages.ts'
import { Author, Tag } from '../project/blog/models.ts'
import { authorWithPosts, makePost } from '../samples.ts'
import { staff, superuser, test } from '../site.ts'

/** What opening a page asks the database. */
async function queriesOf(open: () => Promise<unknown>): Promise<string[]> {
  const { queries } = await captureQueries(open)
  return queries.map(({ sql }) => sql.replace(/^(\w+) .*? FROM "?(\w+).*$/s, '$1 $2'))
}

async function manyTags(count: number): Promise<void> {
  await database().run(
    {
      sql: `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) INSERT INTO blog_tag (name) SELECT 'tag ' || i FROM n`,
    },
    [],
  )
}

describe('how often the database is asked', () => {
  test('a list: the session, the user, and one page with its count', async () => {
    const client = await superuser()
    await Tag.objects.create({ name: 'red' })
    const queries = await queriesOf(() => client.get('/admin/blog/tag/'))
    expect(queries).toEqual(['SELECT django_session', 'SELECT auth_user', expect.stringMatching(/blog_tag/)])
  })

  test('a member of the staff: what they are permitted, once', async () => {
    const client = await staff('blog.view_tag')
    await Tag.objects.create({ name: 'red' })
    const queries = await queriesOf(() => client.get('/admin/blog/tag/'))
    expect(queries).toHaveLength(4)
  })

  test('as many for a full page of rows with relations as for one row', async () => {
    const client = await superuser()
    await authorWithPosts(1)
    await client.get('/admin/blog/post/')
    const few = await queriesOf(() => client.get('/admin/blog/post/'))
    for (const name of ['Bob', 'Cy', 'Dee']) await authorWithPostsOf(name)
    const many = await queriesOf(() => client.get('/admin/blog/post/'))
    expect(many).toHaveLength(few.length)
    const authors = await queriesOf(() => client.get('/admin/blog/author/'))
    // Beyond session, user and page: the posts of all authors, for the column that shows them.
    expect(authors).toHaveLength(4)
  })

  test('a large table is never counted whole, and its pages go on', async () => {
    const client = await superuser()
    await manyTags(countLimit + 250)
    const { result, queries } = await captureQueries(() => client.get('/admin/blog/tag/'))
    const first = listPage(result)
    expect(first.result).toEqual({ count: 10_000, many: true, text: '10,000+ tags' })
    expect(first.pagination).toMatchObject({ numPages: null, nextUrl: '?p=2', showAllUrl: null, from: 1, to: 100 })
    expect(first.pagination.jump).toEqual({ name: 'p', hidden: [], max: null })
    expect(queries).toHaveLength(3)
    expect(queries.at(-1)!.sql).toContain(`LIMIT ${countLimit + 1}`)

    const beyond = listPage(await client.get('/admin/blog/tag/?p=102'))
    expect(beyond.rows).toHaveLength(100)
    expect(beyond.pagination).toMatchObject({ numPages: null, nextUrl: '?p=103' })
    // Whoever stands at the end sees how many there are.
    const last = listPage(await client.get('/admin/blog/tag/?p=103'))
    expect(last.rows).toHaveLength(50)
    expect(last.pagination).toMatchObject({ numPages: 103, nextUrl: null })
    expect((await client.get('/admin/blog/tag/?p=104')).status).toBe(303)
    const found = listPage(await client.get('/admin/blog/tag/?id__gt=10000'))
    expect(found.result).toMatchObject({ many: false, count: 250 })
  })

  test('a change page does not load the rows that a key may name', async () => {
    const client = await superuser()
    const author = await authorWithPosts(1)
    const open = () => client.get('/admin/blog/post/1/change/')
    await open()
    const few = await queriesOf(open)
    for (let number = 0; number < 30; number++) await Author.objects.create({ name: `n${number}` })
    const many = await captureQueries(open)
    expect(many.queries).toHaveLength(few.length)
    expect(many.result.text()).not.toContain('n29')
    expect(many.result.text()).toContain(author.name)
  })
})

async function authorWithPostsOf(name: string): Promise<void> {
  const author = await Author.objects.create({ name })
  for (const number of [1, 2, 3]) await makePost(author, `${name} ${number}`)
}
