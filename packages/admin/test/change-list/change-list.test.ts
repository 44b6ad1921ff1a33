import { captureQueries } from '@nuages/orm'
import { SafeString } from '@nuages/templates'
import { describe, expect } from 'vitest'
import { column, labels, listPage } from '../pages.ts'
import { Author, Comment, Tag } from '../project/blog/models.ts'
import { authorWithPosts, makePost } from '../samples.ts'
import { staff, superuser, test } from '../site.ts'

describe('columns and cells', () => {
  test('the head names the columns', async () => {
    const page = listPage(await (await superuser()).get('/admin/blog/post/'))
    expect(page.title).toBe('Posts')
    expect(page.columns.map(({ label }) => label)).toEqual([
      'Title',
      'Author',
      'Status',
      'Is featured',
      'Published',
      'Words',
      'Shout',
    ])
    expect(page.columns.map(({ align }) => align)).toEqual([
      'start',
      'start',
      'start',
      'center',
      'start',
      'start',
      'start',
    ])
    expect(page.columns.map(({ sort }) => sort !== null)).toEqual([true, true, true, true, true, false, true])
  })

  test('cells have the kind of what they show', async () => {
    const author = await authorWithPosts(0)
    await makePost(author, 'A <b>', { body: 'one two', publishedAt: Temporal.Instant.from('2026-11-05T16:30:00Z') })
    const page = listPage(await (await superuser()).get('/admin/blog/post/'))
    const [title, by, status, featured, published, words, shout] = page.rows[0]!.cells
    expect(title).toMatchObject({ link: '/admin/blog/post/1/change/', value: { kind: 'text', text: 'A <b>' } })
    expect(by).toMatchObject({
      link: null,
      value: { kind: 'relation', text: 'Ann Archer', url: `/admin/blog/author/${author.pk}/change/` },
    })
    expect(status!.value).toEqual({ kind: 'text', text: 'Draft' })
    expect(featured!.value).toEqual({ kind: 'boolean', text: 'No', value: false })
    expect(published!.value).toEqual({ kind: 'date', text: 'Nov. 5, 2026, 4:30 p.m.', iso: '2026-11-05T16:30:00Z' })
    expect(words!.value).toEqual({ kind: 'number', text: '2' })
    expect(shout!.value).toMatchObject({ kind: 'html', text: 'A &lt;b&gt;' })
    expect(shout!.value.kind === 'html' && shout!.value.html).toBeInstanceOf(SafeString)
  })

  test('addresses are links only where they are safe; members and relations to many show', async () => {
    const author = await Author.objects.create({
      name: 'Cy Young',
      email: 'cy@example.com',
      website: 'javascript:alert(1)',
    })
    await makePost(author, 'One')
    await makePost(author, 'Two')
    const page = listPage(await (await superuser()).get('/admin/blog/author/'))
    const [, email, website, born, initials, posts] = page.rows[0]!.cells
    expect(email!.value).toEqual({ kind: 'address', text: 'cy@example.com', href: 'mailto:cy@example.com' })
    expect(website!.value).toEqual({ kind: 'text', text: 'javascript:alert(1)' })
    expect(born!.value).toEqual({ kind: 'empty', text: '–' })
    expect(initials!.value).toEqual({ kind: 'text', text: 'CY' })
    expect(posts!.value).toMatchObject({ kind: 'relations', text: 'One, Two' })
  })

  test('a model without listDisplay shows its rows as text; getQueryset hides some', async () => {
    await Tag.objects.create({ name: 'sf' })
    await Tag.objects.create({ name: 'secret' })
    const page = listPage(await (await superuser()).get('/admin/blog/tag/'))
    expect(page.columns.map(({ label }) => label)).toEqual(['Tag'])
    expect(page.rows.map(({ label }) => label)).toEqual(['sf'])
  })

  test('a path goes over relations', async () => {
    const author = await authorWithPosts(0)
    await Comment.objects.create({ name: 'Bob', body: 'Hi', post: await makePost(author, 'One') })
    const response = await (await superuser()).get('/admin/blog/comment/')
    expect(column(response, 'post__author__name')).toEqual(['Ann Archer'])
  })

  test('who may not open related rows sees no link to them', async () => {
    await authorWithPosts(1)
    const page = listPage(await (await staff('blog.view_post')).get('/admin/blog/post/'))
    expect(page.rows[0]!.cells[1]!.value).toEqual({ kind: 'relation', text: 'Ann Archer', url: null })
  })
})

describe('order', () => {
  test('by a column, the other way round, and by several', async () => {
    const client = await superuser()
    const author = await Author.objects.create({ name: 'B' })
    const other = await Author.objects.create({ name: 'A' })
    await makePost(author, 'x')
    await makePost(author, 'y')
    await makePost(other, 'z')
    expect(labels(await client.get('/admin/blog/post/?o=1'))).toEqual(['x', 'y', 'z'])
    expect(labels(await client.get('/admin/blog/post/?o=-1'))).toEqual(['z', 'y', 'x'])
    expect(labels(await client.get('/admin/blog/post/?o=2.-1'))).toEqual(['z', 'y', 'x'])
    // A computed column is sorted by what it names, which may be the other way round.
    expect(labels(await client.get('/admin/blog/post/?o=7'))).toEqual(['z', 'y', 'x'])
    expect(labels(await client.get('/admin/blog/post/?o=-7'))).toEqual(['x', 'y', 'z'])
  })

  test('the head says how it is sorted, and links to the next order', async () => {
    const page = listPage(await (await superuser()).get('/admin/blog/post/?o=2.-1&q=x'))
    expect(page.columns[0]!.sort).toEqual({
      direction: 'descending',
      priority: 2,
      url: '?q=x&o=-1.2',
      removeUrl: '?q=x&o=2',
    })
    expect(page.columns[1]!.sort).toMatchObject({ direction: 'ascending', priority: 1, url: '?q=x&o=-2.-1' })
    expect(page.columns[2]!.sort).toEqual({ direction: 'none', priority: null, url: '?q=x&o=3.2.-1', removeUrl: null })
  })

  test("without being asked, in the model's order", async () => {
    const page = listPage(await (await superuser()).get('/admin/blog/post/'))
    expect(page.columns.map(({ sort }) => sort?.direction ?? '-')).toEqual([
      'ascending',
      'none',
      'none',
      'none',
      'descending',
      '-',
      'none',
    ])
  })

  test.for(['99', 'x', '', '1.1', '6', '-', '0', '1e3'])('o=%s sorts by what it can', async (order) => {
    const response = await (await superuser()).get('/admin/blog/post/', { query: { o: order } })
    expect(response.status).toBe(200)
  })
})

describe('pages', () => {
  test('ten rows each, with links', async () => {
    const client = await superuser()
    await authorWithPosts(23)
    const first = listPage(await client.get('/admin/blog/post/?o=1'))
    expect(first.result).toEqual({ count: 23, many: false, text: '23 posts' })
    expect(first.pagination).toMatchObject({
      number: 1,
      numPages: 3,
      from: 1,
      to: 10,
      previousUrl: null,
      nextUrl: '?o=1&p=2',
    })
    expect(first.pagination.pages.map((link) => (link.kind === 'page' ? link.number : '…'))).toEqual([1, 2, 3])
    const last = listPage(await client.get('/admin/blog/post/?o=1&p=3'))
    expect(last.rows).toHaveLength(3)
    expect(last.pagination).toMatchObject({ number: 3, from: 21, to: 23, previousUrl: '?o=1&p=2', nextUrl: null })
  })

  test('all on one page', async () => {
    const client = await superuser()
    await authorWithPosts(12)
    const paged = listPage(await client.get('/admin/blog/post/'))
    expect(paged.pagination.showAllUrl).toBe('?all=')
    const all = listPage(await client.get('/admin/blog/post/?all='))
    expect(all.rows).toHaveLength(12)
    expect(all.pagination).toMatchObject({ numPages: 1, showAllUrl: null, pagedUrl: '?', pages: [] })
  })

  test('more than listMaxShowAll stay in pages', async () => {
    const client = await superuser()
    await authorWithPosts(51)
    const page = listPage(await client.get('/admin/blog/post/?all='))
    expect(page.rows).toHaveLength(10)
    expect(page.pagination.showAllUrl).toBeNull()
  })

  test('rows without order between them are on one page each', async () => {
    // SQLite happens to keep them apart; what is asked is what counts.
    const { queries } = await captureQueries(async () => (await superuser('other')).get('/admin/blog/post/?o=3'))
    expect(queries.map(({ sql }) => sql).join()).toContain('ORDER BY "blog_post"."status" ASC, "blog_post"."id" DESC')
    const client = await superuser()
    const author = await authorWithPosts(0)
    for (let number = 0; number < 25; number++) await makePost(author, `same ${number}`)
    const seen = new Set<string>()
    for (const p of [1, 2, 3])
      for (const label of labels(await client.get(`/admin/blog/post/?o=3&p=${p}`))) seen.add(label)
    expect(seen.size).toBe(25)
  })
})

describe('nothing to show', () => {
  test('no rows yet', async () => {
    const page = listPage(await (await superuser()).get('/admin/blog/post/'))
    expect(page.empty).toEqual({
      reason: 'no-rows',
      message: 'There are no posts yet.',
      addUrl: '/admin/blog/post/add/',
      clearUrl: null,
    })
    expect(page.actions).toBeNull()
  })

  test('none that match', async () => {
    await authorWithPosts(1)
    const page = listPage(await (await superuser()).get('/admin/blog/post/?q=zz&status__exact=draft&o=1'))
    expect(page.empty).toEqual({ reason: 'no-match', message: 'No posts match.', addUrl: null, clearUrl: '?o=1' })
    expect(page.result).toEqual({ count: 0, many: false, text: '0 posts' })
  })
})
