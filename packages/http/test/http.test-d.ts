import { expectTypeOf } from 'vitest'
import { z } from 'zod'
import {
  HttpRequest,
  HttpResponse,
  type JsonResponse,
  type StreamingHttpResponse,
  type UploadedFile,
} from '../src/index.ts'
import { makeEnviron } from './environ.ts'

declare module '../src/http-request.ts' {
  interface HttpRequest {
    /** As a project's middleware would add it. */
    exampleTenant?: { name: string }
  }
}

const request = new HttpRequest(makeEnviron())

// what middleware adds is typed
expectTypeOf(request.exampleTenant?.name).toEqualTypeOf<string | undefined>()

// a schema types the body, its absence leaves it unknown
expectTypeOf(request.json()).toEqualTypeOf<Promise<unknown>>()
expectTypeOf(request.json(z.object({ age: z.coerce.number() }))).toEqualTypeOf<Promise<{ age: number }>>()

expectTypeOf(request.query.get('page')).toEqualTypeOf<string | undefined>()
expectTypeOf((await request.form()).files.get('photo')).toEqualTypeOf<UploadedFile | undefined>()
expectTypeOf(request.preferredType(['text/html', 'application/json'])).toEqualTypeOf<
  'text/html' | 'application/json' | undefined
>()
request.query.with({ page: 2, tag: ['a', 'b'], q: null })
// @ts-expect-error an object is no query value
request.query.with({ page: { number: 2 } })

// the request is read-only, the response is not
// @ts-expect-error
request.path = '/x'
const response = new HttpResponse('x')
response.status = 201
// @ts-expect-error a misspelt option
new HttpResponse('x', { statusCode: 201 })
// @ts-expect-error objects are JsonResponse's
new HttpResponse({ a: 1 })
// @ts-expect-error three words are known
response.setCookie('a', 'b', { sameSite: 'sometimes' })

// every kind is an HttpResponse
expectTypeOf<JsonResponse>().toExtend<HttpResponse>()
expectTypeOf<StreamingHttpResponse>().toExtend<HttpResponse>()
