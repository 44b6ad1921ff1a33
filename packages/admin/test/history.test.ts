import { LogEntry } from '@nuages/admin'
import { User } from '@nuages/auth'
import { ContentType } from '@nuages/contenttypes'
import { describe, expect, it } from 'vitest'
import { describeChange, readChangeMessage, writeChangeMessage } from '../src/log/change-message.ts'
import type { IndexPage } from '../src/pages/index-page.ts'
import { formFields } from './form-fields.ts'
import { historyPage } from './pages.ts'
import { Comment, Post } from './project/blog/models.ts'
import { authorWithPosts } from './samples.ts'
import { staff, superuser, test } from './site.ts'

const url = '/admin/blog/post/1/history/'

describe('history', () => {
  test('who changed what from what to what, newest first', async () => {
    const client = await superuser()
    await User.objects.filter({ username: 'root' }).update({ firstName: 'Ada', lastName: 'Byron' })
    await authorWithPosts(1)
    const change = '/admin/blog/post/1/change/'
    await client.post(change, { form: { ...formFields(await client.get(change)), title: 'Two' } })
    await client.post(change, {
      form: { ...formFields(await client.get(change)), 'comments-0-name': 'Cy', 'comments-0-body': 'x' },
    })
    const { entries, object } = historyPage(await client.get(url))
    expect(object).toEqual({ key: '1', label: 'Two', url: change })
    expect(entries).toMatchObject([
      {
        user: 'Ada Byron (root)',
        action: 'change',
        summary: 'Added comment “Cy: x”.',
        changes: [{ action: 'added', model: 'comment', object: 'Cy: x', fields: [] }],
      },
      {
        summary: 'Changed Title.',
        changes: [{ action: 'changed', model: null, fields: [{ label: 'Title', from: 'Post 1', to: 'Two' }] }],
      },
    ])
  })

  test('comes in pages', async () => {
    const client = await superuser()
    await authorWithPosts(1)
    const { pk: userId } = await User.objects.get({ username: 'root' })
    const contentTypeId = (await ContentType.objects.getForModel(Post)).pk
    for (let number = 0; number < 60; number++) {
      await LogEntry.objects.create({ userId, contentTypeId, objectId: '1', objectRepr: 'x', actionFlag: 2 })
    }
    expect(historyPage(await client.get(url))).toMatchObject({
      pagination: { numPages: 2, nextUrl: '?p=2', from: 1, to: 50 },
    })
    expect(historyPage(await client.get(`${url}?p=2`)).entries).toHaveLength(10)
    for (const p of ['9', 'x', '0', '']) expect((await client.get(url, { query: { p } })).status).toBe(200)
  })

  test('is for those who may see the row', async () => {
    await authorWithPosts(1)
    expect((await (await staff('blog.view_comment')).get(url)).status).toBe(403)
    expect((await (await superuser()).get('/admin/blog/post/9/history/')).status).toBe(404)
  })

  test('tells no more of inlines than the change page does', async () => {
    const client = await superuser()
    await authorWithPosts(1)
    await Comment.objects.create({ name: 'Cy', body: 'x', postId: 1 } as never)
    const change = '/admin/blog/post/1/change/'
    const form = { ...formFields(await client.get(change)), title: 'Two', 'comments-0-body': 'y' }
    await client.post(change, { form })
    const told = async (of: typeof client) =>
      historyPage(await of.get(url)).entries.flatMap(({ changes }) => changes.flatMap(({ fields }) => fields))
    const title = { label: 'Title', from: 'Post 1', to: 'Two' }
    expect(await told(client)).toEqual([title, { label: 'Body', from: 'x', to: 'y' }])
    expect(await told(await staff('blog.view_post'))).toEqual([title, { label: 'Body', from: null, to: null }])
  })

  test('what one did last is on the front page', async () => {
    const client = await superuser()
    await authorWithPosts(1)
    await client.post('/admin/blog/tag/add/', { form: { name: 'red' } })
    await client.post('/admin/blog/post/1/delete/', { form: { post: 'yes' } })
    const { recentActions } = (await client.get('/admin/')).context as unknown as IndexPage
    expect(recentActions).toMatchObject([
      { action: 'deletion', object: 'Post 1', model: 'post', url: null, summary: 'Deleted.' },
      { action: 'addition', object: 'red', model: 'tag', url: '/admin/blog/tag/1/change/', summary: 'Added.' },
    ])
    const other = await superuser('other')
    expect(((await other.get('/admin/')).context as unknown as IndexPage).recentActions).toEqual([])
  })
})

describe('messages of the log', () => {
  it.each([
    ['[{"added": {}}]', 'Added.'],
    ['[{"changed": {"fields": ["Title", "Body"]}}]', 'Changed Title and Body.'],
    ['[{"changed": {"name": "comment", "object": "x", "fields": ["Body"]}}]', 'Changed Body of comment “x”.'],
    ['[{"deleted": {"name": "comment", "object": "x"}}]', 'Deleted comment “x”.'],
    ['[]', 'No fields changed.'],
    ['Changed title.', 'Changed title.'],
    ['[not json', '[not json'],
    ['', ''],
    ['[1, null, {"changed": 3}, {"other": {}}]', 'No fields changed.'],
  ])("Django's %s is %s", (message, text) => {
    expect(describeChange(message)).toBe(text)
  })

  it('come back as they were written', () => {
    const records = [
      { action: 'changed' as const, fields: [{ label: 'Title', from: 'a', to: null }] },
      { action: 'ran' as const, name: 'Publish', object: '' },
    ]
    expect(readChangeMessage(writeChangeMessage(records))).toEqual(records)
  })
})
