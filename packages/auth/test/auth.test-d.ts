import type { HttpRequest, HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { View } from '@nuages/views'
import { expectTypeOf, test } from 'vitest'
import { type AnonymousUser, loginRequired, permissionRequired, type RequestUser, User } from '../src/index.ts'

declare const request: HttpRequest

test('request.user is awaited', async () => {
  expectTypeOf(request.user).toEqualTypeOf<RequestUser>()
  const user = await request.user
  expectTypeOf(user).toEqualTypeOf<User | AnonymousUser>()
  if (user.isAuthenticated) expectTypeOf(user).toEqualTypeOf<User>()
  else expectTypeOf(user).toEqualTypeOf<AnonymousUser>()
  // @ts-expect-error it is not there before it is awaited
  request.user.username
})

test('guarded views keep their parameters and their class', () => {
  class Page extends View<{ id: number }> {}
  const page = loginRequired(Page.asView())
  expectTypeOf(page).returns.toEqualTypeOf<Promise<HttpResponse>>()
  expectTypeOf(page.viewClass).not.toBeAny()
  path('page/<int:id>/', page)
  // @ts-expect-error the view takes a number
  path('page/<slug:id>/', page)
  const edit = permissionRequired('notes.change_note')((_request: HttpRequest, { slug }: { slug: string }) =>
    respond(slug),
  )
  path('edit/<slug:slug>/', edit)
  // @ts-expect-error the view takes text
  path('edit/<int:slug>/', edit)
})

declare function respond(text: string): HttpResponse

test('users are made of their fields', () => {
  void User.objects.createUser({ username: 'ann', password: null, firstName: 'Ann' })
  // @ts-expect-error there is no such field
  void User.objects.createUser({ username: 'ann', nickname: 'x' })
  void User.objects.filter({ groups__name: 'editors', userPermissions__codename: 'add_note' })
  // @ts-expect-error there is no such field
  void User.objects.filter({ groups__title: 'editors' })
})
