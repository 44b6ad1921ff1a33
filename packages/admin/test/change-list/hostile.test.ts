import { describe, expect } from 'vitest'
import { formFields } from '../form-fields.ts'
import { deletePage, formPage, listPage, messagesIn } from '../pages.ts'
import { Author, Contract, Picture, Tag } from '../project/blog/models.ts'
import { authorWithPosts } from '../samples.ts'
import { member, superuser, test } from '../site.ts'

/** What a list does not have leads to the list without it, never to an error. */
describe('query strings that make no sense', () => {
  test.for([
    'p=0',
    'p=-1',
    'p=x',
    'p=99999999999999999999',
    'status__exact__foo=1',
    'nothing=1',
    'nothing__exact=1',
    'title__regex=(',
    'title__nope=1',
    'author__id__exact=x',
    'author__id__exact=99999999999999999999',
    'author__password=1',
    'author__posts__title=x',
    'isFeatured__exact=maybe',
    'rating__isempty=7',
    'publishedAt__gte=yesterday',
    'publishedAt__year=0',
    'publishedAt__year=20000',
    'publishedAt__year=-1',
    'publishedAt__year=2020&publishedAt__month=13',
    'publishedAt__year=2021&publishedAt__month=2&publishedAt__day=29',
    'publishedAt__month=2',
    'publishedAt__isnull=perhaps',
    'id__in=',
    'id__in=1,x',
    'id__isnull=2',
    '__=1',
    'title__=x',
    '=x',
    'pk=x',
    'constructor=1',
    '__proto__=1',
    'toString=1',
    'author__id__exact=1&author__id__exact=x',
    `title=${'x'.repeat(3000)}&title__year=1`,
    'author__posts__id=1',
  ])('%s', async (query) => {
    const client = await superuser()
    await authorWithPosts(1)
    const response = await client.get(`/admin/blog/post/?${query}`)
    expect(response.status).toBe(303)
    expect(response.headers.get('Location')).toBe('/admin/blog/post/')
    const [message] = messagesIn(await client.get('/admin/blog/post/'))
    expect(message).toMatch(/Here is the whole list\.$/)
  })

  test.for(['2', '999999999'])('page %s of one leads to the first, with what was searched for', async (number) => {
    const client = await superuser()
    await authorWithPosts(1)
    const response = await client.get(`/admin/blog/post/?p=${number}&q=&status__exact=draft&o=1`)
    expect([response.status, response.headers.get('Location')]).toEqual([
      303,
      '/admin/blog/post/?q=&status__exact=draft&o=1',
    ])
    const [message] = messagesIn(await client.get('/admin/blog/post/'))
    expect(message).toBe(`There is no page ${number}. Here is the first.`)
  })

  test.for([
    'q=%F0%9F%98%80',
    'q=%22',
    'q=%5C',
    `q=${'9'.repeat(60)}`,
    'status__exact=%27',
    'all=1',
    'o=..',
    'author__id__exact=99',
    '_popup=1',
  ])('%s is answered', async (query) => {
    const client = await superuser()
    await authorWithPosts(1)
    expect((await client.get(`/admin/blog/post/?${query}`)).status).toBe(200)
  })

  test.for([
    ['title__contains', 'x'.repeat(60_000), 303],
    ['id__in', Array.from({ length: 40_000 }, (_, index) => index).join(), 303],
    ['q', 'x'.repeat(60_000), 200],
  ] as const)('a long $0', async ([name, value, status]) => {
    const client = await superuser()
    await authorWithPosts(1)
    expect((await client.get('/admin/blog/post/', { query: { [name]: value } })).status).toBe(status)
  })

  test('a popup stays one', async () => {
    const response = await (await superuser()).get('/admin/blog/post/?_popup=1&nothing=1')
    expect(response.headers.get('Location')).toBe('/admin/blog/post/?_popup=1')
  })

  test('a query that is no UTF-8, or has a NUL, is a bad request', async () => {
    const client = await superuser()
    for (const query of ['title__contains=%00', 'title=%00', 'q=%00']) {
      expect((await client.get(`/admin/blog/post/?${query}`)).status).toBe(400)
    }
    expect((await client.get('/admin/blog/post/?q=%ff')).status).toBe(400)
  })

  test.for([
    '/admin/nothing/',
    '/admin/blog/nothing/',
    '/admin/blog/post/1/nothing/',
    '/admin/x/y/z/a/b/',
    '/admin/blog/post/x/change/',
    '/admin/blog/post/1_ZZ/change/',
    '/admin/blog/post/%00/change/',
    '/admin/blog/post/_00/delete/',
    '/admin/blog/post/99999999999999999999/history/',
    '/admin/blog/__proto__/',
    '/admin/auth/permission/',
  ])('%s is not there', async (path) => {
    const client = await superuser()
    expect((await client.get(path)).status).toBe(404)
  })
})

describe('what is not to be found out', () => {
  test('a column of the project that is called like a field allows no lookups on that', async () => {
    const client = await superuser()
    const contracts = '/admin/blog/contract/'
    expect((await client.get(contracts)).text()).toContain('hidden')
    expect((await client.get(`${contracts}?author__email__startswith=a`)).status).toBe(303)
  })

  test('filters do not name what only rows beyond getQueryset have', async () => {
    const client = await superuser()
    for (const title of ['red', 'blue', 'secret']) await Picture.objects.create({ title })
    const [filter] = listPage(await client.get('/admin/blog/picture/')).filters
    expect(filter!.choices.map(({ label }) => label)).toEqual(['All', 'blue', 'red'])
  })

  test('a filter does not tell what a row is called that the other admin does not show', async () => {
    const client = await member()
    const [red, secret] = [await Tag.objects.create({ name: 'red' }), await Tag.objects.create({ name: 'secret' })]
    const current = async ({ pk }: Tag) =>
      listPage(await client.get(`/desk/blog/post/?tags__id__exact=${pk}`)).filters[0]!.current
    expect([await current(red), await current(secret)]).toEqual(['red', null])
  })
})

describe('keys that are hard to write', () => {
  test.for(['a/b', 'a%2Fb', '_41', '_', '.', '..', '', ' ', 'a,b', '\'"<b>', 'a\nb', '?#', '💥'])(
    '%j leads to its row',
    async (number) => {
      const client = await superuser()
      await Contract.objects.create({ number, author: await Author.objects.create({ name: 'Ann' }) })
      const { url, label } = listPage(await client.get('/admin/blog/contract/')).rows[0]!
      expect(label.trim()).not.toBe('')
      expect(new URL(url!, 'http://testserver').pathname).toBe(url)
      expect(formPage(await client.get(url!)).object).toEqual({ key: number, label })
    },
  )
})

test('a row without words still has links', async () => {
  const client = await superuser()
  const { pk } = await Author.objects.create({ name: ' \u200b' })
  const url = `/admin/blog/author/${pk}/`
  expect(deletePage(await client.get(`${url}delete/`)).breadcrumbs.at(-2)!.label).toBe(`Author object (${pk})`)
  await client.post(`${url}change/`, { form: { ...formFields(await client.get(`${url}change/`)), name: '\u200b' } })
  expect(messagesIn(await client.get('/admin/'))).toEqual([`The author Author object (${pk}) was changed.`])
})
