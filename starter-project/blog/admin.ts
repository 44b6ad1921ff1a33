import { admin, tabular } from 'nuages/admin'
import { Author, Comment, Post, Tag } from './models.ts'

const comments = tabular(Comment, { fields: ['name', 'body', 'isApproved'], extra: 2 })

admin.register(Post, {
  listDisplay: ['title', 'author', 'isDraft', 'publishedAt'],
  listFilter: ['isDraft', 'author', 'tags', 'publishedAt'],
  searchFields: ['title', 'summary', 'body'],
  dateHierarchy: 'publishedAt',
  actions: {
    publish: {
      label: 'Publish',
      permissions: ['change'],
      async run(_request, posts) {
        await posts.filter({ publishedAt__isnull: true }).update({ publishedAt: Temporal.Now.instant() })
        const count = await posts.update({ isDraft: false })
        return count === 1 ? 'One post is published.' : `${count} posts are published.`
      },
    },
  },
  prepopulatedFields: { slug: ['title'] },
  checkboxFields: ['tags'],
  fieldsets: [
    { fields: ['title', 'slug', 'author', 'summary', 'body'] },
    { name: 'Picture', fields: ['cloud', 'picture', 'pictureDescription'] },
    { name: 'Publishing', fields: ['isDraft', 'publishedAt', 'tags'] },
  ],
  inlines: [comments],
})

admin.register(Comment, {
  listDisplay: [
    'name',
    { label: 'Comment', value: ({ body }) => (body.length > 60 ? `${body.slice(0, 60)}…` : body) },
    'post',
    'created',
    'isApproved',
  ],
  ordering: ['-created'],
  listEditable: ['isApproved'],
  listFilter: ['isApproved', 'created'],
  searchFields: ['name', 'body', 'post__title'],
  actions: {
    approve: {
      label: 'Approve',
      permissions: ['change'],
      async run(_request, rows) {
        const count = await rows.update({ isApproved: true })
        return count === 1 ? 'One comment is approved.' : `${count} comments are approved.`
      },
    },
  },
})

admin.register(Author, {
  listDisplay: ['name', 'role', 'user'],
  searchFields: ['name'],
  prepopulatedFields: { slug: ['name'] },
})

admin.register(Tag, {
  listDisplay: ['name', 'description'],
  searchFields: ['name'],
  prepopulatedFields: { slug: ['name'] },
})
