import { AdminSite, admin, tabular } from '@nuages/admin'
import type { HttpRequest } from '@nuages/http'
import { path, type ReverseFunction } from '@nuages/urls'
import { describe, expectTypeOf, test } from 'vitest'
import { Author, Comment, Post, Tag } from '../project/blog/models.ts'

describe('register', () => {
  test('takes names of the model, paths over relations and members', () => {
    admin.register(Post, {
      listDisplay: [
        'title',
        'author',
        'author__name',
        'authorId' as never,
        'wordCount',
        'toString',
        'tags',
        'comments',
      ],
      listDisplayLinks: ['title'],
      listEditable: ['isFeatured', 'editor'],
      listFilter: ['status', 'author__born', { path: 'tags', as: 'lookup' }, 'comments__isApproved'],
      searchFields: ['title', '^slug', '=author__name', 'comments__post__title', 'id'],
      ordering: ['-publishedAt', 'author__name', '?'],
      dateHierarchy: 'publishedAt',
      fields: ['title', ['slug', 'status'], 'wordCount', { formField: 'extraField' }],
      exclude: ['price'],
      prepopulatedFields: { slug: ['title', 'author'] },
      radioFields: ['status', 'author'],
      autocompleteFields: ['author', 'tags'],
      checkboxFields: ['tags'],
      inlines: [tabular(Comment, { fields: ['name', 'body'], fkName: 'post' })],
    })
  })

  test('refuses what the model does not have', () => {
    // @ts-expect-error: no such field
    admin.register(Post, { listDisplay: ['titel'] })
    // @ts-expect-error: no such field of the author
    admin.register(Post, { listDisplay: ['author__nmae'] })
    // @ts-expect-error: no such option
    admin.register(Post, { listDisplai: ['title'] })
    // @ts-expect-error: no such field
    admin.register(Post, { searchFields: ['^titel'] })
    // @ts-expect-error: no such field
    admin.register(Post, { listFilter: [{ path: 'autor' }] })
    // @ts-expect-error: no such field
    admin.register(Post, { ordering: ['-nope'] })
    // @ts-expect-error: a title is no date
    admin.register(Post, { dateHierarchy: 'title' })
    // @ts-expect-error: the other side of a relation is no field of a form
    admin.register(Post, { fields: ['comments'] })
    // @ts-expect-error: no such field
    admin.register(Post, { fieldsets: [{ fields: ['title', ['slgu']] }] })
    // @ts-expect-error: a rating is no text
    admin.register(Post, { prepopulatedFields: { rating: ['title'] } })
    // @ts-expect-error: no such field
    admin.register(Post, { prepopulatedFields: { slug: ['titel'] } })
    // @ts-expect-error: a title is no relation
    admin.register(Post, { autocompleteFields: ['title'] })
    // @ts-expect-error: an author is one
    admin.register(Post, { checkboxFields: ['author'] })
    // @ts-expect-error: no such field
    admin.register(Post, { readonlyFields: ['nope'] })
    // @ts-expect-error: no such field of a comment
    tabular(Comment, { fields: ['title'] })
    // @ts-expect-error: no foreign key
    tabular(Comment, { fkName: 'name' })
  })

  test('knows the row in functions and hooks', () => {
    admin.register(Post, {
      listDisplay: [
        {
          label: 'Words',
          value: (post, request) => {
            expectTypeOf(post).toEqualTypeOf<Post>()
            expectTypeOf(request).toEqualTypeOf<HttpRequest>()
            return post.wordCount
          },
        },
      ],
      getQueryset: (posts) => posts.filter({ isFeatured: true }),
      hasChangePermission: (_request, post) => {
        expectTypeOf(post).toEqualTypeOf<Post | null>()
        return true
      },
      saveModel: async (_request, post) => {
        expectTypeOf(post).toEqualTypeOf<Post>()
      },
      actions: {
        publish: {
          label: 'Publish',
          run: async (_request, posts) => `${await posts.filter({ status: 'draft' }).update({ status: 'published' })}`,
        },
      },
    })
    admin.register(Author, {
      // @ts-expect-error: authors have no titles
      getQueryset: (authors) => authors.filter({ title: 'x' }),
    })
    // @ts-expect-error: an action without a label
    new AdminSite().register(Tag, { actions: { x: { run: () => undefined } } })
  })
})

describe('URLs', () => {
  const editors = new AdminSite({ name: 'editors' })
  const urlpatterns = [path('admin/', admin.urls), path('desk/', editors.urls)] as const
  const reverse = ((name: string) => name) as unknown as ReverseFunction<typeof urlpatterns>

  test('have names and arguments', () => {
    expectTypeOf(reverse('admin:index')).toBeString()
    reverse('admin:changelist', { app: 'blog', model: 'post' })
    reverse('editors:change', { app: 'blog', model: 'post', key: '1' })
    // @ts-expect-error: no such page
    reverse('admin:lists', { app: 'blog', model: 'post' })
    // @ts-expect-error: a change page has a key
    reverse('admin:change', { app: 'blog', model: 'post' })
    // @ts-expect-error: no such site
    reverse('desk:index')
  })
})
