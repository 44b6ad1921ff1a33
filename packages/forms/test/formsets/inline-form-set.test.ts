import { CASCADE, char, database, foreignKey, Model, manager, registerModels } from '@nuages/orm'
import { createNunjucksEngine } from '@nuages/templates'
import { beforeEach, describe, expect, test } from 'vitest'
import { InlineFormSet, ModelForm, saveAll } from '../../src/index.ts'
import { Author, Comment, Post, Profile, Tag } from '../blog/models.ts'
import { fillBlog, useBlog } from '../blog/use-blog.ts'

useBlog()
let blog: Awaited<ReturnType<typeof fillBlog>>
let first: Comment
let foreign: Comment
beforeEach(async () => {
  blog = await fillBlog()
  const other = await Post.objects.create({ title: 'Other', slug: 'other', body: '', author: blog.ada })
  first = await Comment.objects.create({ name: 'Ann', text: 'First!', post: blog.post })
  foreign = await Comment.objects.create({ name: 'Eve', text: 'Elsewhere.', post: other })
})

class CommentFormSet extends InlineFormSet(Post, Comment, { fields: ['name', 'text'] }) {}
class PostForm extends ModelForm(Post, { fields: ['title', 'slug', 'author'] }) {}

const engine = createNunjucksEngine({ debug: true })

function sent(rows: readonly Record<string, unknown>[], prefix = 'comments') {
  const initial = rows.filter(({ id }) => id !== undefined).length
  const data: Record<string, unknown> = { [`${prefix}-TOTAL_FORMS`]: rows.length, [`${prefix}-INITIAL_FORMS`]: initial }
  for (const [index, row] of rows.entries()) {
    for (const [name, value] of Object.entries(row)) data[`${prefix}-${index}-${name}`] = value
  }
  return data
}

async function texts(): Promise<string[]> {
  return (await Comment.objects.orderBy('id')).map(({ text }) => text)
}

describe('the forms', () => {
  test('are those of the parent, and three for new rows, without the key', async () => {
    const formset = new CommentFormSet({ instance: blog.post })
    expect((await formset.forms).map((form) => form.instance.text)).toEqual(['First!', '', '', ''])
    expect(Object.keys(formset.emptyForm.fields)).toEqual(['name', 'text', 'DELETE', 'id'])
    const html = await engine.renderString('{{ formset }}', { formset: new CommentFormSet({ instance: blog.post }) })
    expect(html).toContain('name="comments-TOTAL_FORMS" value="4"')
    expect(html).not.toContain('comments-0-post')
    const unsaved = new CommentFormSet()
    expect((await unsaved.forms).length).toBe(3)
    class Whole extends InlineFormSet(Post, Comment, { fields: 'all' }) {}
    expect(Object.keys(new Whole({ instance: blog.post }).emptyForm.fields)).not.toContain('post')
  })

  test('find the key, or are told which', () => {
    expect(() => new (InlineFormSet(Author, Post, { fields: ['title'] }))()).toThrow(
      'InlineFormSet(): Post has several foreign keys to Author: author, editor. Name one as fkName.',
    )
    expect(() => new (InlineFormSet(Tag, Comment, { fields: ['text'] }))()).toThrow(
      'Comment has no foreign key to Tag.',
    )
    const wrong = InlineFormSet(Author, Post, { fields: ['title'], fkName: 'auhtor' as 'author' })
    expect(() => new wrong()).toThrow("Post has no foreign key 'auhtor' to Author. Those to it: author, editor.")
    const edited = new (InlineFormSet(Author, Post, { fields: ['title'], fkName: 'editor' }))({ instance: blog.bob })
    expect([edited.foreignKey.name, edited.prefix]).toEqual(['editor', 'post_set'])
  })

  test('are one where there can be no more', async () => {
    const ProfileFormSet = InlineFormSet(Author, Profile, { fields: ['bio'] })
    expect((await new ProfileFormSet({ instance: blog.ada }).forms).length).toBe(1)
    const formset = new ProfileFormSet({ instance: blog.ada, data: sent([{ bio: 'x' }], 'profile_set') })
    await formset.save()
    expect((await Profile.objects.get({ bio: 'x' })).authorId).toBe(blog.ada.pk)
  })
})

describe('saving', () => {
  test('sets the key to the parent', async () => {
    const data = sent([
      { id: first.pk, name: 'Ann', text: 'Changed.' },
      { name: 'Bert', text: 'Ünïcode' },
      { name: '' },
    ])
    const formset = new CommentFormSet({ instance: blog.post, data })
    await formset.save()
    expect(await texts()).toEqual(['Changed.', 'Elsewhere.', 'Ünïcode'])
    expect(formset.newObjects[0]?.postId).toBe(blog.post.pk)
  })

  test('adds no row of a form in which nothing but a computed default stands', async () => {
    class Ticket extends Model({
      code: char({ maxLength: 36, default: () => crypto.randomUUID() }),
      seat: char({ maxLength: 5 }),
      get post() {
        return foreignKey(Post, { onDelete: CASCADE })
      },
    }) {
      static objects = manager(Ticket)
    }
    registerModels('tickets', { Ticket })
    await database().script(
      'CREATE TABLE tickets_ticket (id integer PRIMARY KEY, code varchar(36) NOT NULL, seat varchar(5) NOT NULL, post_id bigint NOT NULL)',
    )
    const TicketFormSet = InlineFormSet(Post, Ticket, { fields: ['code', 'seat'], extra: 2 })
    const shown = new TicketFormSet({ instance: blog.post })
    const html = await engine.renderString('{{ formset }}', { formset: shown })
    const data: Record<string, string> = {}
    for (const [, name, value = ''] of html.matchAll(/<input[^>]* name="([^"]+)"(?: value="([^"]*)")?/g))
      data[name!] = value
    delete data['ticket_set-0-DELETE']
    delete data['ticket_set-1-DELETE']
    data['ticket_set-1-seat'] = '7B'
    const formset = new TicketFormSet({ instance: blog.post, data })
    expect(await formset.saveIfValid()).toMatchObject([{ seat: '7B', code: data['ticket_set-1-code'] }])
  })

  test('deletes', async () => {
    const data = sent([{ id: first.pk, name: 'Ann', text: 'First!', DELETE: 'on' }])
    const formset = new CommentFormSet({ instance: blog.post, data })
    expect(await formset.saveIfValid()).toEqual([])
    expect(await texts()).toEqual(['Elsewhere.'])
    expect(formset.deletedObjects.length).toBe(1)
  })

  test('refuses rows of another parent, and does not move them', async () => {
    for (const DELETE of ['', 'on']) {
      const data = {
        ...sent([{ id: foreign.pk, name: 'Eve', text: 'Mine now.', DELETE }]),
        'comments-0-post': blog.post.pk,
      }
      const formset = new CommentFormSet({ instance: blog.post, data })
      await formset.saveIfValid()
      if (DELETE === '') expect(formset.errors[0]?.get('id')?.hasCode('invalid_choice')).toBe(true)
      await foreign.refreshFromDb()
      expect([foreign.text, foreign.postId]).not.toContain(blog.post.pk)
      expect(foreign.text).toBe('Elsewhere.')
    }
    // Nor does a key in the page lead elsewhere.
    const data = { ...sent([{ name: 'Bert', text: 'x' }]), 'comments-0-post': foreign.postId }
    const [comment] = await new CommentFormSet({ instance: blog.post, data }).save()
    expect(comment?.postId).toBe(blog.post.pk)
  })

  test('asks for values that are unique for the parent, among the forms and in the database', async () => {
    const taken = new CommentFormSet({ instance: blog.post, data: sent([{ name: 'Ann', text: 'x' }]) })
    expect(await taken.isValid()).toBe(false)
    expect(taken.errors[0]?.get('__all__')?.hasCode('unique_together')).toBe(true)
    const elsewhere = new CommentFormSet({ instance: blog.post, data: sent([{ name: 'Eve', text: 'x' }]) })
    expect(await elsewhere.isValid()).toBe(true)
    const twice = new CommentFormSet({
      instance: blog.post,
      data: sent([
        { name: 'B', text: 'x' },
        { name: 'B', text: 'y' },
      ]),
    })
    expect(await twice.isValid()).toBe(false)
    expect(twice.errors[1]?.get('name')?.hasCode('unique')).toBe(true)
    const meanwhile = new CommentFormSet({ instance: blog.post, data: sent([{ name: 'B', text: 'x' }]) })
    expect(await meanwhile.isValid()).toBe(true)
    await Comment.objects.create({ name: 'B', text: 'quicker', post: blog.post })
    expect(await meanwhile.saveIfValid()).toBe(null)
    expect(meanwhile.errors[0]?.get('__all__')?.hasCode('unique_together')).toBe(true)
  })
})

describe('together with the parent', () => {
  const post = { title: 'New', slug: 'new' }

  test('a new parent and its rows are saved at once', async () => {
    const data = {
      ...post,
      author: blog.ada.pk,
      ...sent([
        { name: 'A', text: 'a' },
        { name: 'B', text: 'b' },
      ]),
    }
    const form = new PostForm({ data })
    const formset = new CommentFormSet({ instance: form.instance, data })
    expect(await saveAll(form, formset)).toBe(true)
    const saved = await Post.objects.get({ slug: 'new' })
    expect((await saved.comments.orderBy('name')).map(({ text }) => text)).toEqual(['a', 'b'])
  })

  test('all or nothing, and every error is told', async () => {
    const data = { ...post, title: '', author: blog.ada.pk, ...sent([{ name: 'A', text: '' }]) }
    const form = new PostForm({ data })
    const formset = new CommentFormSet({ instance: form.instance, data })
    expect(await saveAll(form, formset)).toBe(false)
    expect([...form.errors.keys(), ...formset.errors[0]!.keys()]).toEqual(['title', 'text'])
    expect(await Post.objects.filter({ slug: 'new' }).exists()).toBe(false)
  })

  test('what is missed when the transaction ends is an error of the form', async () => {
    const form = new PostForm({ data: { ...post, author: blog.bob.pk } })
    const formset = new CommentFormSet({ instance: form.instance, data: sent([{ name: 'A', text: 'a' }]) })
    expect([await form.isValid(), await formset.isValid()]).toEqual([true, true])
    await blog.bob.delete()
    expect(await saveAll(form, formset)).toBe(false)
    expect(form.hasError(null, 'invalid_choice')).toBe(true)
    expect([form.instance.pk, await Post.objects.filter({ slug: 'new' }).exists()]).toEqual([null, false])
  })

  test('a comment that cannot be saved keeps the parent back', async () => {
    const data = { title: 'Changed', slug: 'one', author: blog.ada.pk, ...sent([{ name: 'B', text: 'b' }]) }
    const form = new PostForm({ instance: blog.post, data })
    const formset = new CommentFormSet({ instance: form.instance, data })
    expect([await form.isValid(), await formset.isValid()]).toEqual([true, true])
    await Comment.objects.create({ name: 'B', text: 'quicker', post: blog.post })
    expect(await saveAll(form, formset)).toBe(false)
    expect(formset.errors[0]?.get('__all__')?.join()).toBe('There is already a comment with this name and post.')
    expect((await Post.objects.get({ pk: blog.post.pk })).title).toBe('One')
  })
})
