import { HttpResponse, QueryDict } from '@nuages/http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  createResolver,
  definePath,
  include,
  NoReverseMatch,
  path,
  type ReverseArgs,
  type ReverseFunction,
  type ReverseLazyFunction,
  reverse as registeredReverse,
  reverseLazy as registeredReverseLazy,
  rePath,
  resolve,
  reverseName,
  setUrlconf,
  type UnknownUrlconf,
  type UrlEntry,
  withScriptPrefix,
  withUrlconf,
} from '../src/index.ts'

// These URLconfs are not the one that the workspace has registered.
const reverse = registeredReverse as ReverseFunction<UnknownUrlconf>
const reverseLazy = registeredReverseLazy as ReverseLazyFunction<UnknownUrlconf>

const view = (): HttpResponse => new HttpResponse('')

const datePath = definePath({
  converters: {
    date: { regex: '[0-9]{4}-[0-9]{2}-[0-9]{2}', parse: (text) => Temporal.PlainDate.from(text), format: String },
  },
})

const urlpatterns = [
  path('', view, 'home'),
  path('articles/<int:year>/<slug:slug>/', view, 'article'),
  path('places/<int:id>/', view, 'places'),
  path('places/', view, 'places'),
  path('files/<path:file>', view, 'file'),
  path('users/<name>/', view, 'user'),
  path('id/<uuid:id>/', view, 'by-id'),
  path('page<int:n>/', view, { name: 'page', kwargs: { n: 1 } }),
  path('drafts/', view, { name: 'list', kwargs: { draft: true } }),
  path('published/', view, { name: 'list', kwargs: { draft: false } }),
  datePath('diary/<date:day>/', view, 'diary'),
  rePath(/^archive\/(?<year>\d{4})\/(?:page-(?<page>\d+)\/)?$/, view, 'archive'),
  rePath(/^old\/(\d+)\/(\w+)\/$/, view, 'old'),
  rePath(/^optional(?:\/(\d+))?\/$/, view, 'optional'),
  rePath(/^a\.b[cd]\w\d{2,3}(?=\/)(?!x)\/(?:one|two)x*y+\\$/, view, 'guessed'),
  rePath(/^(?<first>a|b)-(?:(?<second>\d)|none)$/, view, 'either'),
  rePath(/^(?<twice>\w)-\k<twice>$/, view, 'twice'),
  rePath(/^\x41\u0042\/(?<é>\p{Lu})$/u, view, 'escapes'),
  path('a/<slug:shop>/', include([path('b/<int:id>/', view, 'nested')])),
]

beforeEach(() => setUrlconf(createResolver(urlpatterns)))
afterEach(() => setUrlconf(undefined))

describe('reverse', () => {
  test.each<[name: string, args: ReverseArgs, url: string]>([
    ['home', {}, '/'],
    ['home', [], '/'],
    ['article', { year: 2026, slug: 'x-y' }, '/articles/2026/x-y/'],
    ['article', { slug: 'x-y', year: '2026' }, '/articles/2026/x-y/'],
    ['article', [2026, 'x-y'], '/articles/2026/x-y/'],
    ['places', {}, '/places/'],
    ['places', { id: 3 }, '/places/3/'],
    ['places', [3], '/places/3/'],
    ['places', { id: undefined }, '/places/'],
    ['file', { file: 'a b/ç?d#e%20;f&g=h+i@j:k' }, '/files/a%20b/%C3%A7%3Fd%23e%2520;f&g=h+i@j:k'],
    ['file', ["x[1]^`{|}~!$'()*,"], "/files/x%5B1%5D%5E%60%7B%7C%7D~!$'()*,"],
    ['user', { name: '日本 語' }, '/users/%E6%97%A5%E6%9C%AC%20%E8%AA%9E/'],
    ['user', { name: 42 }, '/users/42/'],
    ['by-id', { id: '075194D3-6885-417E-A8A8-6C931E272F00' }, '/id/075194d3-6885-417e-a8a8-6c931e272f00/'],
    ['page', {}, '/page1/'],
    ['page', { n: 1 }, '/page1/'],
    ['list', {}, '/published/'],
    ['list', { draft: true }, '/drafts/'],
    ['list', { draft: false }, '/published/'],
    ['diary', { day: Temporal.PlainDate.from('2026-02-28') }, '/diary/2026-02-28/'],
    ['archive', { year: '2026' }, '/archive/2026/'],
    ['archive', { year: 2026, page: 3 }, '/archive/2026/page-3/'],
    ['old', [7, 'x'], '/old/7/x/'],
    ['optional', [], '/optional/'],
    ['optional', [7], '/optional/7/'],
    ['guessed', {}, '/a.bc000/oney%5C'],
    ['either', { first: 'b' }, '/b-none'],
    ['either', { first: 'a', second: 1 }, '/a-1'],
    ['escapes', { é: 'É' }, '/AB/%C3%89'],
    ['nested', { shop: 's', id: 1 }, '/a/s/b/1/'],
    ['nested', ['s', 1], '/a/s/b/1/'],
  ])('%s %o', (name, args, url) => {
    expect(reverse(name, args)).toBe(url)
  })

  test('query and fragment', () => {
    expect(reverse('home', {}, { query: { q: 'a b&c', tag: ['x', 'y'], none: undefined, nil: null } })).toBe(
      '/?q=a%20b%26c&tag=x&tag=y',
    )
    expect(reverse('home', {}, { query: {} })).toBe('/')
    expect(reverse('home', {}, { query: QueryDict.parse('a=1&a=2') })).toBe('/?a=1&a=2')
    expect(reverse('home', {}, { query: new URLSearchParams({ a: 'ü' }) })).toBe('/?a=%C3%BC')
    expect(reverse('home', {}, { fragment: 'a b#c?d' })).toBe('/#a%20b%23c?d')
    expect(reverse('home', {}, { query: { a: 1 }, fragment: 'x' })).toBe('/?a=1#x')
  })

  test('never gives a URL that a browser takes for another host', () => {
    const resolver = createResolver([path('<path:rest>', view, 'any')])
    expect(resolver.reverse('any', { rest: '/evil.example/' })).toBe('/%2Fevil.example/')
    expect(resolver.reverse('any', { rest: '\\evil.example/' })).toBe('/%5Cevil.example/')
  })

  test.each<[name: string, args: ReverseArgs, message: string]>([
    ['artcle', {}, "Did you mean 'article'?"],
    [
      'nothing-like-it',
      {},
      "No URL for 'nothing-like-it': no pattern has that name (names: home, article, places, file,",
    ],
    ['article', {}, "No URL for 'article' with no arguments. Patterns tried: 'articles/<int:year>/<slug:slug>/'."],
    ['article', { year: 2026, slug: 'no slug' }, "with arguments { year: 2026, slug: 'no slug' }"],
    ['article', { year: 1.5, slug: 'x' }, 'year: 1.5'],
    ['article', { year: -1, slug: 'x' }, 'year: -1'],
    ['article', { year: 2026, slug: undefined }, 'slug: undefined'],
    ['article', { year: 2026, slug: null }, 'slug: null'],
    ['article', { year: 2026, slug: 'x', page: 1 }, 'page: 1'],
    ['article', [2026], 'with arguments [2026]'],
    ['article', [2026, 'x', 'y'], "[2026, 'x', 'y']"],
    ['user', { name: 'a/b' }, "name: 'a/b'"],
    ['user', { name: '' }, "name: ''"],
    ['user', { name: '\ud800' }, "name: '"],
    ['diary', { day: new Date(0) }, 'day: a Date'],
    ['diary', { day: '2026-02-30' }, "day: '2026-02-30'"],
    ['list', { draft: 'maybe' }, "draft: 'maybe'"],
    ['old', { 0: '7', 1: 'x' }, "Patterns tried: '^old/(\\d+)/(\\w+)/$'."],
    ['archive', { year: '26' }, "year: '26'"],
    ['shop:detail', {}, "'shop' is no registered namespace."],
  ])('%s %o cannot be reversed', (name, args, message) => {
    expect(() => reverse(name, args)).toThrow(NoReverseMatch)
    expect(() => reverse(name, args)).toThrow(message)
  })
})

describe('namespaces', () => {
  // The example of Django's documentation: one application, deployed twice.
  const polls = [path('', view, 'index'), path('<int:pk>/', view, 'detail')]
  const twice = [
    path('author-polls/', include(polls, { namespace: 'author-polls', appName: 'polls' })),
    path('publisher-polls/', include(polls, { namespace: 'publisher-polls', appName: 'polls' })),
  ]
  const withDefault = [
    ...twice,
    path('polls/', include(polls, { namespace: 'polls' })),
    path('other/', include(polls, { namespace: 'other', appName: 'polls' })),
  ]
  const deep = [path('x/', include(twice, { namespace: 'outer' })), path('y/', include(twice))]

  test.each<[urlpatterns: readonly UrlEntry[], name: string, currentApp: string, url: string]>([
    [twice, 'author-polls:index', '', '/author-polls/'],
    [twice, 'author-polls:index', 'publisher-polls', '/author-polls/'],
    [twice, 'polls:index', 'author-polls', '/author-polls/'],
    [twice, 'polls:index', '', '/publisher-polls/'],
    [twice, 'polls:index', 'unknown', '/publisher-polls/'],
    [withDefault, 'polls:index', '', '/polls/'],
    [withDefault, 'polls:index', 'author-polls', '/author-polls/'],
    [deep, 'outer:polls:index', 'outer:author-polls', '/x/author-polls/'],
    [deep, 'outer:polls:index', 'author-polls', '/x/publisher-polls/'],
    [deep, 'outer:polls:index', 'elsewhere:author-polls', '/x/publisher-polls/'],
    [deep, 'outer:author-polls:index', '', '/x/author-polls/'],
    [deep, 'polls:index', 'author-polls', '/y/author-polls/'],
  ])('%#: %s, %s in %s', (entries, name, currentApp, url) => {
    expect(createResolver(entries).reverse(name, {}, currentApp)).toBe(url)
  })

  test('a wrong namespace says where', () => {
    const resolver = createResolver(deep)
    expect(() => resolver.reverse('outer:nope:index')).toThrow("'nope' is no registered namespace inside 'outer'.")
    expect(() => resolver.reverse('outer:polls:idnex')).toThrow(
      "No URL for 'outer:polls:idnex': no pattern has that name",
    )
    expect(() => resolver.reverse('index')).toThrow('no pattern has that name (names: outer:author-polls:index,')
  })
})

describe('the active URLconf', () => {
  test('is needed', () => {
    setUrlconf(undefined)
    expect(() => reverse('home')).toThrow(/There is no URLconf yet.*use reverseLazy\(\)/s)
  })

  test('resolve uses it', () => {
    expect(resolve('/places/3/').kwargs).toEqual({ id: 3 })
  })

  test('may be another one for a request, at the same time as others', async () => {
    const other = createResolver([path('elsewhere/', view, 'home')])
    const inside = withUrlconf(other, async () => {
      await Promise.resolve()
      return withScriptPrefix('/app', () => reverse('home'))
    })
    expect(reverse('home')).toBe('/')
    expect(await inside).toBe('/app/elsewhere/')
  })

  test('is mounted where SCRIPT_NAME says', () => {
    expect(withScriptPrefix('/bløg', () => reverse('places', { id: 1 }, { query: { a: 1 } }))).toBe(
      '/bl%C3%B8g/places/1/?a=1',
    )
    expect(withScriptPrefix('', () => reverse('home'))).toBe('/')
    const other = createResolver([path('elsewhere/', view, 'home')])
    expect(withScriptPrefix('/app/', () => withUrlconf(other, () => reverse('home')))).toBe('/app/elsewhere/')
  })

  test('reverseLazy waits for it', () => {
    setUrlconf(undefined)
    const lazy = reverseLazy('places', { id: 2 })
    setUrlconf(createResolver(urlpatterns))
    expect(`${lazy}`).toBe('/places/2/')
    expect(JSON.stringify({ lazy })).toBe('{"lazy":"/places/2/"}')
  })

  test('reverseName takes what only run time knows', () => {
    expect(reverseName(['pla', 'ces'].join(''), [5], { fragment: 'x' })).toBe('/places/5/#x')
  })
})
