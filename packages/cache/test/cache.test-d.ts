import { type HttpRequest, HttpResponse } from '@nuages/http'
import { path } from 'nuages/urls'
import { View } from 'nuages/views'
import { expectTypeOf, test } from 'vitest'
import { type Cache, cache, cacheControl, cachePage, caches, neverCache } from '../src/index.ts'

test('a value has the type that the caller knows, else none', () => {
  expectTypeOf(cache.get('key')).resolves.toBeUnknown()
  expectTypeOf(cache.get<number>('key')).resolves.toEqualTypeOf<number | undefined>()
  expectTypeOf(cache.getMany<string>(['key'])).resolves.toEqualTypeOf<Map<string, string>>()
  expectTypeOf(cache.getOrSet('key', () => 1)).resolves.toBeNumber()
  expectTypeOf(cache.getOrSet('key', async () => ({ n: 1 }))).resolves.toEqualTypeOf<{ n: number }>()
  expectTypeOf(cache.update('key', (value) => String(value))).resolves.toBeString()
})

test('a sum is of the kind of what is added', () => {
  expectTypeOf(cache.incr('n')).resolves.toBeNumber()
  expectTypeOf(cache.incr('n', 2n)).resolves.toBeBigInt()
  expectTypeOf(cache.decr('n', 2)).resolves.toBeNumber()
})

test('timeouts are seconds, durations or null', () => {
  void cache.set('key', 1, { timeout: null })
  void cache.set('key', 1, { timeout: Temporal.Duration.from({ minutes: 5 }) })
  // @ts-expect-error a text is no time
  void cache.set('key', 1, { timeout: '5 minutes' })
  // @ts-expect-error keys are text
  void cache.get(5)
  expectTypeOf(caches.get('other')).toEqualTypeOf<Cache>()
})

test('views keep their parameters and their class', () => {
  class Page extends View<{ id: number }> {}
  const page = cachePage(60)(Page.asView())
  expectTypeOf(page).returns.toEqualTypeOf<Promise<HttpResponse>>()
  expectTypeOf(page.viewClass).not.toBeAny()
  path('page/<int:id>/', page)
  // @ts-expect-error the view takes a number
  path('page/<slug:id>/', page)
  path('own/<int:id>/', neverCache(Page.asView()))
  path(
    'own/<int:id>/',
    cacheControl({ maxAge: 60 })((request, { id }: { id: number }) => {
      expectTypeOf(request).toEqualTypeOf<HttpRequest>()
      return new HttpResponse(String(id))
    }),
  )
  path(
    'inline/',
    cachePage(60)((request) => {
      expectTypeOf(request).toEqualTypeOf<HttpRequest>()
      return new HttpResponse(request.path)
    }),
  )
})
