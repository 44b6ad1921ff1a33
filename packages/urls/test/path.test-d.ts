import type { HttpRequest, HttpResponse } from '@nuages/http'
import { expectTypeOf } from 'vitest'
import {
  type Converter,
  createResolver,
  defineConverter,
  definePath,
  include,
  path,
  type ReverseFunction,
  rePath,
  type UrlNames,
} from '../src/index.ts'

declare const response: HttpResponse
declare function article(request: HttpRequest, params: { year: number; slug: string }): HttpResponse
declare function archive(request: HttpRequest, params: { year: string }): Promise<HttpResponse>
declare function plain(request: HttpRequest): HttpResponse

// Parameters are typed from the route.
path('articles/<int:year>/<slug:slug>/', (_request, params) => {
  expectTypeOf(params).toEqualTypeOf<{ year: number; slug: string }>()
  return response
})
path('<name>/<uuid:id>/<path:rest>', (_request, { name, id, rest }) => {
  expectTypeOf(name).toEqualTypeOf<string>()
  expectTypeOf(id).toEqualTypeOf<string>()
  expectTypeOf(rest).toEqualTypeOf<string>()
  return response
})
path('', plain)
path('<int:year>/', plain, 'fewer-parameters-than-the-route')

// @ts-expect-error: the view wants a number, the route gives text
path('articles/<year>/<slug:slug>/', article)
// @ts-expect-error: the route has no slug
path('articles/<int:year>/', article)
// @ts-expect-error: there is no converter 'itn'
path('articles/<itn:year>/', plain)
path('articles/<int:year>/', (_request, params) => {
  // @ts-expect-error: the route has no 'yaer'
  params.yaer
  return response
})

// Extra parameters reach the view.
path(
  'drafts/<int:year>/',
  (_request, params) => {
    expectTypeOf(params.draft).toEqualTypeOf<true>()
    expectTypeOf(params.year).toEqualTypeOf<number>()
    return response
  },
  { name: 'drafts', kwargs: { draft: true } },
)
path('drafts/', (_request: HttpRequest, _params: { draft: boolean }) => response, { kwargs: { draft: true } })

// Custom converters bring their type.
const datePath = definePath({
  converters: { date: { regex: '[0-9-]{10}', parse: (text) => Temporal.PlainDate.from(text), format: String } },
})
datePath('diary/<date:day>/<int:entry>/', (_request, { day, entry }) => {
  expectTypeOf(day).toEqualTypeOf<Temporal.PlainDate>()
  expectTypeOf(entry).toEqualTypeOf<number>()
  return response
})

// @ts-expect-error: it parses text and formats numbers
defineConverter({ regex: '[a-z]+', parse: (text) => text, format: (value: number) => String(value) })
expectTypeOf(
  defineConverter({ regex: '.', parse: (text) => Number(text) || undefined, format: (value) => value.toFixed() }),
).toEqualTypeOf<Converter<number>>()

// Patterns below a prefix with parameters.
const shopPath = definePath({ under: '<slug:shop>/' })
const shopUrls = [
  shopPath(
    '',
    (_request, { shop }) => {
      expectTypeOf(shop).toEqualTypeOf<string>()
      return response
    },
    'index',
  ),
  shopPath('<int:id>/', (_request: HttpRequest, _params: { shop: string; id: number }) => response, 'detail'),
]
path('<slug:shop>/', include(shopUrls))
path('s/<shop>/', include(shopUrls, { namespace: 'shop' }))
// @ts-expect-error: the prefix has no 'shop'
path('shops/', include(shopUrls))
// @ts-expect-error: 'shop' is a number here
path('<int:shop>/', include(shopUrls))
// @ts-expect-error: the root has no 'shop'
createResolver(shopUrls)

// Regular expressions: a string is read, a RegExp is not.
rePath('^archive/(?<year>[0-9]{4})/(?<month>[0-9]{2})/$', (_request, params) => {
  expectTypeOf(params).toEqualTypeOf<{ year: string; month: string }>()
  return response
})
rePath('^archive/(?<year>[0-9]{4})/(?:(?<month>[0-9]{2})/)?$', (_request, params) => {
  expectTypeOf(params.month).toEqualTypeOf<string | undefined>()
  return response
})
rePath('^([0-9]+)/([a-z]+)/$', (_request, params) => {
  expectTypeOf(params).toEqualTypeOf<readonly string[]>()
  return response
})
rePath(/^archive\/(?<year>\d{4})\/$/, archive, 'archive')
rePath(/^archive\/(\d{4})\/$/, (_request, [year]: readonly string[]) => {
  expectTypeOf(year).toEqualTypeOf<string | undefined>()
  return response
})
rePath(/^archive\/(?<year>\d{4})\/$/, (_request, { year }) => {
  expectTypeOf(year).toEqualTypeOf<string | undefined>()
  return response
})
// @ts-expect-error: groups are text
rePath(/^archive\/(?<year>\d{4})\/$/, (_request: HttpRequest, _params: { year: number }) => response)

// Reversal, once a URLconf is known.
const urlpatterns = [
  path('', plain, 'home'),
  path('articles/<int:year>/<slug:slug>/', article, 'article-detail'),
  path('articles/', plain, 'articles'),
  path('articles/<int:page>/', plain, 'articles'),
  path('unnamed/<int:x>/', plain),
  path('drafts/', plain, { name: 'drafts', kwargs: { draft: true } }),
  datePath('diary/<date:day>/', plain, 'day'),
  rePath(/^archive\/(?<year>\d{4})\/$/, archive, 'archive'),
  rePath('^old/([0-9]+)/$', plain, 'old'),
  path('s/<slug:shop>/', include(shopUrls, { namespace: 'shop' })),
  path(
    'blog/',
    include(
      [
        path('', plain, 'latest'),
        path(
          'more/',
          include(() => [path('<int:n>/', plain, 'deep')], { namespace: 'inner' }),
        ),
      ],
      { namespace: 'blog' },
    ),
  ),
  path('named/', include([path('y/', plain, 'y')], { appName: 'only' })),
  path('both/', include({ urlpatterns: [path('z/', plain, 'z')], appName: 'app' }, { namespace: 'mine' })),
  path('plain/', include({ urlpatterns: [path('x/', plain, 'x')], appName: 'app' })),
]
createResolver(urlpatterns)
declare const reverse: ReverseFunction<typeof urlpatterns>

expectTypeOf<UrlNames<typeof urlpatterns>>().toEqualTypeOf<
  | 'home'
  | 'article-detail'
  | 'articles'
  | 'drafts'
  | 'day'
  | 'archive'
  | 'old'
  | 'shop:index'
  | 'shop:detail'
  | 'blog:latest'
  | 'blog:inner:deep'
  | 'app:x'
  | 'only:y'
  | 'mine:z'
>()
expectTypeOf(reverse('home')).toEqualTypeOf<string>()
reverse('home', {}, { query: { page: 2 }, fragment: 'top' })
reverse('article-detail', { year: 2026, slug: 'x' })
reverse('article-detail', [2026, 'x'])
reverse('articles')
reverse('articles', { page: 2 })
reverse('drafts')
reverse('drafts', { draft: true })
reverse('day', { day: Temporal.PlainDate.from('2026-01-01') })
reverse('archive', { year: '2026' })
reverse('old', ['1'])
reverse('shop:detail', { shop: 'a', id: 1 })
reverse('shop:detail', ['a', 1])
reverse('blog:inner:deep', { n: 1 })
reverse('app:x')

// @ts-expect-error: no such name
reverse('hmoe')
// @ts-expect-error: without its namespace
reverse('detail', { shop: 'a', id: 1 })
// @ts-expect-error: arguments are missing
reverse('article-detail')
// @ts-expect-error: one argument is missing
reverse('article-detail', { year: 2026 })
// @ts-expect-error: 'year' is a number
reverse('article-detail', { year: '2026', slug: 'x' })
// @ts-expect-error: no such argument
reverse('article-detail', { year: 2026, slug: 'x', page: 1 })
// @ts-expect-error: the other way round
reverse('article-detail', ['x', 2026])
// @ts-expect-error: the prefix takes 'shop'
reverse('shop:detail', { id: 1 })
// @ts-expect-error: a plain date
reverse('day', { day: '2026-01-01' })
// @ts-expect-error: 'home' takes nothing
reverse('home', { year: 2026 })

// Where no URLconf is registered, names are strings and arguments anything.
declare const loose: ReverseFunction<import('../src/index.ts').UnknownUrlconf>
declare const anyName: string
loose(anyName, { whatever: 1 })
loose(anyName, [1], { currentApp: 'shop' })
