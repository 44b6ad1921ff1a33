import { captureQueries } from '@nuages/orm'
import { createNunjucksEngine } from '@nuages/templates'
import { beforeEach, describe, expect, test } from 'vitest'
import { InvalidForm, ModelForm, ModelFormSet } from '../../src/index.ts'
import { Author, Comment, Post, Profile, Tag } from '../blog/models.ts'
import { fillBlog, useBlog } from '../blog/use-blog.ts'

useBlog()
let blog: Awaited<ReturnType<typeof fillBlog>>
beforeEach(async () => {
  blog = await fillBlog()
})

class TagFormSet extends ModelFormSet(Tag, { fields: ['name'], canDelete: true }) {}

const engine = createNunjucksEngine({ debug: true })

/** What a browser sends of a formset: rows by their key, then new ones. */
function sent(rows: readonly Record<string, unknown>[], management: Record<string, unknown> = {}) {
  const initial = rows.filter(({ id }) => id !== undefined && id !== '').length
  const data: Record<string, unknown> = { 'form-TOTAL_FORMS': rows.length, 'form-INITIAL_FORMS': initial }
  for (const [index, row] of rows.entries()) {
    for (const [name, value] of Object.entries(row)) data[`form-${index}-${name}`] = value
  }
  return { ...data, ...management }
}

async function names(): Promise<string[]> {
  return (await Tag.objects.all()).map(({ name }) => name)
}

function codes(formset: { errors: readonly { toJSON(): Record<string, readonly { code: string }[]> }[] }) {
  return formset.errors.map((errors) =>
    Object.fromEntries(Object.entries(errors.toJSON()).map(([name, all]) => [name, all.map(({ code }) => code)])),
  )
}

describe('the forms', () => {
  test('are those of the rows, in their order, and empty ones', async () => {
    const formset = new TagFormSet({ initial: [{ name: 'new?' }] })
    const forms = await formset.forms
    expect(forms.map((form) => form.instance.name)).toEqual(['fun', 'poem', 'sf', ''])
    expect(forms.map((form) => form.get('name').initial)).toEqual(['fun', 'poem', 'sf', 'new?'])
    expect(forms.map((form) => form.get('id').initial)).toEqual([blog.fun.pk, blog.poem.pk, blog.sf.pk, null])
    const html = await engine.renderString('{{ formset }}', { formset: new TagFormSet() })
    expect(html).toContain('name="form-INITIAL_FORMS" value="3"')
    expect(html).toContain(`<input type="hidden" name="form-0-id" value="${blog.fun.pk}" id="id_form-0-id">`)
    expect(html).toContain('name="form-3-DELETE"')
  })

  test('are those of a queryset, of none, of a slice', async () => {
    const rows = Tag.objects.filter({ name__startswith: 'p' })
    expect((await new TagFormSet({ queryset: rows }).forms).length).toBe(2)
    expect((await new TagFormSet({ queryset: Tag.objects.none() }).forms).length).toBe(1)
    const slice = Tag.objects.slice(0, 2)
    expect((await new TagFormSet({ queryset: slice }).forms).length).toBe(3)
    const data = sent([{ id: blog.fun.pk, name: 'more fun' }])
    expect(await new TagFormSet({ queryset: slice, data }).saveIfValid()).toMatchObject([{ name: 'more fun' }])
    const beyond = new TagFormSet({ queryset: slice, data: sent([{ id: blog.sf.pk, name: 'x' }]) })
    expect(await beyond.isValid()).toBe(false)
  })

  test('read their rows, their relations and the rows to choose from in a query each', async () => {
    const PostFormSet = ModelFormSet(Post, { fields: ['title', 'author', 'editor', 'tags'] })
    for (const title of ['Two', 'Three', 'Four']) {
      await Post.objects.create({ title, slug: title, body: '', author: blog.ada })
    }
    const { queries } = await captureQueries(async () => {
      const html = await engine.renderString('{{ formset }}', { formset: new PostFormSet() })
      expect(html.match(/<option value="\d+" selected>Ada/g)?.length).toBe(4)
    })
    // Posts, authors for each of two keys, tags to choose from, the tags of all posts.
    expect(queries.length).toBe(5)
  })

  test('may be a form of their own', async () => {
    class TagForm extends ModelForm(Tag, { fields: ['name'] }) {
      cleanName(name: string) {
        return name.toLowerCase()
      }
    }
    const Own = ModelFormSet(Tag, { form: TagForm, extra: 0 })
    const formset = new Own({ data: sent([{ name: 'LOUD' }]) })
    expect(await formset.saveIfValid()).toMatchObject([{ name: 'loud' }])
    expect((await formset.forms)[0]).toBeInstanceOf(TagForm)
    expect(() => ModelFormSet(Tag, { form: 'x' as never })).toThrow('ModelFormSet() takes the class of a form')
  })
})

describe('saving', () => {
  test('changes, adds and deletes, and tells what it did', async () => {
    const data = sent([
      { id: blog.fun.pk, name: 'Größe ✓' },
      { id: blog.poem.pk, name: 'poem', DELETE: 'on' },
      { id: blog.sf.pk, name: 'sf' },
      { name: 'new' },
      { name: '' },
      { name: 'never', DELETE: 'on' },
    ])
    const formset = new TagFormSet({ data })
    const { queries } = await captureQueries(async () => {
      expect((await formset.save()).map(({ name }) => name)).toEqual(['Größe ✓', 'new'])
    })
    expect(await names()).toEqual(['Größe ✓', 'new', 'sf'])
    expect(formset.newObjects.map(({ name }) => name)).toEqual(['new'])
    expect(formset.changedObjects).toMatchObject([[{ name: 'Größe ✓' }, ['name']]])
    expect(formset.deletedObjects.map(({ name }) => name)).toEqual(['poem'])
    expect(queries.filter(({ sql }) => sql.startsWith('UPDATE')).length).toBe(1)
    expect(queries.filter(({ sql }) => /^SELECT.*"id" IN/.test(sql)).length).toBe(1)
  })

  test('nothing, where it is to be kept back', async () => {
    const data = sent([{ id: blog.fun.pk, name: 'x' }, { id: blog.sf.pk, name: 'sf', DELETE: 'on' }, { name: 'new' }])
    const formset = new TagFormSet({ data })
    const rows = await formset.save({ commit: false })
    expect(await names()).toEqual(['fun', 'poem', 'sf'])
    for (const row of rows) await row.save()
    for (const row of formset.deletedObjects) await row.delete()
    await formset.saveM2m()
    expect(await names()).toEqual(['new', 'poem', 'x'])
  })

  test('relations to many, too', async () => {
    const PostFormSet = ModelFormSet(Post, { fields: ['title', 'tags'], extra: 0 })
    const formset = new PostFormSet({ data: sent([{ id: blog.post.pk, title: 'One', tags: [String(blog.poem.pk)] }]) })
    await formset.save()
    expect((await blog.post.tags).map(({ name }) => name)).toEqual(['poem'])
    expect(formset.changedObjects).toMatchObject([[{ title: 'One' }, ['tags']]])
  })

  test('no invalid set, nor one that was given nothing', async () => {
    const formset = new TagFormSet({ data: sent([{ id: blog.fun.pk, name: '' }, { name: 'new' }]) })
    await expect(formset.save()).rejects.toThrow(InvalidForm)
    expect(await formset.saveIfValid()).toBe(null)
    await expect(new TagFormSet().save()).rejects.toThrow('it was given no data')
    expect(await names()).toEqual(['fun', 'poem', 'sf'])
    expect((await formset.forms)[0]?.instance.name).toBe('fun')
  })

  test('adds no row where it only edits', async () => {
    const Editing = ModelFormSet(Tag, { fields: ['name'], editOnly: true })
    const formset = new Editing({ data: sent([{ id: blog.fun.pk, name: 'x' }, { name: 'new' }]) })
    expect((await formset.save()).length).toBe(1)
    expect(await names()).toEqual(['poem', 'sf', 'x'])
  })

  test('deletes in a way of its own', async () => {
    class Retiring extends ModelFormSet(Author, { fields: ['name'], canDelete: true }) {
      override async deleteExisting(author: Author): Promise<void> {
        author.retired = true
        await author.save()
      }
    }
    await new Retiring({ data: sent([{ id: blog.ada.pk, name: 'Ada', DELETE: 'on' }]) }).save()
    expect((await Author.objects.get({ name: 'Ada' })).retired).toBe(true)
  })
})

describe('keys that are not to be believed', () => {
  test('of rows that are not in the queryset, that are none, that came before', async () => {
    const queryset = Tag.objects.exclude({ name: 'sf' })
    for (const id of [String(blog.sf.pk), '999', 'x', '-1', '1e3', '\0', '💥', ['999'], { x: 1 }, '']) {
      const formset = new TagFormSet({ queryset, data: sent([{ id, name: 'mine' }], { 'form-INITIAL_FORMS': 1 }) })
      expect(await formset.isValid()).toBe(false)
      expect(codes(formset)).toEqual([{ id: ['invalid_choice'] }])
      expect(await engine.renderString('{{ formset }}', { formset })).toContain('There is no such tag here')
    }
    const twice = new TagFormSet({
      data: sent([
        { id: blog.fun.pk, name: 'a' },
        { id: blog.fun.pk, name: 'b' },
      ]),
    })
    expect(await twice.isValid()).toBe(false)
    expect(codes(twice)).toEqual([{}, { id: ['invalid_choice'] }])
    expect(await names()).toEqual(['fun', 'poem', 'sf'])
  })

  test('of a new row, or missing in the form of an old one', async () => {
    const extra = new TagFormSet({ data: sent([{ id: blog.fun.pk, name: 'a' }], { 'form-INITIAL_FORMS': 0 }) })
    expect(await extra.isValid()).toBe(false)
    expect(codes(extra)).toEqual([{ id: ['invalid_choice'] }])
    const missing = new TagFormSet({ data: sent([{ name: 'a' }], { 'form-INITIAL_FORMS': 1 }) })
    expect(await missing.saveIfValid()).toBe(null)
    expect(await names()).toEqual(['fun', 'poem', 'sf'])
  })

  test('of a row that was deleted meanwhile: deleting it again is fine', async () => {
    const { pk } = blog.poem
    await blog.poem.delete()
    const formset = new TagFormSet({ data: sent([{ id: pk, name: 'poem', DELETE: 'on' }]) })
    expect(await formset.saveIfValid()).toEqual([])
    expect(formset.deletedObjects).toEqual([])
  })
})

describe('unique values', () => {
  test('of two forms of the page', async () => {
    const formset = new TagFormSet({ data: sent([{ name: 'same' }, { name: 'other' }, { name: 'same' }]) })
    expect(await formset.isValid()).toBe(false)
    expect(codes(formset)).toEqual([{}, {}, { name: ['unique'] }])
    expect(formset.nonFormErrors().join()).toBe('Two of them have the same name.')
    const deleted = new TagFormSet({ data: sent([{ name: 'same', DELETE: 'on' }, { name: 'same' }]) })
    expect(await deleted.isValid()).toBe(true)
  })

  test('together with other fields', async () => {
    const PostFormSet = ModelFormSet(Post, { fields: ['title', 'slug', 'author'] })
    const row = { title: 'T', author: blog.ada.pk }
    const formset = new PostFormSet({
      data: sent([
        { ...row, slug: 'a' },
        { ...row, slug: 'b' },
      ]),
    })
    expect(await formset.isValid()).toBe(false)
    expect(codes(formset)).toEqual([{}, { __all__: ['unique'] }])
    const differing = new PostFormSet({
      data: sent([
        { ...row, slug: 'a' },
        { ...row, slug: 'b', author: blog.bob.pk },
      ]),
    })
    expect(await differing.isValid()).toBe(true)
  })

  test('that another took meanwhile: an error of the form, and nothing is saved', async () => {
    const formset = new TagFormSet({ data: sent([{ id: blog.fun.pk, name: 'changed' }, { name: 'a' }, { name: 'b' }]) })
    expect(await formset.isValid()).toBe(true)
    await Tag.objects.create({ name: 'b' })
    expect(await formset.saveIfValid()).toBe(null)
    expect(codes(formset)).toEqual([{}, {}, { name: ['unique'] }])
    expect(await names()).toEqual(['b', 'fun', 'poem', 'sf'])
    const forms = await formset.forms
    expect(forms.map((form) => form.instance.pk)).toEqual([blog.fun.pk, null, null])
  })

  test('and what refuses to be deleted, are errors of the whole', async () => {
    const AuthorFormSet = ModelFormSet(Author, { fields: ['name'], canDelete: true, extra: 0 })
    const formset = new AuthorFormSet({ data: sent([{ id: blog.ada.pk, name: 'Ada', DELETE: 'on' }]) })
    const profile = await Profile.objects.create({ bio: 'x', author: blog.ada })
    const refusing = new AuthorFormSet({ data: sent([{ id: blog.ada.pk, name: 'Ada', DELETE: 'on' }]) })
    expect(await refusing.saveIfValid()).toBe(null)
    expect(refusing.nonFormErrors().data.map(({ code }) => code)).toEqual(['protected'])
    expect(blog.ada.pk).not.toBe(null)
    await profile.delete()
    expect(await formset.saveIfValid()).toEqual([])
    expect(await Post.objects.count()).toBe(0)
  })
})

test('a stale edit in one form keeps all of them back', async () => {
  const Checked = ModelFormSet(Comment, { fields: ['name', 'text'], versionCheck: true, extra: 0 })
  const comment = (name: string) => Comment.objects.create({ name, text: 'x', post: blog.post })
  const [a, b] = [await comment('a'), await comment('b')]
  const html = await engine.renderString('{{ formset }}', { formset: new Checked() })
  const versions = [...html.matchAll(/_version" value="([^"]+)"/g)].map((match) => match[1])
  expect(versions.length).toBe(2)
  await Comment.objects.filter({ pk: b.pk }).update({ text: 'theirs' })
  const data = sent([
    { id: a.pk, name: 'a', text: 'mine', _version: versions[0] },
    { id: b.pk, name: 'b', text: 'mine', _version: versions[1] },
  ])
  const formset = new Checked({ data })
  expect(await formset.saveIfValid()).toBe(null)
  expect(codes(formset)).toEqual([{}, { __all__: ['stale'] }])
  expect((await Comment.objects.all()).map(({ text }) => text)).toEqual(['x', 'theirs'])
})
