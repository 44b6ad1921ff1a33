import { type HttpRequest, HttpResponse } from '@nuages/http'
import { path } from 'nuages/urls'
import { expectTypeOf, test } from 'vitest'
import { rateLimit } from '../src/index.ts'

test('views keep their parameters', () => {
  const limited = rateLimit({ rate: '5/m' })((request, { id }: { id: number }) => {
    expectTypeOf(request).toEqualTypeOf<HttpRequest>()
    return new HttpResponse(String(id))
  })
  expectTypeOf(limited).returns.toEqualTypeOf<Promise<HttpResponse>>()
  path('page/<int:id>/', limited)
  // @ts-expect-error the view takes a number
  path('page/<slug:id>/', limited)
  // @ts-expect-error whom to count is a client, a user, or what a function says
  rateLimit({ rate: '5/m', by: 'address' })
})
