import { Client } from 'nuages/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { Comment, Post } from '../blog/models.ts'
import { openSite } from './site.ts'

let reader: Client
beforeAll(async () => {
  reader = new Client(await openSite())
})

const post = '/posts/the-green-flash/'
const send = (form: Record<string, string>, path = post) => reader.post(`${path}comment/`, { form })
const errors = (html: string): string[] => [...html.matchAll(/<li>([^<]*)<\/li><\/ul>/g)].map((match) => match[1]!)

test('a comment is thanked for, and hidden until somebody has approved it', async () => {
  const form = { name: 'Yann', email: 'yann@example.org', body: 'Seen it.\n\nTwice.' }
  const response = await reader.post(`${post}comment/`, { form, follow: true })
  expect(response.redirectChain).toMatchObject([{ status: 303 }])
  expect(response.text()).toContain('Your comment is shown once somebody has read it.')
  expect(response.text()).toContain('No comments')

  await Comment.objects.filter({ name: 'Yann' }).update({ isApproved: true })
  const html = (await reader.get(post)).text()
  expect(html).toContain('<h2 id="comments-title">1 comment</h2>')
  expect(html).toContain('<div class="comment__body"><p>Seen it.</p>\n\n<p>Twice.</p></div>')
  expect(html).not.toContain('yann@example.org')
  expect(html).not.toContain('has read it.</li>')
})

test('nobody approves their own', async () => {
  await send({ name: 'Sly', body: 'Me first.', isApproved: 'on', created: '2001-01-01T00:00', id: '1' })
  const sly = await Comment.objects.get({ name: 'Sly' })
  expect([sly.isApproved, sly.created.toString().startsWith('2001')]).toEqual([false, false])
})

test('what was typed is printed, never run, in whatever script', async () => {
  const body = '<script>alert(1)</script> & {{ 7 * 7 }}\n여우비 🌦️ مطر'
  await send({ name: '<b>이하늘</b>', body })
  await Comment.objects.filter({ name: '<b>이하늘</b>' }).update({ isApproved: true })
  const html = (await reader.get(post)).text()
  expect(html).toContain('<strong>&lt;b&gt;이하늘&lt;/b&gt;</strong>')
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7 * 7 }}<br>여우비 🌦️ مطر')
  expect(html).not.toContain('<script')
})

describe('is shown again, with its errors and what was typed', () => {
  test.each([
    ['nothing at all', {}, 2],
    ['an empty text', { name: 'Kept name', body: ' \n ' }, 1],
    ['a name that is too long', { name: 'x'.repeat(81), body: 'Kept text' }, 1],
    ['an address that is none', { name: 'Kept name', email: 'nope', body: 'Kept text' }, 1],
  ])('%s', async (_what, form: Record<string, string>, count) => {
    const before = await Comment.objects.count()
    const response = await send(form)
    expect(response.status).toBe(200)
    expect(errors(response.text())).toHaveLength(count)
    for (const [name, value] of Object.entries(form)) {
      if (value.startsWith('Kept')) expect(response.text(), name).toContain(value)
    }
    expect(response.text()).toContain('<h1>The green flash</h1>')
    expect(await Comment.objects.count()).toBe(before)
  })
})

test('comments belong under posts that readers can see', async () => {
  for (const path of ['/posts/to-be-opened-in-ten-years/', '/posts/a-lexicon-of-polish-snow/', '/posts/nothing/']) {
    expect((await send({ name: 'Yann', body: 'Hidden' }, path)).status).toBe(404)
  }
  expect(await Comment.objects.filter({ body: 'Hidden' }).count()).toBe(0)
  expect((await reader.get(`${post}comment/`)).status).toBe(405)
})

test('they go with their post', async () => {
  const { id } = await Post.objects.get({ slug: 'the-green-flash' })
  expect(await Comment.objects.filter({ post__id: id }).count()).toBeGreaterThan(0)
  await Post.objects.filter({ id }).delete()
  expect(await Comment.objects.filter({ post__id: id }).count()).toBe(0)
})
