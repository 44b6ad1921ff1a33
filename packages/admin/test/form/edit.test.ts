import { LogEntry } from '@nuages/admin'
import { describe, expect } from 'vitest'
import { formFields } from '../form-fields.ts'
import { formPage, messagesIn } from '../pages.ts'
import { Author, Comment, Contract, Note, Post, Tag } from '../project/blog/models.ts'
import { authorWithPosts, makePost } from '../samples.ts'
import { staff, superuser, test } from '../site.ts'

const add = '/admin/blog/post/add/'

describe('adding', () => {
  test('a row with its relations, and where the buttons lead', async () => {
    const client = await superuser()
    const author = await authorWithPosts(0)
    const tags = [await Tag.objects.create({ name: 'a' }), await Tag.objects.create({ name: 'b' })]
    const empty = formFields(await client.get(add))
    const filled = {
      ...empty,
      title: 'One',
      slug: 'one',
      author: String(author.pk),
      tags: `${tags[0]!.pk}, ${tags[1]!.pk}`,
    }
    const response = await client.post(add, { form: { ...filled, _save: '1' } })
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/admin/blog/post/'])
    expect(messagesIn(await client.get('/admin/blog/post/'))).toEqual(['The post One was added.'])
    const post = await Post.objects.get({ title: 'One' })
    expect(await post.tags.count()).toBe(2)
    expect(post.authorId).toBe(author.pk)

    const location = async (button: string, slug: string) =>
      (await client.post(add, { form: { ...filled, slug, [button]: '1' } })).headers.get('Location')
    expect(await location('_continue', 'two')).toBe('/admin/blog/post/2/change/')
    expect(await location('_addanother', 'three')).toBe(add)
    const [first] = await LogEntry.objects.orderBy('id')
    expect([first!.action, first!.describe(), first!.objectId]).toEqual(['addition', 'Added.', '1'])
  })

  test('errors keep the input, and are told above and beside it', async () => {
    const client = await superuser()
    await makePost(await authorWithPosts(0), 'Taken')
    const form = {
      ...formFields(await client.get(add)),
      title: 'x'.repeat(201),
      slug: 'taken',
      author: '99',
      rating: 'many',
      body: '<b>',
    }
    const response = await client.post(add, { form })
    expect(response.status).toBe(200)
    const page = formPage(response)
    expect(page.errorSummary.map(({ label, target }) => [label, target])).toEqual([
      ['Title', 'id_title'],
      ['Slug', 'id_slug'],
      ['Author', 'id_author'],
      ['Rating', 'id_rating'],
    ])
    expect(page.fieldsets[0]!.lines[0]!.hasErrors).toBe(true)
    // A folded fieldset opens where something in it is wrong.
    expect(page.fieldsets[1]).toMatchObject({ collapsible: true, open: true })
    expect(formFields(response)).toMatchObject({ title: 'x'.repeat(201), author: '99', body: '<b>' })
    expect(await Post.objects.count()).toBe(1)
    expect(await LogEntry.objects.count()).toBe(0)
  })

  test('the query string fills fields in', async () => {
    const client = await superuser()
    const author = await authorWithPosts(0)
    const tag = await Tag.objects.create({ name: 'a' })
    const response = await client.get(add, {
      query: { title: 'T & co', author: author.pk, tags: `${tag.pk},99`, nothing: 'x' },
    })
    expect(formFields(response)).toMatchObject({ title: 'T & co', author: String(author.pk), tags: `${tag.pk},99` })
    expect(response.text()).toContain('Ann Archer')
  })

  test('the page says what it is', async () => {
    const page = formPage(await (await superuser()).get(add))
    expect(page).toMatchObject({
      title: 'Add post',
      object: null,
      isAdd: true,
      isReadOnly: false,
      errorSummary: [],
      tools: [],
    })
    expect(page.breadcrumbs.map(({ label }) => label)).toEqual(['Home', 'Blog', 'Posts', 'Add post'])
    expect(page.buttons).toMatchObject({
      save: true,
      saveAndContinue: true,
      saveAndAddAnother: true,
      saveAsNew: false,
      deleteUrl: null,
    })
    expect(page.fieldsets.map(({ name, classes, collapsible, open }) => [name, classes, collapsible, open])).toEqual([
      [null, [], false, true],
      ['More', [], true, false],
    ])
    expect(page.fieldsets[0]!.lines[2]!.cells.map(({ name }) => name)).toEqual(['status', 'isFeatured'])
    const shown = page.fieldsets[1]!.lines.map(({ cells }) => cells[0]!).filter(({ kind }) => kind === 'readonly')
    expect(shown).toMatchObject([
      { name: 'wordCount', label: 'Word count', value: { kind: 'empty' } },
      { name: 'shout', value: { kind: 'empty' } },
    ])
  })

  test('prepopulated fields, autocompletes and related pages are marked for the script', async () => {
    const response = await (await superuser()).get(add)
    const html = response.text()
    expect(html).toMatch(/name="slug"[^>]*data-prepopulate-from="id_title"[^>]*data-prepopulate-max-length="50"/)
    expect(html).toContain('data-url="/admin/autocomplete/?app=blog&amp;model=post&amp;field=author"')
    const author = formPage(response).fieldsets[0]!.lines[3]!.cells[0]
    expect(author).toMatchObject({
      related: {
        addUrl: '/admin/blog/author/add/',
        changeUrlTemplate: '/admin/blog/author/__key__/change/',
        changeUrl: null,
      },
    })
  })
})

describe('changing', () => {
  test('notes what changed from what to what', async () => {
    const client = await superuser()
    const ann = await authorWithPosts(0)
    const bob = await Author.objects.create({ name: 'Bob' })
    const post = await makePost(ann, 'One', { status: 'draft', body: 'x'.repeat(400) })
    await post.tags.add(await Tag.objects.create({ name: 'a' }))
    const url = `/admin/blog/post/${post.pk}/change/`
    const form = {
      ...formFields(await client.get(url)),
      author: String(bob.pk),
      status: 'published',
      tags: '',
      body: 'short',
      price: '2.5',
    }
    await client.post(url, { form })
    const [entry] = await LogEntry.objects.all()
    expect(entry!.describe()).toBe('Changed Status, Author, Tags, Body and Price.')
    const [{ changed }] = JSON.parse(entry!.changeMessage) as [{ changed: { fields: string[]; values: unknown[] } }]
    expect(changed.values).toEqual([
      ['Draft', 'Published'],
      ['Ann Archer', 'Bob'],
      ['a', null],
      [`${'x'.repeat(300)}…`, 'short'],
      ['0.00', '2.50'],
    ])
    await post.refreshFromDb()
    expect([post.authorId, await post.tags.count()]).toEqual([bob.pk, 0])
  })

  test('a save that changes nothing leaves no trace', async () => {
    const client = await superuser()
    await authorWithPosts(1)
    const url = '/admin/blog/post/1/change/'
    expect((await client.post(url, { form: formFields(await client.get(url)) })).status).toBe(303)
    expect(await LogEntry.objects.count()).toBe(0)
  })

  test('leads back to the list as it was', async () => {
    const client = await superuser()
    await authorWithPosts(1)
    const list = await client.get('/admin/blog/post/?q=Post&o=1')
    const [link] = /\/admin\/blog\/post\/1\/change\/\?[^"]+/.exec(list.text())!
    expect(link).toBe('/admin/blog/post/1/change/?_changelist_filters=q%3DPost%26o%3D1')
    const form = formFields(await client.get(link))
    expect((await client.post(link, { form })).headers.get('Location')).toBe('/admin/blog/post/?q=Post&o=1')
    const hostile = '/admin/blog/post/1/change/?_changelist_filters=%2F%2Fevil.example%0d%0aX:1'
    expect((await client.post(hostile, { form: formFields(await client.get(hostile)) })).headers.get('Location')).toBe(
      '/admin/blog/post/?%2F%2Fevil.example%0D%0AX%3A1=',
    )
  })

  test('history and the page on the website are linked', async () => {
    await authorWithPosts(1)
    const page = formPage(await (await superuser()).get('/admin/blog/post/1/change/'))
    expect(page).toMatchObject({ title: 'Change post', subtitle: 'Post 1', object: { key: '1', label: 'Post 1' } })
    expect(page.tools).toEqual([
      { label: 'History', url: '/admin/blog/post/1/history/' },
      { label: 'View on site', url: '/posts/post-1/' },
    ])
    expect(page.buttons.deleteUrl).toBe('/admin/blog/post/1/delete/')
  })

  test('a key that a path could not hold', async () => {
    const client = await superuser()
    const author = await authorWithPosts(0)
    const number = 'a/b?c#d_e%f "ü'
    await client.post('/admin/blog/contract/add/', { form: { number, author: String(author.pk), _continue: '1' } })
    const list = await client.get('/admin/blog/contract/')
    const [link] = /\/admin\/blog\/contract\/[^"]+\/change\//.exec(list.text())!
    const opened = await client.get(link)
    expect(formPage(opened).object).toEqual({ key: number, label: number })
    // The key stays: another one would make another row.
    expect(formPage(opened).fieldsets[0]!.lines[0]!.cells[0]).toMatchObject({ kind: 'readonly', name: 'number' })
    await client.post(link, { form: { ...formFields(opened), number: 'other' } })
    expect((await Contract.objects.all()).map((contract) => contract.number)).toEqual([number])
  })
})

describe('stale edits', () => {
  test('are told, keep what was typed, and may be saved once more', async () => {
    const client = await superuser()
    await authorWithPosts(1)
    const url = '/admin/blog/post/1/change/'
    const form = { ...formFields(await client.get(url)), body: 'mine' }
    await Post.objects.filter({ id: 1 }).update({ body: 'theirs' })
    const response = await client.post(url, { form })
    expect(response.status).toBe(200)
    const page = formPage(response)
    expect(page.isStale).toBe(true)
    expect(String(page.errors)).toContain('theirs')
    expect(formFields(response)['body']).toBe('mine')
    expect((await Post.objects.get({ id: 1 })).body).toBe('theirs')
    expect((await client.post(url, { form: formFields(response) })).status).toBe(303)
    expect((await Post.objects.get({ id: 1 })).body).toBe('mine')
  })

  test('of two who save at once, one is told', async () => {
    const client = await superuser()
    await authorWithPosts(1)
    const url = '/admin/blog/post/1/change/'
    const opened = formFields(await client.get(url))
    const save = (body: string) => client.post(url, { form: { ...opened, body } })
    const answers = await Promise.all([save('one'), save('two')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 303])
    expect(await LogEntry.objects.count()).toBe(1)
  })

  test('a row that was deleted meanwhile is not there any more', async () => {
    const client = await superuser()
    await authorWithPosts(1)
    const url = '/admin/blog/post/1/change/'
    const form = formFields(await client.get(url))
    await Post.objects.all().delete()
    expect((await client.post(url, { form })).status).toBe(404)
  })
})

describe('saving as new', () => {
  test('makes a copy, with its inlines', async () => {
    const client = await superuser()
    const post = await makePost(await authorWithPosts(0), 'One')
    await Comment.objects.create({ name: 'Bob', body: 'Hi', post })
    await Note.objects.create({ text: 'n', post })
    const url = '/admin/blog/post/1/change/'
    const opened = await client.get(url)
    expect(formPage(opened).buttons).toMatchObject({ saveAsNew: true, saveAndAddAnother: false })
    const form = { ...formFields(opened), slug: 'copy', _saveasnew: '1' }
    const response = await client.post(url, { form })
    expect(response.headers.get('Location')).toBe('/admin/blog/post/2/change/')
    expect((await Post.objects.orderBy('id')).map(({ slug }) => slug)).toEqual(['one', 'copy'])
    expect((await Comment.objects.orderBy('id')).map(({ postId, name }) => [postId, name])).toEqual([
      [1, 'Bob'],
      [2, 'Bob'],
    ])
    expect(await Note.objects.count()).toBe(2)
  })
})

describe('popups', () => {
  test('answer with what was added', async () => {
    const client = await superuser()
    const url = '/admin/blog/tag/add/?_popup=1'
    const opened = formPage(await client.get(url))
    expect([opened.isPopup, opened.nav, opened.buttons.saveAndContinue]).toEqual([true, [], false])
    const response = await client.post(url, { form: { name: '<new>' } })
    expect(JSON.parse(response.context['result'] as string)).toEqual({ action: 'add', value: '1', text: '<new>' })
    expect(response.text()).not.toContain('<new>')
  })
})

describe('view-only users', () => {
  test('see everything and touch nothing', async () => {
    const client = await staff('blog.view_post')
    const post = await makePost(await authorWithPosts(0), 'One', { body: 'text' })
    await Comment.objects.create({ name: 'Bob', body: 'Hi', post })
    const url = '/admin/blog/post/1/change/'
    const response = await client.get(url)
    const page = formPage(response)
    expect(page).toMatchObject({ title: 'View post', isReadOnly: true })
    expect(page.buttons).toMatchObject({ save: false, deleteUrl: null, closeUrl: '/admin/blog/post/' })
    const cells = page.fieldsets.flatMap(({ lines }) => lines.flatMap((line) => line.cells))
    expect(cells.every(({ kind }) => kind === 'readonly')).toBe(true)
    expect(cells.find(({ name }) => name === 'author')).toMatchObject({
      value: { kind: 'relation', text: 'Ann Archer', url: null },
    })
    // Comments are another model, which they may not see.
    expect(page.inlines).toEqual([])
    expect(response.text()).not.toContain('data-main-form')
    expect((await client.post(url, { form: { title: 'x' } })).status).toBe(403)
    expect((await client.post(url, { form: { _saveasnew: '1', title: 'x' } })).status).toBe(403)
    expect((await Post.objects.get({ id: 1 })).title).toBe('One')
  })

  test('who may change and not add', async () => {
    const client = await staff('blog.change_post')
    await authorWithPosts(1)
    expect((await client.get('/admin/blog/post/add/')).status).toBe(403)
    const url = '/admin/blog/post/1/change/'
    const opened = await client.get(url)
    expect(formPage(opened).buttons).toMatchObject({
      save: true,
      saveAndAddAnother: false,
      saveAsNew: false,
      deleteUrl: null,
    })
    expect((await client.post(url, { form: { ...formFields(opened), title: 'New' } })).status).toBe(303)
  })

  test('hooks decide of each row', async () => {
    const client = await superuser()
    const locked = await Author.objects.create({ name: 'Locked' })
    const url = `/admin/blog/author/${locked.pk}/change/`
    expect(formPage(await client.get(url)).isReadOnly).toBe(true)
    expect((await client.post(url, { form: { name: 'Open' } })).status).toBe(403)
    expect((await client.post(`/admin/blog/author/${locked.pk}/delete/`, { form: { post: 'yes' } })).status).toBe(403)
    expect((await Author.objects.get({ id: locked.pk })).name).toBe('Locked')
  })
})
