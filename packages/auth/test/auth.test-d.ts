import type { HttpRequest, HttpResponse } from '@nuages/http'
import { CASCADE, char, email, foreignKey, Model, manager } from '@nuages/orm'
import { path } from '@nuages/urls'
import { View } from '@nuages/views'
import { expectTypeOf, test } from 'vitest'
import {
  AbstractUser,
  type AnonymousUser,
  getUserModel,
  loginRequired,
  permissionRequired,
  type RequestUser,
  User,
  UserManager,
  userModel,
  userPassesTest,
} from '../src/index.ts'

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

test('the request of a function that is written in place has its type', () => {
  loginRequired(async (request, { id }: { id: number }) => {
    expectTypeOf(request).toEqualTypeOf<HttpRequest>()
    return respond(String(id))
  })
  permissionRequired('notes.add_note')((request) => respond(request.path))
  userPassesTest((user, request) => user.isStaff && request.isSecure)((request) => respond(request.path))
})

test('a guarded class is the class', () => {
  class Page extends View<{ id: number }> {
    title = 'page'
  }
  class Mine extends permissionRequired('notes.change_note', {
    object: (_request, { id }: { id: number }) => ({ id }),
  })(Page) {}
  expectTypeOf(new Mine().title).toEqualTypeOf<string>()
  expectTypeOf(loginRequired(Page)).toEqualTypeOf<typeof Page>()
  path('page/<int:id>/', Mine.asView())
  // @ts-expect-error the view takes a number
  path('page/<slug:id>/', Mine.asView())
  // @ts-expect-error what is neither a view nor a class of views
  loginRequired('page')
})

test('users are made of their fields', () => {
  void User.objects.createUser({ username: 'ann', password: null, firstName: 'Ann' })
  // @ts-expect-error there is no such field
  void User.objects.createUser({ username: 'ann', nickname: 'x' })
  void User.objects.filter({ groups__name: 'editors', userPermissions__codename: 'add_note' })
  // @ts-expect-error there is no such field
  void User.objects.filter({ groups__title: 'editors' })
})

class Note extends Model({
  text: char({ maxLength: 20 }),
  get author() {
    return foreignKey(userModel, { onDelete: CASCADE })
  },
}) {
  static objects = manager(Note)
}

test('the model of users is User where a project registers no other', async () => {
  expectTypeOf(userModel).toEqualTypeOf<typeof User>()
  expectTypeOf(getUserModel()).toEqualTypeOf<typeof User>()
  expectTypeOf(await new Note().author).toEqualTypeOf<User>()
  void Note.objects.filter({ author__username: 'ann' })
  // @ts-expect-error there is no such field
  void Note.objects.filter({ author__nickname: 'x' })
})

class Member extends AbstractUser({
  username: null,
  email: email({ unique: true }),
  phone: char({ maxLength: 20 }),
}) {
  static objects = new UserManager(Member)
}

test("a class of a project's own has its fields, and not those that it took away", async () => {
  const member = await Member.objects.createUser({ email: 'ann@example.com', phone: '1', password: null })
  expectTypeOf(member.phone).toEqualTypeOf<string>()
  expectTypeOf(member.isStaff).toEqualTypeOf<boolean>()
  // @ts-expect-error there are no usernames
  member.username
  // @ts-expect-error nor are users made of them
  void Member.objects.createUser({ username: 'ann', email: 'ann@example.com', phone: '1', password: null })
  // @ts-expect-error nor found by them
  void Member.objects.filter({ username: 'ann' })
})
