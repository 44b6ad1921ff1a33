import { admin, tabular } from 'nuages/admin'
import { Author, Comment, Post, Tag } from './models.ts'

const comments = tabular(Comment, { fields: ['name', 'body', 'isApproved'], extra: 1 })

admin.register(Post, {
  listDisplay: ['title', 'author', 'isDraft', 'publishedAt'],
  listFilter: ['isDraft', 'author', 'tags', 'publishedAt'],
  searchFields: ['title', 'summary', 'body'],
  dateHierarchy: 'publishedAt',
  prepopulatedFields: { slug: ['title'] },
  fieldsets: [
    { fields: ['title', 'slug', 'author', 'summary', 'body'] },
    { name: 'Picture', fields: ['cloud', 'picture', 'pictureAlt'] },
    { name: 'Publishing', fields: ['isDraft', 'publishedAt', 'tags'] },
  ],
  inlines: [comments],
})

admin.register(Comment, {
  listDisplay: ['name', 'post', 'created', 'isApproved'],
  listEditable: ['isApproved'],
  listFilter: ['isApproved', 'created'],
  searchFields: ['name', 'body', 'post__title'],
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
