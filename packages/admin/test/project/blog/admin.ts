import { admin, stacked, tabular } from '@nuages/admin'
import { html } from '@nuages/templates'
import { Author, Comment, Contract, Note, Picture, Post, Tag } from './models.ts'

admin.register(Post, {
  listDisplay: [
    'title',
    'author',
    'status',
    'isFeatured',
    'publishedAt',
    { label: 'Words', value: (post) => post.wordCount },
    { label: 'Shout', value: (post) => html`<b>${post.title}</b>`, ordering: '-title' },
  ],
  listFilter: [
    'status',
    'isFeatured',
    'publishedAt',
    'author',
    'tags',
    { path: 'rating', as: 'empty' },
    {
      title: 'length',
      parameterName: 'length',
      lookups: () => [
        ['short', 'Short'],
        ['long', 'Long'],
      ],
      queryset: (posts, value) => (value === 'short' ? posts.filter({ body: '' }) : posts.exclude({ body: '' })),
    },
  ],
  searchFields: ['title', '^slug', '=author__name', 'id'],
  dateHierarchy: 'publishedAt',
  listPerPage: 10,
  listMaxShowAll: 50,
  actions: {
    publish: {
      label: 'Publish',
      permissions: ['change'],
      run: async (_request, posts) => `${await posts.update({ status: 'published' })} posts were published.`,
    },
    empty: {
      label: 'Empty',
      confirm: 'Their text will be gone.',
      danger: true,
      run: async (_request, posts) => void (await posts.update({ body: '' })),
    },
  },
  fieldsets: [
    { fields: ['title', 'slug', ['status', 'isFeatured'], 'author', 'editor', 'tags', 'body'] },
    {
      name: 'More',
      classes: ['collapse'],
      description: 'Rarely needed.',
      fields: [
        'rating',
        'price',
        'publishedAt',
        'extra',
        'wordCount',
        { label: 'Shout', value: (post) => html`<b>${post.title}</b>` },
      ],
    },
  ],
  prepopulatedFields: { slug: ['title'] },
  inlines: [tabular(Comment, { extra: 2 }), stacked(Note, { extra: 1, showChangeLink: true })],
  saveAs: true,
})

admin.register(Author, {
  searchFields: ['name'],
  listDisplay: ['name', 'email', 'website', 'born', 'initials', 'posts'],
  actions: {
    forget: {
      label: 'Forget birthdays',
      permissions: ['change'],
      run: async (_request, authors) => void (await authors.update({ born: null })),
    },
  },
  // Nobody touches who is called so.
  hasChangePermission: async (_request, author, allowed) => (await allowed()) && author?.name !== 'Locked',
  hasDeletePermission: async (_request, author, allowed) => (await allowed()) && author?.name !== 'Locked',
})
admin.register(Tag, {
  emptyValueDisplay: '(none)',
  getQueryset: (tags) => tags.exclude({ name: 'secret' }),
  actions: {
    tidy: {
      label: 'Tidy up',
      run: async (_request, tags) => void (await tags.filter({ name__startswith: 'old' }).delete()),
    },
  },
})
admin.register(Comment, {
  listDisplay: ['name', 'post__author__name', 'isApproved', 'body'],
  listEditable: ['isApproved', 'body'],
  listFilter: ['isApproved'],
  radioFields: ['post'],
})
admin.register(Contract, {
  linkedFrom: { author: 'Contracts' },
  // A column that is called like a field of the author, and does not show it.
  listDisplay: ['toString', { label: 'Author', name: 'author__email', value: () => 'hidden' }],
})
admin.register(Picture, {
  listDisplay: ['title', 'image', 'notes'],
  listFilter: ['title'],
  readonlyFields: [],
  saveAs: true,
  getQueryset: (pictures) => pictures.exclude({ title: 'secret' }),
})
