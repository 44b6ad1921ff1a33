import { LogEntry } from '@nuages/admin'
import { describe, expect } from 'vitest'
import { confirmationPage, listPage, messagesIn } from '../pages.ts'
import { Author, Comment, Contract, Post, Tag } from '../project/blog/models.ts'
import { authorWithPosts, makePost } from '../samples.ts'
import { staff, superuser, test } from '../site.ts'

const url = '/admin/blog/post/?o=1'

async function keysOf(...titles: string[]): Promise<string[]> {
  const posts = await Post.objects.filter({ title__in: titles })
  return posts.map(({ pk }) => String(pk))
}

describe('actions', () => {
  test('are those that the user may run', async () => {
    await authorWithPosts(1)
    const namesFor = async (...permissions: string[]) => {
      const page = listPage(await (await staff(...permissions)).get(url))
      return page.actions?.choices.map(({ name }) => name) ?? null
    }
    expect(await namesFor('blog.change_post', 'blog.delete_post')).toEqual(['publish', 'empty', 'delete_selected'])
  })

  test('who may only look has those that need nothing', async () => {
    await authorWithPosts(1)
    const page = listPage(await (await staff('blog.view_post')).get(url))
    expect(page.actions?.choices.map(({ name }) => name)).toEqual(['empty'])
  })

  test('run on the chosen rows, and are noted', async () => {
    const client = await superuser()
    await authorWithPosts(3)
    const form = { action: 'publish', _selected_action: await keysOf('Post 1', 'Post 3') }
    const response = await client.post(url, { form })
    expect([response.status, response.headers.get('Location')]).toEqual([303, url])
    expect(messagesIn(await client.get(url))).toEqual(['2 posts were published.'])
    const posts = await Post.objects.orderBy('title')
    expect(posts.map(({ status }) => status)).toEqual(['published', 'draft', 'published'])
    const entries = await LogEntry.objects.orderBy('objectRepr')
    expect(entries.map((entry) => [entry.objectRepr, entry.describe()])).toEqual([
      ['Post 1', 'Ran “Publish”.'],
      ['Post 3', 'Ran “Publish”.'],
    ])
  })

  test('note that they deleted what is gone after them', async () => {
    const client = await superuser()
    for (const name of ['old red', 'blue']) await Tag.objects.create({ name })
    await client.post('/admin/blog/tag/', { form: { action: 'tidy', _selected_action: ['1', '2'] } })
    const entries = await LogEntry.objects.orderBy('objectRepr')
    expect(entries.map((entry) => [entry.objectRepr, entry.action, entry.describe()])).toEqual([
      ['blue', 'change', 'Ran “Tidy up”.'],
      ['old red', 'deletion', 'Ran “Tidy up”. Deleted.'],
    ])
  })

  test('run on all rows of the result, beyond the page', async () => {
    const client = await superuser()
    const ann = await authorWithPosts(15)
    await makePost(ann, 'Other')
    const list = '/admin/blog/post/?q=post'
    expect(listPage(await client.get(list)).actions).toMatchObject({
      acrossPages: true,
      acrossLabel: 'Select all 15 posts',
    })
    await client.post(list, { form: { action: 'publish', _selected_action: ['1'], select_across: '1' } })
    expect(await Post.objects.filter({ status: 'published' }).count()).toBe(15)
  })

  test('ask first where they say so', async () => {
    const client = await superuser()
    await makePost(await authorWithPosts(0), 'One', { body: 'text' })
    const form = { action: 'empty', _selected_action: ['1'] }
    const response = await client.post(url, { form })
    expect(confirmationPage(response)).toMatchObject({
      page: 'action-confirmation',
      message: 'Their text will be gone.',
      label: 'Empty',
      danger: true,
      deletion: null,
      count: 1,
      objects: [{ text: 'One', url: '/admin/blog/post/1/change/' }],
      hidden: [
        { name: 'action', value: 'empty' },
        { name: 'post', value: 'yes' },
        { name: '_selected_action', value: '1' },
      ],
    })
    expect((await Post.objects.get({ id: 1 })).body).toBe('text')
    await client.post(url, { form: { ...form, post: 'yes' } })
    expect((await Post.objects.get({ id: 1 })).body).toBe('')
    expect(messagesIn(await client.get(url))).toEqual(['Empty: done for 1 post.'])
  })

  test('without rows, or without an action, nothing happens', async () => {
    const client = await superuser()
    await authorWithPosts(1)
    await client.post(url, { form: { action: 'publish' } })
    expect(messagesIn(await client.get(url))).toEqual(['Choose some posts first; nothing was changed.'])
    for (const action of ['', 'nothing', 'toString', '__proto__']) {
      await client.post(url, { form: { action, _selected_action: ['1'] } })
      expect(messagesIn(await client.get(url))).toEqual(['Choose an action first.'])
    }
    for (const keys of [['99'], ['x'], ["1' OR 1=1"], ['99999999999999999999']]) {
      await client.post(url, { form: { action: 'publish', _selected_action: keys } })
      expect(messagesIn(await client.get(url))).toEqual(['Choose some posts first; nothing was changed.'])
    }
    expect((await Post.objects.get({ id: 1 })).status).toBe('draft')
  })

  test('reach no row that the list does not have', async () => {
    const client = await superuser()
    await Tag.objects.create({ name: 'secret' })
    await Tag.objects.create({ name: 'open' })
    const form = { action: 'delete_selected', _selected_action: ['1', '2'], post: 'yes' }
    await client.post('/admin/blog/tag/', { form })
    expect((await Tag.objects.all()).map(({ name }) => name)).toEqual(['secret'])
    await authorWithPosts(2)
    await client.post('/admin/blog/post/?title=Post%201', { form: { action: 'publish', _selected_action: ['1', '2'] } })
    expect((await Post.objects.orderBy('id')).map(({ status }) => status)).toEqual(['published', 'draft'])
  })
})

describe('deleting chosen rows', () => {
  test('shows what goes, then deletes and notes it', async () => {
    const client = await superuser()
    await authorWithPosts(3)
    await Comment.objects.create({ name: 'Bob', body: 'Hi', post: await Post.objects.get({ title: 'Post 1' }) })
    const form = { action: 'delete_selected', _selected_action: await keysOf('Post 1', 'Post 2') }
    const asked = confirmationPage(await client.post(url, { form }))
    expect(asked.deletion).toMatchObject({
      allowed: true,
      counts: [
        { label: 'posts', count: 2 },
        { label: 'comment', count: 1 },
      ],
    })
    expect(asked.message).toBe('2 posts will be deleted.')
    expect(await Post.objects.count()).toBe(3)
    const done = await client.post(url, { form: { ...form, post: 'yes' } })
    expect(done.status).toBe(303)
    expect((await Post.objects.all()).map(({ title }) => title)).toEqual(['Post 3'])
    expect(messagesIn(await client.get(url))).toEqual(['2 posts were deleted.'])
    expect((await LogEntry.objects.orderBy('id')).map((entry) => [entry.objectRepr, entry.describe()])).toEqual([
      ['Post 1', 'Deleted.'],
      ['Post 2', 'Deleted.'],
    ])
  })

  test('without the permission for what goes too, it is refused', async () => {
    const client = await staff('blog.delete_post', 'blog.view_post')
    await authorWithPosts(1)
    await Comment.objects.create({ name: 'Bob', body: 'Hi', post: await Post.objects.get({ title: 'Post 1' }) })
    const form = { action: 'delete_selected', _selected_action: ['1'] }
    const asked = confirmationPage(await client.post(url, { form }))
    expect(asked).toMatchObject({ allowed: false, deletion: { missingPermissions: ['comment'] } })
    expect((await client.post(url, { form: { ...form, post: 'yes' } })).status).toBe(403)
    expect(await Post.objects.count()).toBe(1)
  })

  test('rows that others protect stay, and so do rows that nobody may touch', async () => {
    const client = await superuser()
    const author = await authorWithPosts(0)
    await Contract.objects.create({ number: '7', author })
    const form = { action: 'delete_selected', _selected_action: [String(author.pk)] }
    const list = '/admin/blog/author/'
    expect(confirmationPage(await client.post(list, { form })).deletion).toMatchObject({
      allowed: false,
      protected: [{ model: 'contract', text: '7' }],
    })
    expect((await client.post(list, { form: { ...form, post: 'yes' } })).status).toBe(409)
    const locked = await Author.objects.create({ name: 'Locked' })
    const other = { action: 'delete_selected', _selected_action: [String(locked.pk)], post: 'yes' }
    expect((await client.post(list, { form: other })).status).toBe(403)
    expect(await Author.objects.count()).toBe(2)
  })
})

test('an action reaches no row with which its permission is refused', async () => {
  const client = await superuser()
  const born = Temporal.PlainDate.from('1990-01-01')
  const [ann, locked] = [
    await Author.objects.create({ name: 'Ann', born }),
    await Author.objects.create({ name: 'Locked', born }),
  ]
  const forget = (more: object) => client.post('/admin/blog/author/', { form: { action: 'forget', ...more } as never })
  expect((await forget({ _selected_action: [String(ann.pk), String(locked.pk)] })).status).toBe(403)
  expect((await forget({ select_across: '1' })).status).toBe(403)
  expect(await Author.objects.filter({ born__isnull: true }).count()).toBe(0)
  expect((await forget({ _selected_action: [String(ann.pk)] })).status).toBe(303)
  expect((await Author.objects.filter({ born__isnull: true })).map(String)).toEqual(['Ann'])
})
