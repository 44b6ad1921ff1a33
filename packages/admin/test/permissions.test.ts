import type { Client } from '@nuages/testing'
import { describe, expect } from 'vitest'
import type { IndexPage } from '../src/pages/index-page.ts'
import { Tag } from './project/blog/models.ts'
import { member, staff, superuser, superuserWithCsrf, test, visitor } from './site.ts'

/** What each page answers to GET and to POST. */
async function answers(client: Client): Promise<Record<string, number>> {
  await Tag.objects.create({ name: `t${Math.random()}` })
  const found: Record<string, number> = {}
  for (const page of ['', 'add/', '1/change/', '1/delete/', '1/history/']) {
    found[page || 'list'] = (await client.get(`/admin/blog/tag/${page}`)).status
  }
  found['POST add/'] = (await client.post('/admin/blog/tag/add/', { form: { name: 'new' } })).status
  found['POST 1/change/'] = (await client.post('/admin/blog/tag/1/change/', { form: { name: 'renamed' } })).status
  found['POST 1/delete/'] = (await client.post('/admin/blog/tag/1/delete/', { form: { post: 'yes' } })).status
  return found
}

describe('who may do what', () => {
  test('visitors are sent to sign in, whatever there is', async () => {
    expect(new Set(Object.values(await answers(visitor())))).toEqual(new Set([302]))
    expect((await visitor().get('/admin/nothing/at/all/')).status).toBe(302)
    expect((await visitor().get('/admin/blog/tag/99/change/')).status).toBe(302)
  })

  test('so is who is no member of the staff', async () => {
    expect(new Set(Object.values(await answers(await member())))).toEqual(new Set([302]))
  })

  test.for<[permission: string, expected: Record<string, number>]>([
    [
      'blog.view_post',
      {
        list: 403,
        'add/': 403,
        '1/change/': 403,
        '1/delete/': 403,
        '1/history/': 403,
        'POST add/': 403,
        'POST 1/change/': 403,
        'POST 1/delete/': 403,
      },
    ],
    [
      'blog.view_tag',
      {
        list: 200,
        'add/': 403,
        '1/change/': 200,
        '1/delete/': 403,
        '1/history/': 200,
        'POST add/': 403,
        'POST 1/change/': 403,
        'POST 1/delete/': 403,
      },
    ],
    [
      'blog.change_tag',
      {
        list: 200,
        'add/': 403,
        '1/change/': 200,
        '1/delete/': 403,
        '1/history/': 200,
        'POST add/': 403,
        'POST 1/change/': 303,
        'POST 1/delete/': 403,
      },
    ],
    [
      'blog.add_tag',
      {
        list: 403,
        'add/': 200,
        '1/change/': 403,
        '1/delete/': 403,
        '1/history/': 403,
        'POST add/': 303,
        'POST 1/change/': 403,
        'POST 1/delete/': 403,
      },
    ],
    [
      'blog.delete_tag',
      {
        list: 403,
        'add/': 403,
        '1/change/': 403,
        '1/delete/': 200,
        '1/history/': 403,
        'POST add/': 403,
        'POST 1/change/': 403,
        'POST 1/delete/': 303,
      },
    ],
  ])('staff with %s', async ([permission, expected]) => {
    expect(await answers(await staff(permission))).toEqual(expected)
  })

  test('a superuser may do everything', async () => {
    expect(Object.values(await answers(await superuser()))).toEqual([200, 200, 200, 200, 200, 303, 303, 303])
  })

  test('the front page and the navigation show what one may', async () => {
    const index = (await (await staff('blog.add_tag', 'blog.view_post')).get('/admin/')).context as unknown as IndexPage
    expect(
      index.apps.map(({ appLabel, models }) => [
        appLabel,
        models.map(({ modelName, url, addUrl }) => [modelName, url, addUrl]),
      ]),
    ).toEqual([
      [
        'blog',
        [
          ['post', '/admin/blog/post/', null],
          ['tag', null, '/admin/blog/tag/add/'],
        ],
      ],
    ])
    expect((await (await superuser()).get('/admin/')).context as unknown as IndexPage).toMatchObject({
      apps: [{ appLabel: 'auth' }, { appLabel: 'blog' }],
    })
  })

  test('an app of which one may see nothing is not there', async () => {
    const client = await staff('blog.view_post')
    expect((await client.get('/admin/blog/')).status).toBe(200)
    expect((await client.get('/admin/auth/')).status).toBe(404)
    expect((await client.get('/admin/nothing/')).status).toBe(404)
  })
})

describe('what every response has', () => {
  test('a strict policy, no cache, no frames', async () => {
    const client = await superuser()
    for (const url of [
      '/admin/',
      '/admin/blog/tag/',
      '/admin/blog/tag/9/change/',
      '/admin/autocomplete/?x=1',
      '/admin/logout/',
    ]) {
      const { headers } = await client.get(url)
      const policy = headers.get('Content-Security-Policy') ?? ''
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
      expect(headers.get('Cache-Control')).toBe('private, no-store')
    }
  })

  test('a POST without a CSRF token is refused', async () => {
    const client = await superuserWithCsrf()
    for (const url of [
      '/admin/blog/tag/add/',
      '/admin/logout/',
      '/admin/login/',
      '/admin/theme/',
      '/admin/blog/tag/',
    ]) {
      expect.soft([url, (await client.post(url, { form: { name: 'x' } })).status]).toEqual([url, 403])
    }
    expect(await Tag.objects.count()).toBe(0)
  })
})

test('who may look and delete has the way to it on the page', async () => {
  await Tag.objects.create({ name: 'red' })
  const page = await (await staff('blog.view_tag', 'blog.delete_tag')).get('/admin/blog/tag/1/change/')
  expect(page.text()).toContain('href="/admin/blog/tag/1/delete/"')
})

test('who may only look has not', async () => {
  await Tag.objects.create({ name: 'red' })
  const page = await (await staff('blog.view_tag')).get('/admin/blog/tag/1/change/')
  expect(page.text()).not.toContain('/delete/')
})
