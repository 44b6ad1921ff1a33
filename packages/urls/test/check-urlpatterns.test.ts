import { HttpResponse } from '@nuages/http'
import { describe, expect, test } from 'vitest'
import { checkUrlpatterns, createResolver, include, listRoutes, path, rePath, type UrlEntry } from '../src/index.ts'

const view = (): HttpResponse => new HttpResponse('')
const inner = [path('x/', view, 'x')]

describe('checkUrlpatterns', () => {
  test.each<[what: string, urlpatterns: readonly UrlEntry[], found: [id: string, object: string][]]>([
    ['a sound URLconf', [path('', view), path('a/', include(inner, { namespace: 'a' })), rePath(/^b\/$/, view)], []],
    ['an include that ends with $', [rePath('^a/$', include(inner))], [['urls.W001', "'^a/$'"]]],
    ['an include that ends with a literal $', [rePath(/^a\$/, include(inner))], []],
    [
      'a leading slash',
      [path('/a/', view), rePath(/^\/b$/, view)],
      [
        ['urls.W002', "'/a/'"],
        ['urls.W002', "'^/b$'"],
      ],
    ],
    ['a leading slash below', [path('a/', include([path('/b/', view)]))], [['urls.W002', "'a//b/'"]]],
    ['a slash that stands between', [path('a', include([path('/b/', view)]))], []],
    ['a colon in a name', [path('a/', view, 'a:b')], [['urls.W003', "'a/'"]]],
    [
      'a namespace twice',
      [
        path('a/', include(inner, { namespace: 'n' })),
        path('b/', include([path('c/', include(inner))], { namespace: 'n' })),
      ],
      [['urls.W005', "'n'"]],
    ],
    [
      'the same namespace inside different ones',
      ['a', 'b'].map((namespace) =>
        path(namespace, include([path('/', include(inner, { namespace: 'n' }))], { namespace })),
      ),
      [],
    ],
    ['named and unnamed groups', [rePath(/^(?<a>x)(y)$/, view)], [['urls.W006', "'^(?<a>x)(y)$'"]]],
    ['a regular expression given to path', [path('^a/$' as string, view)], [['2_0.W001', "'^a/$'"]]],
  ])('%s', (_what, urlpatterns, found) => {
    const messages = checkUrlpatterns(createResolver(urlpatterns))
    expect(messages.map(({ id, object }) => [id, object])).toEqual(found)
    for (const message of messages) expect(message).toMatchObject({ level: 'warning', hint: expect.any(String) })
  })
})

test('listRoutes', () => {
  function detail(): HttpResponse {
    return new HttpResponse('')
  }
  const resolver = createResolver([
    path('', detail, 'home'),
    path(
      'shop/<slug:shop>/',
      include([path('<int:id>/', detail, 'detail'), path('new/', () => new HttpResponse(''))], { namespace: 'shop' }),
    ),
    rePath(/^a\/(\d+)$/, detail),
  ])
  expect(listRoutes(resolver)).toEqual([
    { route: '/', name: 'home', view: 'detail', namespaces: [], kind: 'path' },
    { route: '/shop/<slug:shop>/<int:id>/', name: 'shop:detail', view: 'detail', namespaces: ['shop'], kind: 'path' },
    { route: '/shop/<slug:shop>/new/', name: undefined, view: '(anonymous)', namespaces: ['shop'], kind: 'path' },
    { route: '/a/(\\d+)$', name: undefined, view: 'detail', namespaces: [], kind: 'regex' },
  ])
})
