import { AdminSite, tabular } from '@nuages/admin'
import { boolean, ModelForm } from '@nuages/forms'
import { HttpResponse } from '@nuages/http'
import { ValidationError } from '@nuages/orm'
import { Author, Comment, Post, Tag } from './blog/models.ts'

/** What the hooks of the site were called with, for the tests. */
export const calls: string[] = []

class PostForm extends ModelForm(Post, {
  fields: ['title', 'slug', 'author', 'editor', 'tags', 'status'],
  labels: { title: 'Headline' },
  formFields: { isUrgent: boolean({ required: false, label: 'Urgent' }) },
}) {
  cleanTitle(title: string): string {
    if (title.includes('!')) throw new ValidationError('Do not shout.')
    return title
  }
}

/** A site for whoever is signed in, with options that the other one has not. */
export const editors = new AdminSite({
  name: 'editors',
  title: 'Editors',
  header: 'The desk',
  siteUrl: null,
  emptyValueDisplay: '?',
  hasPermission: async (request) => (await request.user).isAuthenticated,
})

editors.register(Post, {
  form: PostForm,
  listDisplay: ['title', 'editor', 'isFeatured', 'slug'],
  listDisplayLinks: null,
  listFilter: [{ path: 'tags', as: 'lookup' }],
  sortableBy: ['slug'],
  ordering: ['slug'],
  preserveFilters: false,
  actions: {
    deleteSelected: false,
    export: { label: 'Export', run: async (_request, posts) => new HttpResponse((await posts).map(String).join()) },
    nothing: { label: 'Nothing', run: () => undefined },
  },
  actionsOnTop: false,
  actionsOnBottom: true,
  radioFields: ['status'],
  rawIdFields: ['author'],
  selectFields: ['editor'],
  checkboxFields: ['tags'],
  saveOnTop: true,
  viewOnSite: (post) => `https://example.com/${post.slug}`,
  hasModulePermission: () => true,
  hasViewPermission: () => true,
  hasAddPermission: () => true,
  hasChangePermission: () => true,
  hasDeletePermission: () => true,
  async saveModel(_request, post, { change, form }) {
    const { isUrgent } = (form as PostForm).cleanedData
    calls.push(`saveModel ${change} ${isUrgent}`)
    if (isUrgent) post.isFeatured = true
    // Two who save at once meet like this: the form found nothing wrong.
    if (post.title === 'Clash') post.slug = 'post-1'
    if (post.title === 'Broken') throw new RangeError('a fault of the hook')
    await post.save()
  },
  async saveRelated(_request, post, save) {
    calls.push(`saveRelated ${await post.tags.count()}`)
    await save()
    if (post.title === 'Half') throw new RangeError('a fault after all was saved')
  },
  async deleteModel(_request, post) {
    calls.push('deleteModel')
    await post.delete()
  },
  responseAdd: (_request, post) => new HttpResponse(`added ${post.title}`),
  responseChange: (_request, _post, response) => {
    response.headers.set('X-Changed', 'yes')
    return response
  },
  inlines: [
    tabular(Comment, {
      fields: ['name'],
      extra: 0,
      maxNum: 2,
      readonlyFields: ['body'],
      hasAddPermission: () => true,
      hasViewPermission: () => true,
      // Comments of a post that is closed stay as they are.
      hasChangePermission: (_request, post) => (post as Post | null)?.title !== 'Closed',
      hasDeletePermission: () => false,
    }),
  ],
  pages: {
    preview: {
      label: 'Preview',
      permission: 'view',
      view: (_request, post) => new HttpResponse(`<h1>${post.title}</h1>`),
    },
    secret: { permission: 'view', view: () => new HttpResponse('no link leads here') },
  },
})

editors.register(Author, {
  fields: ['name', ['email', 'website']],
  exclude: ['website'],
  hasChangePermission: () => true,
  getReadonlyFields: (_request, author) => (author === null ? [] : ['name']),
})

editors.register(Tag, { getQueryset: (tags) => tags.exclude({ name: 'secret' }) })
