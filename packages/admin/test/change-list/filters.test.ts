import { describe, expect } from 'vitest'
import { labels, listPage } from '../pages.ts'
import { Author, Post, Tag } from '../project/blog/models.ts'
import { authorWithPosts, makePost } from '../samples.ts'
import { superuser, test } from '../site.ts'

async function fill() {
  const ann = await Author.objects.create({ name: 'Ann' })
  const bob = await Author.objects.create({ name: 'Bob' })
  const today = Temporal.Now.instant()
  const one = await makePost(ann, 'One', { status: 'draft', isFeatured: true, publishedAt: today, body: 'text' })
  const two = await makePost(bob, 'Two', {
    status: 'published',
    rating: 5,
    publishedAt: Temporal.Instant.from('2020-02-29T12:00:00Z'),
  })
  const tags = [await Tag.objects.create({ name: 'red' }), await Tag.objects.create({ name: 'blue' })] as const
  await one.tags.add(...tags)
  await two.tags.add(tags[0])
  return { ann, bob, one, two, tags }
}

describe('filters', () => {
  test('by choices, truth, emptiness, relations and what a project thinks up', async () => {
    const client = await superuser()
    const { bob, tags } = await fill()
    const found = async (query: string): Promise<string[]> => labels(await client.get(`/admin/blog/post/?o=1&${query}`))
    expect(await found('status__exact=draft')).toEqual(['One'])
    expect(await found('isFeatured__exact=1')).toEqual(['One'])
    expect(await found('isFeatured__exact=0')).toEqual(['Two'])
    expect(await found(`author__id__exact=${bob.pk}`)).toEqual(['Two'])
    expect(await found(`tags__id__exact=${tags[0].pk}`)).toEqual(['One', 'Two'])
    expect(await found(`tags__id__exact=${tags[1].pk}`)).toEqual(['One'])
    expect(await found('rating__isempty=1')).toEqual(['One'])
    expect(await found('rating__isempty=0')).toEqual(['Two'])
    expect(await found('length=short')).toEqual(['Two'])
    expect(await found('length=long')).toEqual(['One'])
    expect(await found('publishedAt__isnull=False')).toEqual(['One', 'Two'])
    expect(await found('status__exact=draft&isFeatured__exact=0')).toEqual([])
  })

  test('each shows its choices and which is in force', async () => {
    await fill()
    const page = listPage(await (await superuser()).get('/admin/blog/post/?status__exact=draft&o=1&p=1'))
    const [status, featured, published, author, , rating, length] = page.filters
    expect(status).toEqual({
      kind: 'choices',
      title: 'Status',
      name: 'status',
      active: true,
      current: 'Draft',
      choices: [
        { label: 'All', url: '?o=1', selected: false },
        { label: 'Draft', url: '?o=1&status__exact=draft', selected: true },
        { label: 'In review', url: '?o=1&status__exact=review', selected: false },
        { label: 'Published', url: '?o=1&status__exact=published', selected: false },
      ],
      lookup: null,
      clearUrl: '?o=1',
    })
    expect(page.clearFiltersUrl).toBe('?o=1')
    expect(featured).toMatchObject({ active: false, current: null, clearUrl: null })
    expect(published!.choices.map(({ label }) => label)).toEqual([
      'All',
      'Today',
      'Past 7 days',
      'This month',
      'This year',
      'No date',
    ])
    expect(author!.choices.map(({ label }) => label)).toEqual(['All', 'Ann', 'Bob'])
    expect(rating!.choices.map(({ label }) => label)).toEqual(['All', 'Empty', 'Not empty'])
    expect(length!.title).toBe('length')
  })

  test('spans of dates', async () => {
    const client = await superuser()
    await fill()
    const page = listPage(await client.get('/admin/blog/post/'))
    for (const choice of page.filters[2]!.choices.slice(1, 5)) {
      expect(labels(await client.get(`/admin/blog/post/${choice.url}`))).toEqual(['One'])
    }
    const none = page.filters[2]!.choices.at(-1)!
    expect(labels(await client.get(`/admin/blog/post/${none.url}`))).toEqual([])
  })

  test('over many related rows, one is searched for', async () => {
    const client = await superuser()
    const { bob } = await fill()
    for (let number = 0; number < 40; number++) await Author.objects.create({ name: `n${number}` })
    const page = listPage(await client.get(`/admin/blog/post/?author__id__exact=${bob.pk}&o=1`))
    const filter = page.filters.find(({ name }) => name === 'author')
    expect(filter).toMatchObject({ kind: 'lookup', current: 'Bob', active: true, clearUrl: '?o=1' })
    expect(filter!.lookup).toMatchObject({ id: 'filter_author', hidden: [{ name: 'o', value: '1' }] })
    const html = (await client.get('/admin/blog/post/')).text()
    expect(html).toContain('name="author__id__exact"')
    expect(html).not.toContain('n39')
  })

  test('a relation over one row or none is not shown', async () => {
    await authorWithPosts(1)
    const page = listPage(await (await superuser()).get('/admin/blog/post/'))
    expect(page.filters.some(({ name }) => name === 'author')).toBe(false)
  })

  test('lookups on what the list shows, and on keys, need no filter', async () => {
    const client = await superuser()
    const { ann } = await fill()
    const found = async (query: string) => {
      const response = await client.get(`/admin/blog/post/?o=1&${query}`)
      return response.status === 200 ? labels(response) : response.status
    }
    expect(await found('title__startswith=O')).toEqual(['One'])
    expect(await found(`author=${ann.pk}`)).toEqual(['One'])
    expect(await found(`editor__isnull=True&author__id=${ann.pk}`)).toEqual(['One'])
    expect(await found('id__in=1,2')).toEqual(['One', 'Two'])
    // The body is in no column and no filter.
    expect(await found('body__startswith=t')).toBe(303)
    expect(await found('author__email__startswith=a')).toBe(303)
  })
})

describe('the date hierarchy', () => {
  test('goes from years to days', async () => {
    const client = await superuser()
    const ann = await authorWithPosts(0)
    for (const [title, at] of Object.entries({ a: '2020-02-29T12:00', b: '2020-03-01T00:30', c: '2021-01-05T00:00' })) {
      await makePost(ann, title, { publishedAt: Temporal.Instant.from(`${at}Z`) })
    }
    const at = async (query: string) => {
      const response = await client.get(`/admin/blog/post/?o=1&${query}`)
      const { choices, trail, current } = listPage(response).dateHierarchy!
      return [
        labels(response).join(),
        choices.map(({ label }) => label).join(),
        trail.map(({ label }) => label).join(),
        current,
      ]
    }
    expect(await at('')).toEqual(['a,b,c', '2020,2021', '', null])
    expect(await at('publishedAt__year=2020')).toEqual(['a,b', 'February,March', '2020', null])
    expect(await at('publishedAt__year=2020&publishedAt__month=2')).toEqual(['a', '29', '2020,February 2020', null])
    expect(await at('publishedAt__year=2020&publishedAt__month=2&publishedAt__day=29')).toEqual([
      'a',
      '',
      '2020,February 2020,February 29, 2020',
      'February 29, 2020',
    ])
    const { choices, allUrl } = listPage(await client.get('/admin/blog/post/?publishedAt__year=2020&q=')).dateHierarchy!
    expect(choices[0]!.url).toBe('?q=&publishedAt__year=2020&publishedAt__month=2')
    expect(allUrl).toBe('?q=')
  })

  test('without dates there is nothing to choose', async () => {
    await authorWithPosts(1)
    expect(await Post.objects.count()).toBe(1)
    expect(listPage(await (await superuser()).get('/admin/blog/post/')).dateHierarchy!.choices).toEqual([])
  })
})
