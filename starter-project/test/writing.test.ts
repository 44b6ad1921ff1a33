import type { Application } from 'nuages/gateway'
import { assertNumQueries, Client } from 'nuages/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { Comment, Post, Tag } from '../blog/models.ts'
import { openSite, signedIn } from './site.ts'

let application: Application
let maud: Client
let reader: Client
beforeAll(async () => {
  application = await openSite()
  maud = await signedIn(application, 'maud-lenoir')
  reader = await signedIn(application, 'a-reader')
})

const sora = '/posts/hangul-for-rain/'
const written = { title: 'Low cloud', summary: 'In short.', body: 'At length.', cloud: 'stratus' }
const alerts = (html: string): string[] =>
  [...html.matchAll(/<ul class="errorlist[^>]*>(.*?)<\/ul>/gs)].map((match) => match[1]!.replace(/<[^>]+>/g, ''))

describe('who may write', () => {
  const pages = ['/write/', '/write/new/', '/posts/the-green-flash/edit/', '/posts/the-green-flash/delete/']

  test.each(pages)('%s sends who is not logged in to do so, and back', async (path) => {
    const { status, headers } = await new Client(application).get(path)
    expect([status, headers.get('Location')]).toEqual([302, `/accounts/login/?next=${path}`])
  })

  test('whoever signs in comes back to where they wanted to go', async () => {
    const form = { username: 'demo@example.com', password: 'mackerel-sky', next: '/write/new/' }
    const response = await new Client(application).post('/accounts/login/', { form, follow: true })
    expect(response.redirectChain.map(({ url }) => new URL(url).pathname)).toEqual(['/write/new/'])
    expect(response.text()).toContain('Logged in as <strong>Maud Lenoir</strong>')
  })

  test.each(['https://elsewhere.example/', '//elsewhere.example/', '/\\elsewhere.example/', 'javascript:alert(1)'])(
    'and never to %s',
    async (next) => {
      const form = { username: 'demo@example.com', password: 'mackerel-sky', next }
      const { status, headers } = await new Client(application).post('/accounts/login/', { form })
      expect([status, headers.get('Location')]).toEqual([303, '/'])
    },
  )

  test.each(pages)('%s refuses a user who is no author', async (path) => {
    const response = await reader.get(path)
    expect(response.status).toBe(403)
    expect(response.text()).toContain('<strong>a-reader@example.com</strong>, who is no author')
    expect((await reader.post(path, { form: written })).status).toBe(403)
  })

  test.each(['edit', 'delete'])('the posts of others are not there to %s', async (what) => {
    expect((await maud.get(`${sora}${what}/`)).status).toBe(404)
    expect((await maud.post(`${sora}${what}/`, { form: { ...written, title: 'Mine' } })).status).toBe(404)
    expect(await Post.objects.filter({ slug: 'hangul-for-rain', title: 'Hangul for rain' }).count()).toBe(1)
  })

  test('whoever is logged in sees their own way in, others see none of it', async () => {
    expect((await new Client(application).get('/about/')).text()).not.toContain('/write/')
    expect((await maud.get('/about/')).text()).toContain('href="/write/"')
    expect((await reader.get('/about/')).text()).not.toContain('/write/')
    expect((await maud.get('/posts/the-green-flash/')).text()).toContain('href="/posts/the-green-flash/edit/"')
    expect((await maud.get(sora)).text()).not.toContain(`${sora}edit/`)
  })

  test('signing out takes a form, and ends it', async () => {
    const client = await signedIn(application, 'maud-lenoir')
    expect((await client.get('/accounts/logout/')).status).toBe(405)
    expect((await client.post('/accounts/logout/')).text()).toContain('You are logged out')
    expect((await client.get('/write/')).status).toBe(302)
  })
})

describe('the list', () => {
  test('has the own posts alone, drafts and the future first', async () => {
    await Post.objects.filter({ slug: 'the-green-flash' }).update({ isDraft: true })
    const response = await assertNumQueries(6, () => maud.get('/write/'))
    const html = response.text()
    await Post.objects.filter({ slug: 'the-green-flash' }).update({ isDraft: false })
    const titles = [...html.matchAll(/class="lines__title"[^>]*>(.*?)<\/a>/g)].map((match) => match[1])
    expect(titles.slice(0, 2)).toEqual(['The green flash', 'To be opened in ten years'])
    expect(html).toContain('<span class="state state--draft">Draft</span>')
    expect(html).toContain('<span class="state state--planned">Planned</span>')
    expect(html).not.toContain('Hangul for rain')
  })
})

describe('a new post', () => {
  test('is saved for its author, with its tags, and seen at once if it is no draft', async () => {
    const [rain, sea] = await Tag.objects.filter({ slug__in: ['rain', 'sea'] })
    const form = { ...written, title: 'Hello, Wörld!', tags: [rain!.id, sea!.id] }
    const response = await maud.post('/write/new/', { form, follow: true })
    expect(response.redirectChain.map(({ url, status }) => [new URL(url).pathname, status])).toEqual([
      ['/posts/hello-world/', 303],
    ])
    expect(response.text()).toContain('“Hello, Wörld!” is saved.')
    const post = await Post.objects.selectRelated('author').get({ slug: 'hello-world' })
    expect([post.author.slug, (await post.tags).map(({ slug }) => slug)]).toEqual(['maud-lenoir', ['rain', 'sea']])
    expect((await maud.get('/posts/hello-world/')).text()).not.toContain('is saved.')
  })

  test('stays with its author while it is a draft', async () => {
    const response = await maud.post('/write/new/', { form: { ...written, isDraft: 'on' }, follow: true })
    expect(new URL(response.url).pathname).toBe('/write/')
    expect((await new Client(application).get('/posts/low-cloud/')).status).toBe(404)
  })

  test('cannot be made in the name of another', async () => {
    const form = { ...written, title: 'Not mine', author: 1, id: 1, created: '2001-01-01T00:00' }
    await maud.post('/write/new/', { form })
    const post = await Post.objects.selectRelated('author').get({ slug: 'not-mine' })
    expect(post.author.slug).toBe('maud-lenoir')
    expect(post.created.toString()).not.toContain('2001')
  })

  test('gets an address of its own', async () => {
    const addresses = []
    for (const title of ['The green flash', 'The green flash', 'x'.repeat(90)]) {
      addresses.push((await maud.post('/write/new/', { form: { ...written, title } })).headers.get('Location'))
    }
    expect(addresses).toEqual(['/posts/the-green-flash-2/', '/posts/the-green-flash-3/', `/posts/${'x'.repeat(46)}/`])
  })

  test.each([
    ['a title that makes no address', { title: '여우비' }, ['No address can be made of this title: type one.']],
    ['an address that is taken', { slug: 'counting-oktas' }, [expect.stringContaining('already')]],
    ['no text', { body: '  ' }, ['This field is required.']],
    ['a title that is too long', { title: 'x'.repeat(201) }, [expect.stringContaining('200')]],
    ['a sky that nobody has drawn', { cloud: 'fog' }, [expect.stringContaining('fog')]],
    ['a tag that is not there', { tags: [987654] }, [expect.stringContaining('987654')]],
    ['a date that is none', { publishedAt: 'soon' }, [expect.any(String)]],
  ])('with %s is shown again, with what was typed', async (_what, change, errors) => {
    const before = await Post.objects.count()
    const response = await maud.post('/write/new/', { form: { ...written, summary: 'Kept & "quoted".', ...change } })
    expect(response.status).toBe(200)
    expect(alerts(response.text())).toEqual(errors)
    expect(response.text()).toContain('Kept &amp; &quot;quoted&quot;.')
    expect(await Post.objects.count()).toBe(before)
  })
})

test('a text with NUL, which no browser sends, is a bad request', async () => {
  const before = await Post.objects.count()
  expect((await maud.post('/write/new/', { form: { ...written, title: 'a\0b' } })).status).toBe(400)
  expect(await Post.objects.count()).toBe(before)
})

describe('an edit', () => {
  const path = '/posts/letters-to-a-lighthouse/edit/'

  const versionOn = (html: string): string => /name="_version" value="([^"]+)"/.exec(html)![1]!

  /** What a browser would send back of the page as it is. */
  async function opened() {
    const post = await Post.objects.get({ slug: 'letters-to-a-lighthouse' })
    const { title, slug, summary, body, cloud } = post
    const tags = (await post.tags).map(({ id }) => id)
    const _version = versionOn((await maud.get(path)).text())
    return { title, slug, summary, body, cloud, tags, publishedAt: '2024-12-09T20:40', _version }
  }

  test('is saved, and the post is where it was', async () => {
    const form = await opened()
    const response = await maud.post(path, { form: { ...form, title: 'Letters to two lighthouses' } })
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/posts/letters-to-a-lighthouse/'])
    expect((await maud.get('/posts/letters-to-a-lighthouse/')).text()).toContain('<h1>Letters to two lighthouses</h1>')
  })

  test('of what another changed meanwhile is told so, and nothing of either is lost', async () => {
    const form = await opened()
    await Post.objects.filter({ slug: 'letters-to-a-lighthouse' }).update({ summary: 'The other’s summary.' })
    const mine = { ...form, summary: 'My summary.', body: 'My text.' }

    const told = await maud.post(path, { form: mine })
    expect(told.status).toBe(200)
    expect(alerts(told.text())[0]).toMatch(/Somebody else changed this post.*“The other’s summary\.”/)
    expect(told.text()).toContain('My summary.</textarea>')
    expect(told.text()).toContain('My text.</textarea>')
    expect((await Post.objects.get({ slug: 'letters-to-a-lighthouse' })).summary).toBe('The other’s summary.')

    const again = { ...mine, _version: versionOn(told.text()) }
    expect((await maud.post(path, { form: again })).status).toBe(303)
    expect((await Post.objects.get({ slug: 'letters-to-a-lighthouse' })).summary).toBe('My summary.')
  })
})

test('a post that is deleted takes its comments along, after the question', async () => {
  const post = await Post.objects.get({ slug: 'november-needs-no-improvement' })
  const page = await maud.get('/posts/november-needs-no-improvement/delete/')
  expect(page.text()).toContain('“November needs no improvement” and its 1 comment will be gone for good.')
  expect(await Post.objects.filter({ id: post.id }).count()).toBe(1)
  const response = await maud.post('/posts/november-needs-no-improvement/delete/', { follow: true })
  expect(new URL(response.url).pathname).toBe('/write/')
  expect(response.text()).toContain('“November needs no improvement” is deleted.')
  expect([
    await Post.objects.filter({ id: post.id }).count(),
    await Comment.objects.filter({ post__id: post.id }).count(),
  ]).toEqual([0, 0])
})
