import { AlreadyRegistered, admin, NotRegistered } from '@nuages/admin'
import { afterEach, describe, expect } from 'vitest'
import { formFields } from './form-fields.ts'
import { formPage, labels, listPage } from './pages.ts'
import { Author, Comment, Note, Post, Tag } from './project/blog/models.ts'
import { calls, editors } from './project/editors.ts'
import { authorWithPosts } from './samples.ts'
import { member, test, visitor } from './site.ts'

afterEach(() => {
  calls.length = 0
})

describe('a site of its own', () => {
  test('has its own models, addresses, words and people', async () => {
    expect((await visitor().get('/desk/')).headers.get('Location')).toBe('/desk/login/?next=%2Fdesk%2F')
    const client = await member()
    const index = await client.get('/desk/')
    expect(index.status).toBe(200)
    expect(index.context).toMatchObject({
      site: { title: 'Editors', header: 'The desk', urls: { index: '/desk/', viewSite: null } },
    })
    expect(index.context['apps']).toMatchObject([{ models: [{ modelName: 'post', url: '/desk/blog/post/' }] }])
    expect((await client.get('/admin/')).status).toBe(302)
    expect((await client.get('/desk/auth/user/')).status).toBe(404)
    expect((await client.get('/desk/blog/tag/')).status).toBe(403)
  })

  test('registers a model once', () => {
    expect(() => editors.register(Tag)).toThrow(AlreadyRegistered)
    expect(() => editors.unregister(Note)).toThrow(NotRegistered)
    expect([admin.isRegistered(Tag), admin.isRegistered(Note)]).toEqual([true, false])
    editors.register(Note)
    editors.unregister(Note)
    expect(editors.isRegistered(Note)).toBe(false)
  })
})

describe('options of the list', () => {
  test('links, order, empty values, actions', async () => {
    const client = await member()
    await authorWithPosts(2)
    const page = listPage(await client.get('/desk/blog/post/'))
    expect(page.columns.map(({ sort }) => sort !== null)).toEqual([false, false, false, true])
    expect(page.rows[0]!.cells.map(({ link }) => link)).toEqual([null, null, null, null])
    expect(page.rows[0]!.cells[1]!.value).toEqual({ kind: 'empty', text: '?' })
    expect(page.rows[0]!.url).toBe('/desk/blog/post/1/change/')
    expect(page.actions!.choices.map(({ name }) => name)).toEqual(['export', 'nothing'])
    expect([page.actionsOnTop, page.actionsOnBottom]).toEqual([false, true])
    const run = (action: string) => client.post('/desk/blog/post/', { form: { action, _selected_action: ['1'] } })
    expect((await run('export')).text()).toBe('Post 1')
    expect((await run('nothing')).status).toBe(303)
    await run('delete_selected')
    expect(labels(await client.get('/desk/blog/post/'))).toEqual(['Post 1', 'Post 2'])
  })
})

describe('options of the form', () => {
  test('a form of the project, its fields and its checks', async () => {
    const client = await member()
    const author = await authorWithPosts(0)
    const url = '/desk/blog/post/add/'
    const opened = await client.get(url)
    const cells = formPage(opened).fieldsets[0]!.lines.flatMap((line) => line.cells)
    expect(cells.map(({ name }) => name)).toEqual(['title', 'slug', 'author', 'editor', 'tags', 'status', 'isUrgent'])
    expect(cells[0]).toMatchObject({ field: { label: 'Headline' } })
    const html = opened.text()
    expect(html).toMatch(/<input type="radio" name="status"/)
    expect(html).toMatch(/<select name="editor"/)
    expect(html).toMatch(/<input type="text" name="author"/)
    expect(html).not.toContain('field=author"')
    const form = { ...formFields(opened), title: 'Loud!', slug: 'x', author: String(author.pk), isUrgent: 'on' }
    expect(formPage(await client.post(url, { form })).errorSummary).toMatchObject([
      { label: 'Headline', message: 'Do not shout.' },
    ])
    const added = await client.post(url, { form: { ...form, title: 'Calm' } })
    expect(added.text()).toBe('added Calm')
    expect((await Post.objects.get({ title: 'Calm' })).isFeatured).toBe(true)
    expect(calls).toEqual(['saveModel false true', 'saveRelated 0'])
  })

  test('hooks around saving and deleting', async () => {
    const client = await member()
    await authorWithPosts(1)
    const tag = await Tag.objects.create({ name: 'red' })
    const url = '/desk/blog/post/1/change/'
    const opened = await client.get(url)
    expect(formPage(opened).buttons.onTop).toBe(true)
    expect(opened.text()).toMatch(/<input type="checkbox" name="tags" value="1"/)
    const saved = await client.post(url, { form: { ...formFields(opened), tags: [String(tag.pk)] } })
    expect([saved.status, saved.headers.get('X-Changed')]).toEqual([303, 'yes'])
    expect(await (await Post.objects.get({ id: 1 })).tags.count()).toBe(1)
    await client.post('/desk/blog/post/1/delete/', { form: { post: 'yes' } })
    expect(calls).toEqual(['saveModel true false', 'saveRelated 0', 'deleteModel'])
  })

  test('what the database refuses is an error of the form, and nothing is saved', async () => {
    const client = await member()
    const author = await authorWithPosts(1)
    const management = { 'comments-TOTAL_FORMS': '0', 'comments-INITIAL_FORMS': '0' }
    const form = { title: 'Clash', slug: 'free', author: String(author.pk), status: 'draft', ...management }
    const response = await client.post('/desk/blog/post/add/', { form })
    expect(response.status).toBe(200)
    expect(formPage(response).errorSummary).toMatchObject([{ label: 'Slug', target: 'id_slug' }])
    expect(await Post.objects.count()).toBe(1)
    for (const title of ['Broken', 'Half']) {
      await expect(client.post('/desk/blog/post/add/', { form: { ...form, title } })).rejects.toThrow('a fault')
    }
    expect(await Post.objects.count()).toBe(1)
  })

  test('fields, exclude and readonly fields of the row', async () => {
    const client = await member()
    await Author.objects.create({ name: 'Ann' })
    const page = formPage(await client.get('/desk/blog/author/1/change/'))
    const [first, second] = page.fieldsets[0]!.lines
    expect(first!.cells).toMatchObject([{ kind: 'readonly', name: 'name', value: { text: 'Ann' } }])
    expect(second!.cells).toMatchObject([{ kind: 'field', name: 'email' }])
    await client.post('/desk/blog/author/1/change/', {
      form: { name: 'Sly', email: 'a@example.com', website: 'https://x.example' },
    })
    const ann = await Author.objects.get({ id: 1 })
    expect([ann.name, ann.email, ann.website]).toEqual(['Ann', 'a@example.com', ''])
  })

  test('options of an inline', async () => {
    const client = await member()
    await authorWithPosts(1)
    const post = await Post.objects.get({ id: 1 })
    await Comment.objects.create({ name: 'Bob', body: 'Hi', post })
    const opened = await client.get('/desk/blog/post/1/change/')
    const [inline] = formPage(opened).inlines
    expect(inline).toMatchObject({ maxNum: 2, canDelete: false, headers: [{ name: 'name' }] })
    const form = { ...formFields(opened), 'comments-TOTAL_FORMS': '3' }
    for (const [index, name] of ['Bob', 'Cy', 'Dee'].entries())
      Object.assign(form, { [`comments-${index}-name`]: name })
    expect((await client.post('/desk/blog/post/1/change/', { form })).status).toBe(200)
    expect(await Comment.objects.count()).toBe(1)
  })
})

describe("pages of the project's own", () => {
  test('stand under a row', async () => {
    const client = await member()
    await authorWithPosts(1)
    expect(formPage(await client.get('/desk/blog/post/1/change/')).tools).toEqual([
      { label: 'Preview', url: '/desk/blog/post/1/preview/' },
      { label: 'History', url: '/desk/blog/post/1/history/' },
      { label: 'View on site', url: 'https://example.com/post-1' },
    ])
    expect((await client.get('/desk/blog/post/1/preview/')).text()).toBe('<h1>Post 1</h1>')
    expect((await client.get('/desk/blog/post/1/secret/')).status).toBe(200)
    for (const page of ['nothing', 'toString', '__proto__']) {
      expect((await client.get(`/desk/blog/post/1/${page}/`)).status).toBe(404)
    }
    expect((await client.get('/desk/blog/post/9/preview/')).status).toBe(404)
  })
})
