import { setImmediate } from 'node:timers/promises'
import { captureQueries, isStored } from '@nuages/orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { boolean, char, InvalidForm, ModelForm, Textarea } from '../../src/index.ts'
import { Author, Comment, Post, Profile } from '../blog/models.ts'
import { fillBlog, useBlog } from '../blog/use-blog.ts'

useBlog()
let blog: Awaited<ReturnType<typeof fillBlog>>
beforeEach(async () => {
  blog = await fillBlog()
})

class PostForm extends ModelForm(Post, { fields: ['title', 'slug', 'body', 'author', 'tags'] }) {}
class WholePostForm extends ModelForm(Post, { fields: 'all' }) {}
class CommentForm extends ModelForm(Comment, { fields: ['name', 'text', 'rating'] }) {}

function sent(changes: Record<string, unknown> = {}) {
  return { title: 'Two', slug: 'two', body: 'Second.', author: String(blog.ada.pk), tags: [], ...changes }
}

function codes(form: { errors: { toJSON(): Record<string, readonly { code: string }[]> } }) {
  return Object.fromEntries(
    Object.entries(form.errors.toJSON()).map(([name, all]) => [name, all.map(({ code }) => code)]),
  )
}

describe('saving', () => {
  test('a new row, with its relations to many, in one transaction', async () => {
    const form = new PostForm({ data: sent({ title: ' Größe ✓ ', tags: [String(blog.sf.pk), String(blog.poem.pk)] }) })
    expect(await form.isValid()).toBe(true)
    expect(isStored(form.instance)).toBe(false)
    const { queries } = await captureQueries(async () => {
      expect(await form.save()).toBe(form.instance)
    })
    expect(queries.filter(({ sql }) => /^BEGIN/.test(sql)).length).toBeLessThan(2)
    const post = await Post.objects.get({ slug: 'two' })
    expect(post.title).toBe('Größe ✓')
    expect(post.authorId).toBe(blog.ada.pk)
    expect((await post.tags).map(({ name }) => name)).toEqual(['poem', 'sf'])
    expect(form.instance.pk).toBe(post.pk)
  })

  test('a row that is there, in the columns that changed', async () => {
    const post = await Post.objects.get({ pk: blog.post.pk })
    const form = new PostForm({ instance: post, data: sent({ slug: 'one' }) })
    const { queries } = await captureQueries(async () => {
      expect(await form.saveIfValid()).toBe(post)
    })
    const update = queries.find(({ sql }) => sql.startsWith('UPDATE'))
    expect(update?.sql).toContain('"title"')
    expect(update?.sql).not.toContain('"slug"')
    expect(await Post.objects.get({ pk: post.pk })).toMatchObject({ title: 'Two', slug: 'one', status: 'draft' })
    expect(await post.tags).toEqual([])
  })

  test('nothing, where the form is to be kept back; relations to many follow when they are told to', async () => {
    const form = new PostForm({ data: sent({ tags: [String(blog.fun.pk)] }) })
    const post = await form.save({ commit: false })
    expect(await Post.objects.count()).toBe(1)
    post.status = 'published'
    await expect(form.saveM2m()).rejects.toThrow('before the row is saved')
    await post.save()
    await form.saveM2m()
    expect((await post.tags).map(({ name }) => name)).toEqual(['fun'])
  })

  test('no invalid form, nor one that was given nothing', async () => {
    const form = new PostForm({ data: sent({ title: '' }) })
    await expect(form.save()).rejects.toThrow(InvalidForm)
    await expect(form.save()).rejects.toThrow('PostForm was not saved, since it has errors: title: ')
    await expect(new PostForm({}).save()).rejects.toThrow('it was given no data')
    expect(await form.saveIfValid()).toBe(null)
    expect(await new PostForm().saveIfValid()).toBe(null)
    expect(await Post.objects.count()).toBe(1)
  })

  test('no row that was deleted meanwhile', async () => {
    const post = await Post.objects.get({ pk: blog.post.pk })
    const form = new PostForm({ instance: post, data: sent() })
    await Post.objects.filter({ pk: post.pk }).delete()
    expect(await form.saveIfValid()).toBe(null)
    expect(codes(form)).toEqual({ __all__: ['deleted'] })
    expect(await Post.objects.count()).toBe(0)
  })

  test('all or nothing: where a relation cannot be saved, the row is not', async () => {
    const form = new PostForm({ data: sent({ tags: [String(blog.poem.pk)] }) })
    expect(await form.isValid()).toBe(true)
    await blog.poem.delete()
    expect(await form.saveIfValid()).toBe(null)
    expect(codes(form)).toEqual({ __all__: ['invalid_choice'] })
    expect(await Post.objects.count()).toBe(1)
    expect([form.instance.pk, isStored(form.instance)]).toEqual([null, false])
  })
})

describe('the row', () => {
  test('has the values of a valid form, and is as it was where the form is invalid', async () => {
    const { post } = blog
    const invalid = new PostForm({ instance: post, data: sent({ author: '999' }) })
    expect(await invalid.isValid()).toBe(false)
    expect([post.title, post.slug]).toEqual(['One', 'one'])
    const valid = new PostForm({ instance: post, data: sent() })
    expect(await valid.isValid()).toBe(true)
    expect([post.title, post.slug]).toEqual(['Two', 'two'])
  })

  test('keeps what its default gave it where a field was not sent, and takes an unticked box for false', async () => {
    const form = new WholePostForm({ data: sent() })
    expect(await form.isValid()).toBe(false)
    expect(codes(form)).toEqual({ status: ['required'], views: ['required'] })
    class Lenient extends ModelForm(Comment, { fields: 'all', exclude: ['post'] }) {}
    const comment = new Lenient({ data: { name: 'x', text: 'y' } })
    comment.fields.rating.required = false
    comment.instance.post = blog.post
    expect((await comment.save()).rating).toBe(3)
    const emptied = new Lenient({ data: { name: 'z', text: 'y', rating: '' } })
    emptied.fields.rating.required = false
    emptied.instance.post = blog.post
    expect(await emptied.saveIfValid()).toBe(null)
    expect(codes(emptied)).toEqual({ rating: ['required'] })

    class Retire extends ModelForm(Author, { fields: ['name', 'retired'] }) {}
    await new Retire({ instance: blog.bob, data: { name: 'Bob' } }).save()
    expect((await Author.objects.get({ pk: blog.bob.pk })).retired).toBe(false)
  })

  test('gives the form what it shows', async () => {
    const form = new WholePostForm({ instance: await Post.objects.get({ slug: 'one' }), initial: { body: 'Other.' } })
    expect(form.get('title').initial).toBe('One')
    expect(form.get('body').initial).toBe('Other.')
    expect(form.get('author').initial).toBe(blog.ada.pk)
    expect(Object.keys(form.fields)).not.toContain('created')
    expect(Object.keys(form.fields)).not.toContain('id')
    expect(await form.hasChanged()).toBe(true)
    const same = new PostForm({
      instance: blog.post,
      data: sent({ title: 'One', slug: 'one', body: 'First.', tags: [String(blog.fun.pk), String(blog.sf.pk)] }),
    })
    expect(await same.changedData).toEqual([])
    const other = new PostForm({ instance: blog.post, data: sent({ slug: 'one', body: 'First.', tags: [] }) })
    expect(await other.changedData).toEqual(['title', 'tags'])
  })

  test('may be given what the form does not have, before it is validated or after', async () => {
    const form = new CommentForm({ data: { name: 'x', text: 'y', rating: '1' } })
    form.instance.post = blog.post
    expect((await form.saveIfValid())?.postId).toBe(blog.post.pk)
    const kept = new CommentForm({ data: { name: 'z', text: 'y', rating: '1' } })
    const comment = await kept.save({ commit: false })
    comment.post = blog.post
    await comment.save()
    const lacking = new CommentForm({ data: { name: 'a', text: 'y', rating: '1' } })
    expect(await lacking.saveIfValid()).toBe(null)
    expect(lacking.nonFieldErrors().join()).toBe('Post: This is required.')
  })
})

describe('what the model says', () => {
  test('of its fields, of the whole, and of fields that the form does not show', async () => {
    const forbidden = new PostForm({ data: sent({ title: 'Forbidden' }) })
    expect(await forbidden.isValid()).toBe(false)
    expect(codes(forbidden)).toEqual({ title: ['forbidden'] })
    const unseen = new PostForm({ data: sent({ body: 'hidden' }) })
    expect(await unseen.isValid()).toBe(false)
    expect(unseen.nonFieldErrors().join()).toBe('Views: Not seen enough.')
  })

  test('of unique values, all at once with the errors of other fields', async () => {
    const form = new PostForm({ data: sent({ title: '', slug: 'one' }) })
    expect(await form.isValid()).toBe(false)
    expect(codes(form)).toEqual({ title: ['required'], slug: ['unique'] })
    const pair = new PostForm({ data: sent({ title: 'One' }) })
    expect(await pair.isValid()).toBe(false)
    expect(codes(pair)).toEqual({ __all__: ['unique_together'] })
    expect(pair.nonFieldErrors().join()).toBe('There is already a post with this author and title.')
    const own = new PostForm({ instance: blog.post, data: sent({ title: 'One', slug: 'one' }) })
    expect(await own.isValid()).toBe(true)
  })

  test('in the words of the form, where it has some', async () => {
    class Wordy extends ModelForm(Post, {
      fields: ['title', 'slug', 'author'],
      errorMessages: { slug: { unique: 'Taken.' }, __all__: { unique_together: 'You wrote that.' } },
    }) {}
    const form = new Wordy({ data: sent({ slug: 'one' }) })
    await form.isValid()
    expect(form.errors.get('slug')?.join()).toBe('Taken.')
    const pair = new Wordy({ data: sent({ title: 'One' }) })
    await pair.isValid()
    expect(pair.nonFieldErrors().join()).toBe('You wrote that.')
  })

  test('of a field that may be blank in the form alone, nothing: the model fills it in', async () => {
    const form = new PostForm({ data: sent({ title: 'Hello you', slug: '' }) })
    expect(await form.isValid()).toBe(true)
    expect((await form.save()).slug).toBe('hello-you')
  })

  test('of a number that may be blank in the form and not in the column, what the database says, if nobody fills it in', async () => {
    class ViewsForm extends ModelForm(Post, { fields: ['title', 'slug', 'author', 'views'] }) {}
    const form = new ViewsForm({ data: sent({ views: '' }) })
    form.fields.views.required = false
    expect(await form.isValid()).toBe(true)
    expect(await form.saveIfValid()).toBe(null)
    expect(codes(form)).toEqual({ views: ['required'] })
    const filled = new ViewsForm({ data: sent({ views: '' }) })
    filled.fields.views.required = false
    const post = await filled.save({ commit: false })
    post.views = 5n
    await post.save()
    expect((await Post.objects.get({ slug: 'two' })).views).toBe(5n)
  })

  test('of keys whose rows are not among those that the manager gives, that they are none', async () => {
    const form = new PostForm({ data: sent({ author: String(blog.bob.pk) }) })
    expect(await form.isValid()).toBe(true)
    class Active extends ModelForm(Post, { fields: ['title', 'slug', 'author'] }) {
      constructor(options: ConstructorParameters<typeof PostForm>[0] = {}) {
        super(options as never)
        Object.assign(this.fields.author, { queryset: Author.objects.active() })
      }
    }
    const active = new Active({ data: sent({ author: String(blog.bob.pk) }) })
    expect(await active.isValid()).toBe(false)
    expect(codes(active)).toEqual({ author: ['invalid_choice'] })
    expect(await new Active({ data: sent() }).isValid()).toBe(true)
  })
})

describe('a value that another row took meanwhile', () => {
  test('is an error of the form, whoever came first', async () => {
    const forms = ['a', 'b'].map(
      (body) => new PostForm({ data: sent({ title: `By ${body}`, body, tags: [String(blog.sf.pk)] }) }),
    )
    for (const form of forms) expect(await form.isValid()).toBe(true)
    const saved = await Promise.all(forms.map((form) => form.saveIfValid()))
    expect(saved.filter((row) => row !== null).length).toBe(1)
    const loser = forms[saved.indexOf(null)]!
    expect(codes(loser)).toEqual({ slug: ['unique'] })
    expect(loser.errors.get('slug')?.join()).toBe('There is already a post with this slug.')
    expect([loser.instance.pk, loser.instance.slug, isStored(loser.instance)]).toEqual([null, '', false])
    expect(await Post.objects.count()).toBe(2)
    await expect(loser.save()).rejects.toThrow(InvalidForm)
  })

  test('is one of the whole where it takes several columns', async () => {
    const form = new PostForm({ data: sent({ slug: 'three' }) })
    await form.isValid()
    await Post.objects.create({ title: 'Two', slug: 'four', body: '', author: blog.ada })
    expect(await form.saveIfValid()).toBe(null)
    expect(codes(form)).toEqual({ __all__: ['unique_together'] })
    expect(form.nonFieldErrors().join()).toBe('There is already a post with this title and author.')
  })

  test('of a relation to one row', async () => {
    class ProfileForm extends ModelForm(Profile, { fields: 'all' }) {}
    const first = new ProfileForm({ data: { bio: 'x', author: String(blog.ada.pk) } })
    const second = new ProfileForm({ data: { bio: 'y', author: String(blog.ada.pk) } })
    await first.isValid()
    await second.isValid()
    await first.save()
    expect(await second.saveIfValid()).toBe(null)
    expect(codes(second)).toEqual({ author: ['unique'] })
    const third = new ProfileForm({ data: { bio: 'y', author: String(blog.ada.pk) } })
    expect(await third.isValid()).toBe(false)
    expect(codes(third)).toEqual({ author: ['unique'] })
  })

  test('is none of the form where the broken rule is that of another table', async () => {
    class Logging extends PostForm {
      protected override async saveInTransaction(): Promise<void> {
        await super.saveInTransaction()
        await setImmediate()
        await Profile.objects.create({ bio: 'x', authorId: 999 })
        await Profile.objects.create({ bio: 'x', authorId: 999 })
      }
    }
    await expect(new Logging({ data: sent() }).saveIfValid()).rejects.toThrow('UNIQUE constraint failed')
    expect(await Post.objects.count()).toBe(1)
  })
})

describe('the declaration', () => {
  test('adds fields of its own, and changes those of the model', async () => {
    class Own extends ModelForm(Post, {
      fields: ['slug', 'title', 'body'],
      labels: { title: 'Headline' },
      helpTexts: { title: 'Short.' },
      widgets: { title: new Textarea({ rows: 2 }) },
      formFields: { agree: boolean(), body: char({ maxLength: 5, label: 'Text' }) },
    }) {
      override clean() {
        if (this.cleanedData.agree && this.cleanedData.title === 'Shout') this.addError('title', 'Not so loud.')
      }
    }
    const form = new Own({ data: { slug: 's', title: 'Shout', body: 'Too long', agree: 'on' } })
    expect(Object.keys(form.fields)).toEqual(['slug', 'title', 'body', 'agree'])
    expect([form.get('title').label, form.get('title').helpText, form.get('body').label]).toEqual([
      'Headline',
      'Short.',
      'Text',
    ])
    expect(form.fields.title.widget).toBeInstanceOf(Textarea)
    expect(await form.isValid()).toBe(false)
    expect(codes(form)).toEqual({ title: ['invalid'], body: ['max_length'] })
  })

  test('names fields that the model has and that may be edited', () => {
    class Misspelt extends ModelForm(Post, { fields: ['titel' as 'title'] }) {}
    expect(() => new Misspelt()).toThrow(
      "Misspelt names 'titel', which Post does not have. Did you mean 'title'? Fields: title, ",
    )
    class Uneditable extends ModelForm(Post, { fields: ['created'] }) {}
    expect(() => new Uneditable()).toThrow("Uneditable cannot edit 'created': in Post it is a key")
    expect(() => ModelForm(undefined as never, { fields: 'all' })).toThrow('ModelForm() takes a model')
  })
})
