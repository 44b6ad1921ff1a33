import { HttpResponse } from '@nuages/http'
import { describe, expect, test } from 'vitest'
import { createResolver, definePath, include, path, Resolver404, rePath, type UrlEntry } from '../src/index.ts'

const view = (): HttpResponse => new HttpResponse('')

/** Everything that matters of a match, or `undefined`. */
function found(urlpatterns: readonly UrlEntry[], url: string) {
  const match = createResolver(urlpatterns).find(url)
  return match && { name: match.viewName, params: match.params }
}

function one(entry: UrlEntry, url: string): unknown {
  return found([entry], url)?.params
}

describe('converters', () => {
  const uuid = '075194d3-6885-417e-a8a8-6c931e272f00'
  test.each<[route: string, url: string, params: unknown]>([
    ['<x>/', '/abc/', { x: 'abc' }],
    ['<str:x>/', '/a b-é/', { x: 'a b-é' }],
    ['<str:x>/', '/a/b/', undefined],
    ['<str:x>/', '//', undefined],
    ['<int:x>/', '/042/', { x: 42 }],
    ['<int:x>/', '/0/', { x: 0 }],
    ['<int:x>/', '/-1/', undefined],
    ['<int:x>/', '/1.5/', undefined],
    ['<int:x>/', '/9007199254740991/', { x: 9007199254740991 }],
    ['<int:x>/', '/9007199254740993/', undefined],
    ['<int:x>/', '/٣/', undefined],
    ['<slug:x>/', '/a_b-C9/', { x: 'a_b-C9' }],
    ['<slug:x>/', '/a.b/', undefined],
    ['<uuid:x>/', `/${uuid}/`, { x: uuid }],
    ['<uuid:x>/', `/${uuid.toUpperCase()}/`, undefined],
    ['<path:x>/', '/a/b/c/', { x: 'a/b/c' }],
    ['<path:x>', '/a/b/c/', { x: 'a/b/c/' }],
    ['<path:x>', '/', undefined],
    ['<str:a>-<str:b>/', '/x-y-z/', { a: 'x-y', b: 'z' }],
    ['page<int:n>.html', '/page7.html', { n: 7 }],
    ['a.c/', '/abc/', undefined],
    ['a(b)*[c]/', '/a(b)*[c]/', {}],
    ['<int:year>/<int:month>/<slug:slug>/', '/2026/1/x/', { year: 2026, month: 1, slug: 'x' }],
    ['articles/2003/', '/articles/2003', undefined],
  ])('%s at %s', (route, url, params) => {
    expect(one(path(route, view), url)).toEqual(params)
  })

  const datePath = definePath({
    converters: {
      date: {
        regex: '([0-9]{4})-([0-9]{2})-([0-9]{2})',
        parse: (text) => Temporal.PlainDate.from(text),
        format: String,
      },
      even: { regex: '[0-9]+', parse: (text) => (Number(text) % 2 === 0 ? Number(text) : undefined), format: String },
      str: { regex: '[a-z]+', parse: (text) => text.toUpperCase(), format: (text: string) => text.toLowerCase() },
      broken: {
        regex: '.+',
        parse: (): string => {
          throw new Error('a mistake in the converter')
        },
        format: String,
      },
    },
  })

  test('custom ones parse, refuse, and hold groups of their own', () => {
    const entry = datePath('<date:day>/<int:n>/', view)
    expect(one(entry, '/2026-02-28/3/')).toEqual({ day: Temporal.PlainDate.from('2026-02-28'), n: 3 })
    expect(one(entry, '/2026-02-30/3/')).toBeUndefined()
    expect(found([datePath('<even:n>/', view, 'even'), path('<int:n>/', view, 'odd')], '/3/')?.name).toBe('odd')
    expect(one(datePath('<x>/', view), '/abc/')).toEqual({ x: 'ABC' })
  })

  test('a mistake in one is not hidden', () => {
    expect(() => one(datePath('<broken:x>/', view), '/x/')).toThrow('a mistake in the converter')
  })
})

describe('regular expressions', () => {
  test.each<[regex: RegExp | string, url: string, params: unknown]>([
    [/^archive\/(?<year>\d{4})\/$/, '/archive/2026/', { year: '2026' }],
    [/^archive\/(\d{4})\/(\w+)\/$/, '/archive/2026/x/', ['2026', 'x']],
    ['^(?<year>[0-9]{4})/(?:page-(?<page>[0-9]+)/)?$', '/2026/', { year: '2026' }],
    ['^(?<year>[0-9]{4})/(?:page-(?<page>[0-9]+)/)?$', '/2026/page-3/', { year: '2026', page: '3' }],
    [/^(?<a>x)(y)$/, '/xy', { a: 'x' }],
    [/^(a)?b$/, '/b', [undefined]],
    [/^$/, '/', {}],
    [/^a/, '/abc', {}],
    [/b$/, '/ab', undefined],
    [/b/, '/abc', {}],
    [/^ABC$/i, '/abc', {}],
    [/^é\p{L}$/u, '/éß', {}],
    [/^x$/g, '/x', {}],
  ])('%s at %s', (regex, url, params) => {
    const resolver = createResolver([typeof regex === 'string' ? rePath(regex, view) : rePath(regex, view)])
    // Twice: an expression with a memory would miss the second time.
    resolver.find(url)
    expect(resolver.find(url)?.params).toEqual(params)
  })
})

describe('include', () => {
  const inner = [path('', view, 'index'), path('<int:id>/', view, 'detail')]

  test('puts prefixes together and merges parameters, the lower level winning', () => {
    const urlpatterns = [
      path('a/<slug:shop>/', include([path('b/<slug:shop>/', include(inner), { kwargs: { id: 1, deep: true } })]), {
        kwargs: { high: 1, deep: false },
      }),
    ]
    expect(found(urlpatterns, '/a/x/b/y/7/')?.params).toEqual({ shop: 'y', id: 7, deep: true, high: 1 })
  })

  test('parameters given beside the view win over the path', () => {
    const match = createResolver([path('<int:n>/', view, { kwargs: { n: 5, x: 1 } })]).resolve('/3/')
    expect(match.kwargs).toEqual({ n: 5, x: 1 })
    expect(match.capturedKwargs).toEqual({ n: 3 })
  })

  test('a prefix is not matched again when what is below it fails', () => {
    // Django's behaviour: '<path:p>/' takes all it can, and only then are the included patterns tried.
    expect(found([path('<path:p>/', include([path('edit/', view)]))], '/a/b/edit/')).toBeUndefined()
  })

  test('what follows an include is tried when nothing below it matches', () => {
    const urlpatterns = [path('shop/', include(inner)), path('shop/<slug:x>/', view, 'fallback')]
    expect(found(urlpatterns, '/shop/12/')?.name).toBe('detail')
    expect(found(urlpatterns, '/shop/abc/')?.name).toBe('fallback')
  })

  test('namespaces and application names', () => {
    const match = createResolver([
      path('a/', include([path('b/', include(inner, { namespace: 'two', appName: 'shop' }))], { namespace: 'one' })),
    ]).resolve('/a/b/3/')
    expect(match).toMatchObject({
      viewName: 'one:two:detail',
      urlName: 'detail',
      namespaces: ['one', 'two'],
      namespace: 'one:two',
      appNames: ['one', 'shop'],
      appName: 'one:shop',
      route: 'a/b/<int:id>/',
      kwargs: { id: 3 },
      args: [],
      view,
    })
  })

  test('takes a module with its appName, and functions', () => {
    const module = { urlpatterns: inner, appName: 'shop' }
    expect(found([path('s/', include(module))], '/s/')?.name).toBe('shop:index')
    expect(found([path('s/', include(module, { namespace: 'mine' }))], '/s/')?.name).toBe('mine:index')
    expect(
      found(
        [
          path(
            's/',
            include(() => inner),
          ),
        ],
        '/s/',
      )?.name,
    ).toBe('index')
  })

  test('a function is not called before the resolver is made', () => {
    const later: UrlEntry[] = []
    const urlpatterns = [
      path(
        's/',
        include(() => later),
      ),
    ]
    later.push(path('x/', view, 'x'))
    expect(found(urlpatterns, '/s/x/')?.name).toBe('x')
  })

  test('under a regular expression: unnamed groups count only where nothing is named', () => {
    const positional = [rePath(/^(\d+)\/$/, view)]
    expect(found([rePath(/^(\w+)\//, include(positional))], '/a/1/')?.params).toEqual(['a', '1'])
    expect(found([rePath(/^(?<x>\w+)\//, include(inner))], '/a/1/')?.params).toEqual({ x: 'a', id: 1 })
    expect(found([rePath(/^(\w+)\//, include(inner))], '/a/1/')?.params).toEqual({ id: 1 })
    const mixed = createResolver([path('<slug:x>/', include(positional))]).resolve('/a/1/')
    expect([mixed.args, mixed.kwargs]).toEqual([['1'], { x: 'a' }])
    expect(Object.entries(mixed.params)).toEqual([
      ['0', '1'],
      ['x', 'a'],
    ])
  })
})

describe('order', () => {
  test.each<[url: string, name: string]>([
    ['/articles/new/', 'by-slug'],
    ['/articles/2026/', 'by-year'],
    ['/articles/2003/', 'special'],
    ['/articles/2003/x/', 'rest'],
    ['/other/', 'rest'],
  ])('the first that matches %s is %s', (url, name) => {
    const urlpatterns = [
      path('articles/2003/', view, 'special'),
      path('articles/<int:year>/', view, 'by-year'),
      path('articles/<slug:slug>/', view, 'by-slug'),
      path('articles/new/', view, 'never-reached'),
      rePath(/^(?<any>.*)$/, view, 'rest'),
      path('other/', view, 'never-reached-either'),
    ]
    expect(found(urlpatterns, url)?.name).toBe(name)
  })
})

describe('no match', () => {
  test('says what was tried, without going below prefixes that did not match', () => {
    const resolver = createResolver([
      path('', view, 'home'),
      path('blog/', include([path('a/', view, 'a'), path('b/', view)], { namespace: 'blog' })),
      path('shop/', include([path('a/', view), path('b/', view)])),
    ])
    const error = (() => {
      try {
        return resolver.resolve('/blog/c/')
      } catch (caught) {
        return caught
      }
    })()
    expect(error).toBeInstanceOf(Resolver404)
    expect(error).toMatchObject({ status: 404, code: 'http-404', path: '/blog/c/' })
    expect(String(error)).toBe("Resolver404: No URL pattern matches '/blog/c/'.")
    expect((error as Resolver404).tried).toEqual([
      { routes: [''], name: 'home' },
      { routes: ['blog/', 'a/'], name: 'blog:a' },
      { routes: ['blog/', 'b/'], name: undefined },
      { routes: ['shop/'], name: undefined },
    ])
  })

  test('a path without a leading slash matches nothing', () => {
    expect(found([path('a/', view)], 'a/')).toBeUndefined()
    expect(found([path('', view)], '')).toBeUndefined()
  })
})

describe('mistakes in a URLconf', () => {
  class Page {}
  test.each<[make: () => unknown, message: RegExp | string]>([
    [
      () => path('<ints:x>/' as '<int:x>/', view),
      /no converter 'ints'\. Did you mean 'int'\? Converters: str, int, slug, uuid, path/,
    ],
    [() => path('<int:a>/<int:a>/', view), /two parameters named 'a'/],
    [() => path('<int:1a>/', view), /'1a' is no parameter name/],
    [() => path('<int:a b>/', view), /'a b' is no parameter name/],
    [() => path('x/', Page as never), /'Page' is a class\. Write Page\.asView\(\)/],
    [() => path('x/', [] as never), /an array; wrap it in include\(\)/],
    [() => path('x/', undefined as never), /expected a view or include\(…\), got an undefined/],
    [() => rePath('(', view), /rePath\('\('\): this is no regular expression/],
    [
      () => createResolver([path('a/', include([undefined as never]))]),
      "urlpatterns[0] under 'a/' is undefined, not what path() or rePath() returns.",
    ],
    [() => createResolver([path('', view), 'x' as never]), 'urlpatterns[1] is string'],
    [() => include([], { namespace: 'a:b' }), /may not be empty or contain ':'/],
  ])('%s', (make, message) => {
    expect(make).toThrow(message)
  })
})
