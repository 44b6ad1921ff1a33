import { LogEntry } from '@nuages/admin'
import { describe, expect } from 'vitest'
import { deletePage, messagesIn } from './pages.ts'
import { Author, Comment, Contract, Post } from './project/blog/models.ts'
import { authorWithPosts, makePost } from './samples.ts'
import { staff, superuser, test } from './site.ts'

describe('deleting a row', () => {
  test('shows all that goes and what stays without it', async () => {
    const client = await superuser()
    const author = await authorWithPosts(2)
    await makePost(await Author.objects.create({ name: 'Bob' }), 'Edited', { editor: author } as never)
    await Comment.objects.create({ name: 'Cy', body: 'Hi', post: await Post.objects.get({ title: 'Post 1' }) })
    const page = deletePage(await client.get(`/admin/blog/author/${author.pk}/delete/`))
    expect(page.deletion).toMatchObject({
      allowed: true,
      more: 0,
      counts: [
        { label: 'author', count: 1 },
        { label: 'posts', count: 2 },
        { label: 'comment', count: 1 },
      ],
      changed: [{ label: 'post', count: 1 }],
      protected: [],
      missingPermissions: [],
      nodes: [
        {
          model: 'author',
          text: 'Ann Archer',
          url: `/admin/blog/author/${author.pk}/change/`,
          children: [
            { model: 'post', text: 'Post 1', children: [{ model: 'comment', text: 'Cy: Hi', children: [] }] },
            { model: 'post', text: 'Post 2', children: [] },
          ],
        },
      ],
    })
    expect(page.cancelUrl).toBe(`/admin/blog/author/${author.pk}/change/`)
    expect(await Author.objects.count()).toBe(2)
  })

  test('lists no more than a page can hold', async () => {
    const client = await superuser()
    const author = await authorWithPosts(120)
    const { deletion } = deletePage(await client.get(`/admin/blog/author/${author.pk}/delete/`))
    expect(deletion.nodes[0]!.children).toHaveLength(99)
    expect(deletion.more).toBe(21)
  })

  test('goes, is noted, and leads to the list as it was', async () => {
    const client = await superuser()
    await authorWithPosts(1)
    const url = '/admin/blog/post/1/delete/?_changelist_filters=o%3D1'
    const response = await client.post(url, { form: { post: 'yes' } })
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/admin/blog/post/?o=1'])
    expect(messagesIn(await client.get('/admin/blog/post/'))).toEqual(['The post “Post 1” was deleted.'])
    expect(await Post.objects.count()).toBe(0)
    const [entry] = await LogEntry.objects.all()
    expect([entry!.action, entry!.objectRepr, entry!.objectId]).toEqual(['deletion', 'Post 1', '1'])
  })

  test('a row that another protects stays', async () => {
    const client = await superuser()
    const author = await authorWithPosts(0)
    await Contract.objects.create({ number: '7', author })
    const url = `/admin/blog/author/${author.pk}/delete/`
    expect(deletePage(await client.get(url)).deletion).toMatchObject({
      allowed: false,
      protected: [{ model: 'contract', text: '7', url: '/admin/blog/contract/7/change/' }],
    })
    expect((await client.post(url, { form: { post: 'yes' } })).status).toBe(409)
    expect(await Author.objects.count()).toBe(1)
  })

  test('needs the permission for all that goes', async () => {
    const author = await authorWithPosts(1)
    const client = await staff('blog.delete_author', 'blog.view_author')
    const url = `/admin/blog/author/${author.pk}/delete/`
    expect(deletePage(await client.get(url)).deletion).toMatchObject({ allowed: false, missingPermissions: ['post'] })
    expect((await client.post(url, { form: { post: 'yes' } })).status).toBe(403)
    expect((await client.get('/admin/blog/post/1/delete/')).status).toBe(403)
    expect(await Author.objects.count()).toBe(1)
  })

  test('in a popup, tells the window that opened it', async () => {
    const client = await superuser()
    await authorWithPosts(1)
    const response = await client.post('/admin/blog/post/1/delete/?_popup=1', { form: { post: 'yes' } })
    expect(JSON.parse(response.context['result'] as string)).toEqual({ action: 'delete', value: '1', text: 'Post 1' })
  })
})
