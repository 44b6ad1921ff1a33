import { type HttpRequest, HttpResponse } from '@nuages/http'
import { include, path, type ReverseFunction, type UrlNames } from '@nuages/urls'
import { expectTypeOf } from 'vitest'
import { type CrudDone, type CrudGuard, crudUrls, DetailView, UpdateView } from '../../src/index.ts'
import { Entry, Writer } from '../journal/diary/models.ts'

declare const loginRequired: CrudGuard
declare const reverse: ReverseFunction<typeof urlpatterns>

class BySlug extends DetailView(Entry)<{ slug: string }> {}
class ByKey extends UpdateView(Entry, { fields: ['title'] })<{ pk: number }> {}

const urlpatterns = [
  path('entries/', include(crudUrls(Entry, { fields: ['title'], access: loginRequired }), { namespace: 'entries' })),
  path('of/<int:blog>/', include(crudUrls(Writer, { fields: 'all', access: 'anyone', name: 'writer' }))),
  ...crudUrls(Entry, {
    access: 'anyone',
    prefix: 'own/',
    name: 'own',
    lookup: '<slug:slug>',
    views: { detail: BySlug, create: () => new HttpResponse('x'), update: false, delete: false },
  }),
]

// The routes are known to reverse.
expectTypeOf<UrlNames<typeof urlpatterns>>().toEqualTypeOf<
  | `entries:${'list' | 'detail' | 'create' | 'update' | 'delete'}`
  | `writer-${'list' | 'detail' | 'create' | 'update' | 'delete'}`
  | 'own-list'
  | 'own-detail'
  | 'own-create'
>()
reverse('entries:list')
reverse('entries:update', { pk: 3 })
reverse('writer-detail', { blog: 1, pk: 3 })
reverse('own-detail', { slug: 'fog' })
// @ts-expect-error: the row is named by its key
reverse('entries:detail', { slug: 'fog' })
// @ts-expect-error: the page is left out
reverse('own-delete', { slug: 'fog' })

// Names are checked against the model.
crudUrls(Entry, {
  fields: ['title', 'topics'],
  access: { list: 'anyone', create: loginRequired, update: loginRequired, delete: loginRequired },
  listDisplay: ['title', 'writer__name', 'topics', 'shout', 'id'],
  filterFields: ['writer', 'writtenAt__year'],
  searchFields: ['title'],
  orderingFields: ['writtenAt'],
  onSuccess: (request, done) => {
    expectTypeOf(request).toEqualTypeOf<HttpRequest>()
    expectTypeOf(done).toEqualTypeOf<CrudDone<Entry>>()
  },
})
// @ts-expect-error: who may use it is not said
crudUrls(Entry, { fields: ['title'] })
crudUrls(Entry, { fields: ['title'], access: { create: loginRequired, update: 'anyone' }, views: { delete: false } })
// @ts-expect-error: nor is it said of the page that deletes
crudUrls(Entry, { fields: ['title'], access: { create: loginRequired, update: loginRequired } })
// @ts-expect-error: a page of one's own changes rows as well
crudUrls(Entry, { fields: ['title'], access: { create: 'anyone', delete: 'anyone' }, views: { update: ByKey } })
// @ts-expect-error: no such page
crudUrls(Entry, { fields: ['title'], access: { write: 'anyone' } })
// @ts-expect-error: no such field
crudUrls(Entry, { fields: ['titel'], access: 'anyone' })
// @ts-expect-error: the other side of a relation is not edited
crudUrls(Entry, { fields: ['notes'], access: 'anyone' })
// @ts-expect-error: neither a path nor a member
crudUrls(Entry, { fields: ['title'], access: 'anyone', listDisplay: ['title', 'whisper'] })
// @ts-expect-error: no such path
crudUrls(Entry, { fields: ['title'], access: 'anyone', filterFields: ['writer__nmae'] })
// @ts-expect-error: a number is no text
crudUrls(Entry, { fields: ['title'], access: 'anyone', searchFields: ['words'] })
// @ts-expect-error: no such field
crudUrls(Entry, { fields: ['title'], access: 'anyone', orderingFields: ['-title'] })
// @ts-expect-error: no such option
crudUrls(Entry, { fields: ['title'], access: 'anyone', listDisplya: ['title'] })
// @ts-expect-error: the routes give a key, and the view wants a slug
crudUrls(Entry, { fields: ['title'], access: 'anyone', views: { detail: BySlug } })
// @ts-expect-error: the routes give a slug, and the view wants a key
crudUrls(Entry, { fields: ['title'], access: 'anyone', lookup: '<slug:slug>', views: { update: ByKey } })
// @ts-expect-error: a model is no view
crudUrls(Entry, { fields: ['title'], access: 'anyone', views: { detail: Writer } })
