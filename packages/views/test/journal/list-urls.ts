import { path } from '@nuages/urls'
import { ListView } from '../../src/index.ts'
import { Entry, Note } from './diary/models.ts'

const options = {
  filterFields: [
    'writer',
    'topics',
    'isPublic',
    'mood',
    'day',
    'day__isnull',
    'writtenAt__gte',
    'writtenAt__date',
    'writtenAt__year',
    'words__lt',
    'title__istartswith',
    'notes__text',
    'slug__in',
  ],
  searchFields: ['title', 'writer__name', 'notes__text'],
  orderingFields: ['title', 'writtenAt', 'writer__name', 'writer'],
} as const

class EntryList extends ListView(Entry, options) {
  override ordering = '-words'
}

class PublicList extends ListView(Entry, { orderingFields: ['words'], searchFields: ['title__startswith'] }) {
  override paginateBy = 2
  override templateName = 'diary/sort_links.html'

  override getQueryset() {
    return Entry.objects.filter({ isPublic: true }).orderBy('title')
  }
}

class ArrayList extends ListView(Entry, { orderingFields: ['title'] }) {
  override getQueryset() {
    return []
  }
}

export const urlpatterns = [
  path('entries/', EntryList.asView()),
  path('public/', PublicList.asView()),
  path('named/', ListView(Entry, { filterFields: { year: 'writtenAt__year', by: 'writer__name' } }).asView()),
  path('find/', ListView(Entry, { searchFields: ['title'] }).asView({ searchKwarg: 'find', orderingKwarg: 'o' })),
  path('plain/', ListView(Entry).asView()),
  path('array/', ArrayList.asView()),
  path('filters/', EntryList.asView({ templateName: 'diary/filters.html' })),
  path('regex/', ListView(Note, { filterFields: ['text__regex'] }).asView()),
]
