import { LogEntry } from '@nuages/admin'
import { describe, expect } from 'vitest'
import { formFields } from '../form-fields.ts'
import { formPage } from '../pages.ts'
import { Comment, Note, Post } from '../project/blog/models.ts'
import { authorWithPosts, makePost } from '../samples.ts'
import { member, staff, superuser, test } from '../site.ts'

const url = '/admin/blog/post/1/change/'

async function postWithComments(...names: string[]): Promise<Post> {
  const post = await makePost(await authorWithPosts(0), 'One')
  for (const name of names) await Comment.objects.create({ name, body: `by ${name}`, post })
  return post
}

describe('inlines', () => {
  test('show the rows, blank ones and one to copy', async () => {
    await postWithComments('Ann', 'Bob')
    const page = formPage(await (await superuser()).get(url))
    const [comments, notes] = page.inlines
    expect(comments).toMatchObject({
      kind: 'tabular',
      prefix: 'comments',
      label: 'Comments',
      verboseName: 'comment',
      errors: null,
      canDelete: true,
      maxNum: 1000,
      headers: [
        { name: 'name', label: 'Name', required: true },
        { name: 'body', label: 'Body', required: true },
        { name: 'isApproved', label: 'Is approved', required: false },
      ],
    })
    expect(comments!.forms.map(({ prefix, label, isNew }) => [prefix, label, isNew])).toEqual([
      ['comments-0', 'Ann: by Ann', false],
      ['comments-1', 'Bob: by Bob', false],
      ['comments-2', null, true],
      ['comments-3', null, true],
    ])
    expect(comments!.forms.map(({ deleteField }) => deleteField !== null)).toEqual([true, true, false, false])
    expect(comments!.emptyForm!.prefix).toBe('comments-__prefix__')
    expect(notes).toMatchObject({
      kind: 'stacked',
      prefix: 'notes',
      forms: [{ isNew: true, fieldsets: [{ lines: [{}, {}] }] }],
    })
  })

  test('are saved with the row: added, changed, deleted, and noted', async () => {
    const client = await superuser()
    await postWithComments('Ann', 'Bob')
    const form = {
      ...formFields(await client.get(url)),
      title: 'Two',
      'comments-0-name': 'Anna',
      'comments-1-DELETE': 'on',
      'comments-2-name': 'Cy',
      'comments-2-body': 'new',
      'notes-0-text': 'note',
    }
    expect((await client.post(url, { form })).status).toBe(303)
    expect((await Comment.objects.orderBy('id')).map(({ name }) => name)).toEqual(['Anna', 'Cy'])
    expect((await Note.objects.all()).map(({ text }) => text)).toEqual(['note'])
    const [entry] = await LogEntry.objects.all()
    expect(entry!.describe()).toBe(
      'Changed Title. Added comment “Cy: new”. Changed Name of comment “Anna: by Ann”. Deleted comment “Bob: by Bob”. Added note “Note object (1)”.',
    )
  })

  test('one that is wrong keeps all of it from being saved', async () => {
    const client = await superuser()
    await postWithComments('Ann')
    const form = {
      ...formFields(await client.get(url)),
      title: 'Two',
      'comments-0-name': '',
      'comments-1-name': 'only a name',
    }
    const response = await client.post(url, { form })
    expect(response.status).toBe(200)
    const page = formPage(response)
    expect(page.errorSummary.map(({ target }) => target)).toEqual(['id_comments-0-name', 'id_comments-1-body'])
    expect(page.inlines[0]!.forms.map(({ hasErrors }) => hasErrors)).toEqual([true, true, false])
    expect(formFields(response)).toMatchObject({ title: 'Two', 'comments-1-name': 'only a name' })
    expect((await Post.objects.get({ id: 1 })).title).toBe('One')
  })

  test('an error of the row itself keeps the inlines from being saved', async () => {
    const client = await superuser()
    await postWithComments()
    const form = { ...formFields(await client.get(url)), title: '', 'comments-0-name': 'Cy', 'comments-0-body': 'x' }
    expect((await client.post(url, { form })).status).toBe(200)
    expect(await Comment.objects.count()).toBe(0)
  })

  test('come with a row that is added', async () => {
    const client = await superuser()
    const author = await authorWithPosts(0)
    const form = {
      ...formFields(await client.get('/admin/blog/post/add/')),
      title: 'One',
      slug: 'one',
      author: String(author.pk),
      'comments-0-name': 'Cy',
      'comments-0-body': 'x',
    }
    expect((await client.post('/admin/blog/post/add/', { form })).status).toBe(303)
    expect((await Comment.objects.all()).map(({ postId }) => postId)).toEqual([1])
    const [entry] = await LogEntry.objects.all()
    expect(entry!.describe()).toBe('Added. Added comment “Cy: x”.')
  })

  test('what another changed meanwhile is not overwritten unseen', async () => {
    const client = await superuser()
    await postWithComments('Ann')
    const form = { ...formFields(await client.get(url)), 'comments-0-body': 'mine' }
    await Comment.objects.all().update({ body: 'theirs' })
    const response = await client.post(url, { form })
    expect(response.status).toBe(200)
    expect(String(formPage(response).inlines[0]!.forms[0]!.errors)).toContain('theirs')
    expect((await Comment.objects.get()).body).toBe('theirs')
    expect((await client.post(url, { form: formFields(response) })).status).toBe(303)
    expect((await Comment.objects.get()).body).toBe('mine')
  })

  test('rows that are only looked at are none of the forms that the script counts', async () => {
    await postWithComments('Ann')
    const client = await staff('blog.change_post', 'blog.view_comment', 'blog.add_comment')
    const html = (await client.get(url)).text()
    expect(html).toContain('Ann: by Ann')
    expect([...html.matchAll(/data-inline-row="([^"]*)"/g)].map(([, prefix]) => prefix)).toEqual([
      'comments-0',
      'comments-1',
      'comments-__prefix__',
    ])
  })

  test('their hooks are asked with the row of the page', async () => {
    const client = await member()
    const post = await postWithComments('Ann')
    const desk = '/desk/blog/post/1/change/'
    const open = formFields(await client.get(desk))
    expect(open['comments-0-name']).toBe('Ann')
    await Post.objects.filter({ id: post.id }).update({ title: 'Closed' })
    expect(formFields(await client.get(desk))['comments-0-name']).toBeUndefined()
    await client.post(desk, { form: { ...open, title: 'Closed', 'comments-0-name': 'Eve' } })
    expect((await Comment.objects.get()).name).toBe('Ann')
  })

  test('a page that was tampered with is told so, and reaches no row of another parent', async () => {
    const client = await superuser()
    await postWithComments('Ann')
    const other = await makePost((await Post.objects.get({ id: 1 })).author as never, 'Other')
    const foreign = await Comment.objects.create({ name: 'Far', body: 'away', post: other })
    const form = formFields(await client.get(url))
    const tampered: Record<string, string>[] = [
      { 'comments-TOTAL_FORMS': 'x' },
      { 'comments-TOTAL_FORMS': '-1' },
      { 'comments-TOTAL_FORMS': '99999999' },
      { 'comments-INITIAL_FORMS': '99' },
      { 'comments-0-id': String(foreign.pk), 'comments-0-name': 'Mine' },
      { 'comments-0-id': '99', 'comments-0-name': 'Mine' },
      { 'comments-0-id': '', 'comments-0-name': 'Mine' },
      { 'comments-0-id': String(foreign.pk), 'comments-0-DELETE': 'on' },
      { 'comments-0-post': String(other.pk), 'comments-0-name': 'Ann' },
    ]
    for (const change of tampered) {
      const { status } = await client.post(url, { form: { ...form, ...change } })
      expect.soft([change, status < 400]).toEqual([change, true])
    }
    const { 'comments-TOTAL_FORMS': _total, ...without } = form
    expect((await client.post(url, { form: without })).status).toBe(200)
    expect((await Comment.objects.orderBy('id')).map(({ name, postId }) => [name, postId])).toEqual([
      ['Ann', 1],
      ['Far', other.pk],
    ])
  })

  test('follow what the user may do with their rows', async () => {
    await postWithComments('Ann')
    const inlineFor = async (...permissions: string[]) => {
      const client = await staff('blog.change_post', ...permissions)
      return {
        client,
        inline: formPage(await client.get(url)).inlines.find(({ prefix }) => prefix.startsWith('comment')),
      }
    }
    const { client, inline } = await inlineFor('blog.view_comment')
    expect(inline).toMatchObject({
      management: null,
      emptyForm: null,
      canDelete: false,
      forms: [{ label: 'Ann: by Ann', deleteField: null }],
    })
    expect(inline!.forms[0]!.cells.map(({ kind }) => kind)).toEqual(['readonly', 'readonly', 'readonly'])
    const form = {
      ...formFields(await client.get(url)),
      title: 'Two',
      'comments-TOTAL_FORMS': '1',
      'comments-INITIAL_FORMS': '1',
      'comments-0-id': '1',
      'comments-0-name': 'x',
      'comments-0-body': 'y',
      'comments-0-DELETE': 'on',
    }
    expect((await client.post(url, { form })).status).toBe(303)
    expect((await Comment.objects.all()).map(({ name }) => name)).toEqual(['Ann'])
    expect((await Post.objects.get({ id: 1 })).title).toBe('Two')
  })

  test('who may change rows and not add or delete them', async () => {
    await postWithComments('Ann')
    const client = await staff('blog.change_post', 'blog.change_comment')
    const opened = await client.get(url)
    const [comments] = formPage(opened).inlines
    expect(comments).toMatchObject({ emptyForm: null, canDelete: false, forms: [{ isNew: false }] })
    const form = {
      ...formFields(opened),
      'comments-TOTAL_FORMS': '2',
      'comments-0-name': 'Anna',
      'comments-0-DELETE': 'on',
      'comments-1-name': 'New',
      'comments-1-body': 'New',
    }
    await client.post(url, { form })
    expect((await Comment.objects.all()).map(({ name }) => name)).toEqual(['Anna'])
  })

  test('who may add rows and not change them', async () => {
    await postWithComments('Ann')
    const client = await staff('blog.change_post', 'blog.add_comment', 'blog.view_comment')
    const opened = await client.get(url)
    const [comments] = formPage(opened).inlines
    expect(comments!.forms.map(({ label, isNew }) => [label, isNew])).toEqual([
      ['Ann: by Ann', false],
      [null, true],
      [null, true],
    ])
    const form = { ...formFields(opened), 'comments-0-name': 'New', 'comments-0-body': 'x' }
    expect((await client.post(url, { form })).status).toBe(303)
    expect((await Comment.objects.orderBy('id')).map(({ name }) => name)).toEqual(['Ann', 'New'])
    // A key in a form for new rows changes nothing that is there.
    const sly = { ...form, 'comments-INITIAL_FORMS': '1', 'comments-0-id': '1', 'comments-0-name': 'Sly' }
    await client.post(url, { form: sly })
    expect((await Comment.objects.get({ id: 1 })).name).toBe('Ann')
  })
})
