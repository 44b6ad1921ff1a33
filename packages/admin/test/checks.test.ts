import { AdminSite, admin, stacked, tabular } from '@nuages/admin'
import { runChecks, setup } from '@nuages/core'
import { compositePrimaryKey, createRegistry, integer, Model, manager, registerModels } from '@nuages/orm'
import { describe, expect, test } from 'vitest'
import { Author, Comment, Note, Post, Tag } from './project/blog/models.ts'
import settings from './project/settings.ts'

await setup(settings)

/** The ids of what is wrong with options of posts that the compiler would refuse. */
function found(options: object): string[] {
  const site = new AdminSite({ name: 'checked' })
  site.register(Post, options as never)
  return site.check().map(({ id }) => id)
}

test('a model whose key is of several fields is refused', () => {
  class Pair extends Model({ pk: compositePrimaryKey('one', 'two'), one: integer(), two: integer() }) {
    static objects = manager(Pair)
  }
  registerModels('pairs', { Pair }, createRegistry())
  const site = new AdminSite({ name: 'checked' })
  site.register(Pair)
  expect(site.check().map(({ id }) => id)).toEqual(['admin.E904'])
})

describe('checks of options', () => {
  test.each<[options: object, ids: string[]]>([
    [{ listDisplay: ['title', 'nope'] }, ['admin.E108']],
    [{ listDisplay: ['title', 'author__nope'] }, ['admin.E108']],
    [{ listDisplay: ['title__nope'] }, ['admin.E108']],
    [{ listDisplay: ['comments__name'] }, ['admin.E108']],
    [{ listDisplay: ['tags', 'comments', 'wordCount', 'toString', 'author__name'] }, []],
    [{ listDisplay: ['title'], listDisplayLinks: ['slug'] }, ['admin.E111']],
    [{ listFilter: ['nope', 'author__nope', 'author', 'author__name', 'tags'] }, ['admin.E116', 'admin.E116']],
    [{ listSelectRelated: ['nope'] }, ['admin.E117']],
    [{ listPerPage: 0, listMaxShowAll: 1.5 }, ['admin.E118', 'admin.E119']],
    [
      { listDisplay: ['title', 'slug'], listEditable: ['nope', 'body', 'title', 'slug'] },
      ['admin.E121', 'admin.E122', 'admin.E124'],
    ],
    [{ listDisplay: ['title', 'slug'], listDisplayLinks: ['slug'], listEditable: ['slug'] }, ['admin.E123']],
    [{ listDisplay: ['title'], listDisplayLinks: null, listEditable: ['title'] }, []],
    [{ searchFields: ['^nope', 'author', '=author__name'] }, ['admin.E126', 'admin.E126']],
    [{ dateHierarchy: 'nope' }, ['admin.E127']],
    [{ dateHierarchy: 'title' }, ['admin.E128']],
    [{ ordering: ['-nope', 'author__name', '?'] }, ['admin.E033']],
    [{ fields: ['title'], fieldsets: [{ fields: ['slug'] }] }, ['admin.E005']],
    [{ fields: ['title', ['slug', 'title']] }, ['admin.E006']],
    [{ fieldsets: [{ fields: ['title'] }, { fields: ['title'] }] }, ['admin.E012']],
    [{ fields: ['nope'] }, ['admin.E035']],
    [{ readonlyFields: ['nope', 'wordCount', 'id'] }, ['admin.E035']],
    [{ exclude: ['nope', 'title', 'title'] }, ['admin.E014', 'admin.E015']],
    [{ form: class {} }, ['admin.E016']],
    [
      { prepopulatedFields: { slug: ['nope'], nope: ['title'], author: ['title'] } },
      ['admin.E030', 'admin.E027', 'admin.E028'],
    ],
    [{ autocompleteFields: ['nope', 'title', 'author'] }, ['admin.E037', 'admin.E038']],
    [{ rawIdFields: ['nope', 'title'] }, ['admin.E002', 'admin.E003']],
    [{ selectFields: ['nope', 'title'] }, ['admin.E900', 'admin.E901']],
    [{ checkboxFields: ['nope', 'title'] }, ['admin.E019', 'admin.E020']],
    [{ radioFields: ['nope', 'title', 'status', 'author'] }, ['admin.E022', 'admin.E023']],
    [{ actions: { delete_selected: { label: 'x', run() {} } } }, ['admin.E130']],
    [{ inlines: [tabular(Comment), stacked(Tag)] }, ['admin.E202']],
    [{ inlines: [tabular(Note, { fkName: 'text' as never })] }, ['admin.E202']],
    [
      { inlines: [tabular(Comment, { extra: -1, maxNum: 1.5, minNum: -2 })] },
      ['admin.E203', 'admin.E204', 'admin.E205'],
    ],
    [{ inlines: [tabular(Comment, { fields: ['nope' as never] })] }, ['admin.E035']],
  ])('%j', (options, ids) => {
    expect(found(options)).toEqual(ids)
  })

  test('a model with two keys to the other one has to say which', () => {
    const site = new AdminSite({ name: 'checked' })
    site.register(Author, { inlines: [tabular(Post)] })
    expect(site.check()).toEqual([
      {
        level: 'error',
        id: 'admin.E202',
        message: 'Post has several foreign keys to Author: author, editor. Name one as fkName.',
        object: 'blog.Author: inline blog.Post',
      },
    ])
  })

  test('a message names the nearest', () => {
    const site = new AdminSite({ name: 'checked' })
    site.register(Post, { listDisplay: ['titel' as never], listEditable: ['slgu' as never] })
    const [display, editable] = site.check()
    expect(display).toMatchObject({ object: 'blog.Post in the admin' })
    expect(display!.message).toContain(
      "Post has no field, getter or method 'titel' (in listDisplay). Did you mean 'title'?",
    )
    expect(editable!.message).toBe("listEditable names 'slgu', which is no field of Post. Did you mean 'slug'?")
  })

  test('the project itself is sound', async () => {
    expect(await runChecks({ tags: ['admin'] })).toEqual([])
    expect(admin.site.check()).toEqual([])
  })
})
