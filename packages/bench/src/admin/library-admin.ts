import { admin } from 'nuages/admin'
import { Author, Book } from './library-models.ts'

admin.register(Author, { searchFields: ['name'] })
admin.register(Book, {
  listDisplay: ['title', 'author', 'pages', 'published'],
  listFilter: ['published', 'author'],
  searchFields: ['title'],
  dateHierarchy: 'published',
})
