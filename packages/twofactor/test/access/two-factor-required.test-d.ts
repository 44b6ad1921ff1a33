import type { HttpRequest, HttpResponse } from '@nuages/http'
import { path } from '@nuages/urls'
import { View } from '@nuages/views'
import { expectTypeOf, test } from 'vitest'
import { twoFactorRequired } from '../../src/index.ts'

declare function respond(text: string): HttpResponse

test('views keep their parameters behind the guard', () => {
  const pay = twoFactorRequired(async (request, { id }: { id: number }) => {
    expectTypeOf(request).toEqualTypeOf<HttpRequest>()
    return respond(String(id))
  })
  path('pay/<int:id>/', pay)
  // @ts-expect-error the view takes a number
  path('pay/<slug:id>/', pay)
  class Page extends View<{ id: number }> {}
  expectTypeOf(twoFactorRequired(Page)).toEqualTypeOf<typeof Page>()
  // @ts-expect-error it is no view
  twoFactorRequired({})
})
