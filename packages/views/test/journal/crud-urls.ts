import { type HttpRequest, HttpResponse, PermissionDenied } from '@nuages/http'
import { include, path } from '@nuages/urls'
import { type CrudGuard, crudUrls, DetailView, ListView, UpdateView } from '../../src/index.ts'
import { Contract, Entry, Topic, Writer } from './diary/models.ts'

/** What happened, in order. */
export const log: string[] = []

/** Lets through who says the word: what a permission is in a project with users. */
const who =
  (word: string): CrudGuard =>
  (view) =>
  async (request, params) => {
    if (request.cookies.get('word') !== word) throw new PermissionDenied()
    return view(request, params)
  }

class PublicEntries extends ListView(Entry, { searchFields: ['title'] }) {
  override getQueryset() {
    return Entry.objects.filter({ isPublic: true }).orderBy('-title')
  }
}

class OwnTemplate extends DetailView(Entry) {
  override templateName = 'frame.html'
}

class SlowUpdate extends UpdateView(Entry, { fields: ['title'] })<{ slug: string }> {
  override successUrl = '/elsewhere/'

  override hasObjectPermission(entry: Entry) {
    return entry.words < 1000
  }
}

export const urlpatterns = [
  path(
    'entries/',
    include(
      crudUrls(Entry, {
        fields: ['title', 'slug', 'day', 'writtenAt', 'isPublic', 'words', 'mood', 'writer', 'topics'],
        access: { create: who('open'), update: who('open'), delete: 'anyone' },
        listDisplay: ['title', 'writer', 'writer__name', 'mood', 'isPublic', 'topics', 'shout', 'day'],
        orderingFields: ['title', 'writer__name'],
        filterFields: ['writer', 'isPublic', 'words__gte'],
        searchFields: ['title'],
        ordering: 'title',
        paginateBy: 3,
        onSuccess: (_request, { page, object }) => {
          log.push(`${page} ${object.title}`)
        },
      }),
      { namespace: 'entries' },
    ),
  ),
  path('of/<slug:owner>/', include(crudUrls(Writer, { fields: ['name'], access: 'anyone' }), { namespace: 'writers' })),
  ...crudUrls(Topic, { fields: 'all', access: 'anyone', prefix: 'topics/', name: 'topic', lookup: '<slug:slug>' }),
  ...crudUrls(Contract, {
    access: {},
    prefix: 'contracts/',
    name: 'contract',
    views: { create: false, update: false, delete: false },
  }),
  ...crudUrls(Entry, {
    access: 'anyone',
    prefix: 'own/',
    name: 'own',
    lookup: '<slug:slug>',
    baseTemplate: 'frame.html',
    views: {
      list: PublicEntries,
      detail: OwnTemplate,
      update: SlowUpdate,
      create: (_request: HttpRequest) => new HttpResponse('a function'),
      delete: false,
    },
  }),
]
