import { setTimeout as sleep } from 'node:timers/promises'
import { NunjucksEngine } from '@nuages/templates'
import { beforeEach, describe, expect, test } from 'vitest'
import { type AnyForm, ModelForm, PasswordInput } from '../../src/index.ts'
import { Post, Tag } from '../blog/models.ts'
import { fillBlog, useBlog } from '../blog/use-blog.ts'

useBlog()
let blog: Awaited<ReturnType<typeof fillBlog>>
beforeEach(async () => {
  blog = await fillBlog()
})

class PostForm extends ModelForm(Post, {
  fields: ['title', 'slug', 'body', 'status', 'featured', 'author', 'editor', 'tags'],
  versionCheck: true,
}) {}

const engine = new NunjucksEngine()

/** What the hidden input of a form holds, as a browser would send it back. */
async function versionOf(form: object): Promise<string> {
  const html = await engine.renderString('{{ form.get("_version") }}', { form })
  return /value="([^"]*)"/.exec(html)?.[1] ?? ''
}

function sent(changes: Record<string, unknown> = {}) {
  const tags = [String(blog.sf.pk), String(blog.fun.pk)]
  const own = {
    title: 'One',
    slug: 'one',
    body: 'First.',
    status: 'draft',
    author: String(blog.ada.pk),
    editor: '',
    tags,
  }
  return { ...own, ...changes }
}

async function opened(): Promise<string> {
  return versionOf(new PostForm({ instance: await Post.objects.get({ pk: blog.post.pk }) }))
}

async function submit(data: Record<string, unknown>) {
  const form = new PostForm({ instance: await Post.objects.get({ pk: blog.post.pk }), data: sent(data) })
  return { form, saved: await form.saveIfValid() }
}

describe('a row that nobody else changed', () => {
  test('is saved', async () => {
    const _version = await opened()
    expect(_version).toMatch(/^title:[\w-]{12} slug:/)
    const { form, saved } = await submit({ _version, title: 'Mine', tags: [] })
    expect(saved?.title).toBe('Mine')
    expect(form.cleanedData).not.toHaveProperty('_version')
    expect(await form.changedData).toEqual(['title', 'tags'])
  })

  test('is saved again from a form that came back with an error', async () => {
    const _version = await opened()
    const { form, saved } = await submit({ _version, title: '' })
    expect(saved).toBe(null)
    expect([...form.errors.keys()]).toEqual(['title'])
    expect(await versionOf(form)).toBe(_version)
    expect((await submit({ _version: await versionOf(form), title: 'Mine' })).saved?.title).toBe('Mine')
  })

  test('has no version while it is new', async () => {
    const form = new PostForm({ data: sent({ slug: 'new', title: 'New' }) })
    expect(Object.keys(form.fields)).not.toContain('_version')
    expect(await engine.renderString('{{ form }}', { form: new PostForm() })).not.toContain('_version')
    expect((await form.saveIfValid())?.title).toBe('New')
  })
})

describe('a row that another changed', () => {
  test('is told with what is there now; the input is kept, and the next time it is saved', async () => {
    const _version = await opened()
    const theirs = { title: 'Theirs <b>', tags: [String(blog.poem.pk)], editor: String(blog.bob.pk), featured: 'on' }
    expect((await submit({ _version, ...theirs })).saved).not.toBe(null)

    const { form, saved } = await submit({ _version, body: 'Mine.' })
    expect(saved).toBe(null)
    expect(form.hasError(null, 'stale')).toBe(true)
    expect(form.nonFieldErrors().join()).toBe(
      'Somebody else changed this post after you opened it. Title is now “Theirs <b>”. Featured is now “yes”. ' +
        'Editor is now “Bob”. Tags is now “poem”. What you entered is kept here: save again to put it in place of that.',
    )
    expect(await Post.objects.get({ pk: blog.post.pk })).toMatchObject({ title: 'Theirs <b>', body: 'First.' })
    expect(form.get('body').value()).toBe('Mine.')
    expect(form.instance.body).toBe('First.')
    const html = await engine.renderString('{{ form }}', { form })
    expect(html).toContain('Title is now “Theirs &lt;b&gt;”.')

    const next = await versionOf(form)
    expect(next).not.toBe(_version)
    expect(html).toContain(next)
    expect((await submit({ _version: next, body: 'Mine.' })).saved?.body).toBe('Mine.')
    const post = await Post.objects.get({ pk: blog.post.pk })
    expect([post.title, post.body, post.editorId]).toEqual(['One', 'Mine.', null])
    expect((await post.tags).map(({ name }) => name)).toEqual(['fun', 'sf'])
  })

  test('only in its relations to many', async () => {
    const _version = await opened()
    await blog.post.tags.remove(blog.sf)
    const { form } = await submit({ _version, title: 'Mine' })
    expect(form.nonFieldErrors().join()).toContain('after you opened it. Tags is now “fun”. What')
  })

  test('in a value that is now empty', async () => {
    const _version = await opened()
    await blog.post.tags.clear()
    await Post.objects.filter({ pk: blog.post.pk }).update({ body: '' })
    const { form } = await submit({ _version })
    expect(form.nonFieldErrors().join()).toContain('Body is now empty. Tags is now empty.')
  })

  test('to just what the form has is no loss', async () => {
    const _version = await opened()
    const both = { title: 'Ours', status: 'published', tags: [String(blog.poem.pk)], editor: String(blog.bob.pk) }
    expect((await submit({ _version, ...both })).saved).not.toBe(null)
    expect((await submit({ _version, ...both, body: 'More.' })).saved?.body).toBe('More.')
  })

  test('in what the form does not edit is none of its business', async () => {
    const _version = await opened()
    await Post.objects.filter({ pk: blog.post.pk }).update({ views: 7n, subtitle: 'x' })
    expect((await submit({ _version, title: 'Mine' })).saved).not.toBe(null)
    expect(await Post.objects.get({ pk: blog.post.pk })).toMatchObject({ title: 'Mine', views: 7n, subtitle: 'x' })
  })

  test('in what the form shows and does not let be edited is none of its business either', async () => {
    class Showing extends PostForm {
      constructor(options: ConstructorParameters<typeof PostForm>[0] = {}) {
        super(options)
        this.fields.title.disabled = true
      }
    }
    const _version = await versionOf(new Showing({ instance: await Post.objects.get({ pk: blog.post.pk }) }))
    await Post.objects.filter({ pk: blog.post.pk }).update({ title: 'Theirs' })
    const instance = await Post.objects.get({ pk: blog.post.pk })
    const form = new Showing({ instance, data: sent({ _version: `${_version} title:0123456789ab`, body: 'Mine.' }) })
    expect((await form.saveIfValid())?.title).toBe('Theirs')
    expect(_version).not.toContain('title:')
  })

  test('is not looked at where no version was sent, or the form does not ask', async () => {
    await opened()
    await Post.objects.filter({ pk: blog.post.pk }).update({ title: 'Theirs' })
    expect((await submit({ title: 'Mine' })).saved?.title).toBe('Mine')
    expect((await submit({ title: 'Mine', _version: '' })).saved?.title).toBe('Mine')
    class Careless extends ModelForm(Post, { fields: ['title'] }) {}
    expect(Object.keys(new Careless({ instance: blog.post }).fields)).toEqual(['title'])
  })

  test('does not show what the form would not', async () => {
    class Secret extends ModelForm(Post, {
      fields: ['title', 'body'],
      widgets: { body: PasswordInput },
      versionCheck: true,
    }) {}
    const _version = await versionOf(new Secret({ instance: await Post.objects.get({ pk: blog.post.pk }) }))
    await Post.objects.filter({ pk: blog.post.pk }).update({ body: 'geheim' })
    const form = new Secret({ instance: blog.post, data: { title: 'x', body: 'y', _version } })
    expect(await form.saveIfValid()).toBe(null)
    expect(form.nonFieldErrors().join()).toContain('it. Body is another. What')
  })

  test('to a long text is told in short', async () => {
    const _version = await opened()
    await Post.objects.filter({ pk: blog.post.pk }).update({ body: '𝔸'.repeat(5000) })
    const { form } = await submit({ _version })
    const message = form.nonFieldErrors().join()
    expect(message.length).toBeLessThan(400)
    expect(message.isWellFormed()).toBe(true)
  })
})

test('a row that another deleted is told, and not made again', async () => {
  const _version = await opened()
  const instance = await Post.objects.get({ pk: blog.post.pk })
  await blog.post.delete()
  const form = new PostForm({ instance, data: sent({ _version, title: 'Mine' }) })
  expect(await form.saveIfValid()).toBe(null)
  expect(form.hasError(null, 'deleted')).toBe(true)
  expect(form.get('title').value()).toBe('Mine')
  expect(await Post.objects.count()).toBe(0)

  // Without a version too: an update that finds no row would insert it.
  const blind = new PostForm({ instance, data: sent({ title: 'Mine' }) })
  expect(await blind.saveIfValid()).toBe(null)
  expect(await Post.objects.count()).toBe(0)
})

test('of two who save at once, one wins and the other is told', async () => {
  const _version = await opened()
  const bodies = ['a', 'b', 'c', 'd']
  const forms = await Promise.all(
    bodies.map(async (body) => {
      const instance = await Post.objects.get({ pk: blog.post.pk })
      const form = new PostForm({ instance, data: sent({ _version, body, tags: [] }) })
      expect(await form.isValid()).toBe(true)
      return form
    }),
  )
  const saved = await Promise.all(forms.map((form) => form.saveIfValid()))
  const winners = saved.filter((row) => row !== null)
  expect(winners.length).toBe(1)
  expect((await Post.objects.get({ pk: blog.post.pk })).body).toBe(winners[0]!.body)
  for (const [index, form] of forms.entries()) {
    if (saved[index]) continue
    expect(form.nonFieldErrors().join()).toContain(`Body is now “${winners[0]!.body}”.`)
    expect(form.instance.body).toBe('First.')
  }
})

test('two who save different relations at once', async () => {
  const _version = await opened()
  const extra = await Tag.objects.create({ name: 'ÄÖÜ' })
  const one = new PostForm({
    instance: await Post.objects.get({ pk: blog.post.pk }),
    data: sent({ _version, tags: [] }),
  })
  const two = new PostForm({
    instance: await Post.objects.get({ pk: blog.post.pk }),
    data: sent({ _version, tags: [String(extra.pk)] }),
  })
  await one.isValid()
  await two.isValid()
  const [first, second] = await Promise.all([one.saveIfValid(), sleep(1).then(() => two.saveIfValid())])
  expect(first).not.toBe(null)
  expect(second).toBe(null)
  expect(two.nonFieldErrors().join()).toContain('Tags is now empty.')
})

test('a version that is none is told as such, and never fails', async () => {
  const foreign = await versionOf(
    new PostForm({ instance: await Post.objects.create({ title: 'x', slug: 'x', body: '', author: blog.ada }) }),
  )
  for (const _version of ['garbage', '\0', 'title:', 'ü:123456789012 ', foreign, ['a', 'b'], { x: 1 }, 7]) {
    const { form, saved } = await submit({ _version, title: 'Mine' })
    expect(saved).toBe(null)
    expect(form.hasError(null, 'stale')).toBe(true)
    expect((await submit({ _version: await versionOf(form) })).saved).not.toBe(null)
  }
})

test('works in a form among others', async () => {
  const form: AnyForm = new PostForm({ instance: blog.post, prefix: 'p' }) as never
  expect(await engine.renderString('{{ form }}', { form })).toContain('name="p-_version"')
})
