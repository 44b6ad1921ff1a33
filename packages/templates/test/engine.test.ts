import { describe, expect, test } from 'vitest'
import { createNunjucksEngine, markSafe, type TemplateLibrary } from '../src/index.ts'
import { templateTree } from './template-tree.ts'

describe('finding templates', () => {
  test("a project's template comes before an app's, the first app's before the second's", async () => {
    const tree = templateTree({
      'project/a.html': 'project',
      'one/a.html': 'one',
      'one/b.html': 'one',
      'two/a.html': 'two',
      'two/b.html': 'two',
      'two/c.html': 'two',
    })
    const engine = createNunjucksEngine({ dirs: [tree.path('project')], appDirs: [tree.path('one'), tree.path('two')] })
    const pages = await Promise.all(['a.html', 'b.html', 'c.html'].map((name) => engine.render(name)))
    expect(pages).toEqual(['project', 'one', 'two'])
    expect(await engine.render(['missing.html', 'c.html'])).toBe('two')
    expect([engine.has('a.html'), engine.has('missing.html')]).toEqual([true, false])
  })

  test('inheritance and includes reach across apps', async () => {
    const tree = templateTree({
      'project/base.html': '<{% block title %}site{% endblock %}>{% block body %}{% endblock %}',
      'blog/blog/list.html':
        "{% extends 'base.html' %}{% block title %}blog of {{ super() }}{% endblock %}" +
        "{% block body %}{% for p in posts %}{% include 'cards/card.html' %}{% include './line.html' %}{% endfor %}{% endblock %}",
      'blog/blog/line.html': '{{ loop.index }}/{{ loop.length }}',
      'cards/cards/card.html': '[{{ p }}]',
    })
    const engine = createNunjucksEngine({
      dirs: [tree.path('project')],
      appDirs: [tree.path('blog'), tree.path('cards')],
      debug: true,
    })
    expect(await engine.render('blog/list.html', { posts: ['a', 'b'] })).toBe('<blog of site>[a]1/2[b]2/2')
  })

  test('a template that extends its own name reaches the next one of that name', async () => {
    const tree = templateTree({
      'project/base.html': "{% extends 'base.html' %}{% block a %}project {{ super() }}{% endblock %}",
      'one/base.html': "{% extends './base.html' %}{% block a %}one {{ super() }}{% endblock %}",
      'two/base.html': '({% block a %}two{% endblock %})',
      'two/page.html': "{% extends 'base.html' %}{% block a %}page {{ super() }}{% endblock %}",
    })
    const appDirs = [tree.path('one'), tree.path('two')]
    const engine = createNunjucksEngine({ dirs: [tree.path('project')], appDirs })
    expect(await engine.render('page.html')).toBe('(page project one two)')
    expect(await engine.render('page.html')).toBe('(page project one two)')
    expect(await createNunjucksEngine({ appDirs }).render('base.html')).toBe('(one two)')
  })

  test('super() in the body of a call block is that of the block around it', async () => {
    const tree = templateTree({
      'base.html': '{% block a %}base{% endblock %}',
      'page.html':
        "{% extends 'base.html' %}{% block a %}{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}{{ super() }}{% endcall %}{% endblock %}",
    })
    expect(await createNunjucksEngine({ dirs: [tree.path()] }).render('page.html')).toBe('<base>')
  })

  test('templates that extend each other in a circle are an error', async () => {
    const tree = templateTree({ 'a.html': "{% extends 'b.html' %}", 'b.html': "{% extends 'a.html' %}" })
    const engine = createNunjucksEngine({ dirs: [tree.path()] })
    await expect(engine.render('a.html')).rejects.toMatchObject({ code: 'template-does-not-exist' })
  })

  test('a name cannot leave the directories', async () => {
    const tree = templateTree({ 'secret.txt': 'secret', 'site/page.html': "{% include '../secret.txt' %}" })
    const engine = createNunjucksEngine({ dirs: [tree.path('site')] })
    for (const name of ['../secret.txt', 'x/../../secret.txt', tree.path('secret.txt'), 'a\0b', '..\\secret.txt', '']) {
      expect(engine.has(name), name).toBe(false)
    }
    await expect(engine.render('page.html')).rejects.toMatchObject({ code: 'template-does-not-exist' })
  })
})

describe('files that change', () => {
  test('are seen at the next render in development, a new override included', async () => {
    const tree = templateTree({
      'app/base.html': 'one {% block a %}{% endblock %}',
      'app/page.html': "{% extends 'base.html' %}",
    })
    const engine = createNunjucksEngine({ dirs: [tree.path('project')], appDirs: [tree.path('app')], debug: true })
    expect(await engine.render('page.html')).toBe('one ')
    tree.write('app/base.html', 'second {% block a %}{% endblock %}')
    expect(await engine.render('page.html')).toBe('second ')
    tree.write('project/base.html', 'project')
    expect(await engine.render('page.html')).toBe('project')
  })

  test('are read once in production', async () => {
    const tree = templateTree({ 'page.html': 'one' })
    const engine = createNunjucksEngine({ dirs: [tree.path()] })
    expect(await engine.render('page.html')).toBe('one')
    tree.write('page.html', 'second')
    expect(await engine.render('page.html')).toBe('one')
  })
})

describe('the language', () => {
  const library: TemplateLibrary = {
    tags: {
      show: (context, args, named) => JSON.stringify([context['name'], args, named]),
      bold: (_context, [text]) => markSafe(`<b>${text}</b>`),
      later: async (_context, [text]) => text,
    },
    tests: { long: (value: string) => value.length > 3 },
  }
  const engine = createNunjucksEngine({ libraries: [library] })
  const render = (source: string, context = {}) => engine.renderString(source, context)

  test.for([
    // Output
    ['{{ text }}', '&lt;a href=&quot;x&quot;&gt;&amp;&#x27;'],
    ['{{ text | safe }}', '<a href="x">&\''],
    ['{% autoescape off %}{{ text }}{% endautoescape %}{{ "<" }}', '<a href="x">&\'&lt;'],
    ['{{ none }}{{ undefined }}{{ 0 }}{{ true }}{{ 1.5 }}', '0true1.5'],
    ['{{ list }}', 'a,b'],
    ['{{ "a" ~ 1 ~ none }}{{ ("<b>" | safe) ~ "<i>" }}', 'a1<b>&lt;i&gt;'],
    // Truth is Python's
    ['{% for v in [[], {}, "", 0, none, "" | safe] %}{{ "t" if v else "f" }}{% endfor %}', 'ffffff'],
    ['{% for v in [[0], {a: 1}, "0", 1] %}{% if v %}t{% else %}f{% endif %}{% endfor %}', 'tttt'],
    ['{% if not list %}a{% elif missing %}b{% else %}c{% endif %}', 'c'],
    // Operators
    [
      '{{ 1 < 2 < 3 }}{{ 3 > 2 > 2 }}{{ 2 + 3 * 4 }} {{ 7 // 2 }}{{ 7 % 4 }}{{ 2 ** 3 }}{{ -(1) }}',
      'truefalse14 338-1',
    ],
    [
      '{{ "a" in list }}{{ "z" not in list }}{{ "ell" in "hello" }}{{ "k" in {k: 1} }}{{ 1 in [] }}',
      'truetruetruetruefalse',
    ],
    ['{{ day == same }}{{ day < later }}{{ day != later }}{{ "a" == "a" | safe }}', 'truetruetruetrue'],
    // Loops
    [
      '{% for x in list %}{{ loop.index0 }}{{ loop.revindex }}{{ loop.first }}{{ loop.last }}{% endfor %}',
      '02truefalse11falsetrue',
    ],
    [
      '{% for k, v in {a: 1, b: 2} %}{{ k }}{{ v }}{% endfor %}{% for k, v in map %}{{ k }}{{ v }}{% endfor %}',
      'a1b2x9',
    ],
    ['{% for a, b in [[1, 2], [3, 4]] %}{{ a }}-{{ b }};{% endfor %}', '1-2;3-4;'],
    ['{% for x in [] %}{% else %}none{% endfor %}{% for c in "hé" %}{{ c }}.{% endfor %}', 'noneh.é.'],
    [
      '{% for x in [1, 2] %}{% for y in [3] %}{{ loop.index }}{{ x }}{{ y }}{% endfor %}{{ loop.index }};{% endfor %}',
      '1131;1232;',
    ],
    // Variables
    ['{% set a = 1 %}{% for x in [1, 2] %}{% set a = a + x %}{% endfor %}{{ a }}', '4'],
    ['{% for x in [1, 2] %}{% set b = x %}{% endfor %}[{{ b }}]', '[]'],
    [
      '{% for x in [1, 2, 3] %}{% if x > 1 %}{{ last }}{% endif %}{% if x %}{% set last = x %}{% endif %}{% endfor %}',
      '12',
    ],
    ['{% for x in [1, 2] %}{% for y in [1, 2] %}{{ seen or "-" }}{% set seen = y %}{% endfor %}{% endfor %}', '-1-1'],
    [
      '{% set a, b = 5 %}{{ a }}{{ b }}{% set html %}<i>{{ text }}</i>{% endset %}{{ html }}',
      '55<i>&lt;a href=&quot;x&quot;&gt;&amp;&#x27;</i>',
    ],
    ['{% block a %}{% set z = 1 %}{{ z }}{% endblock %}[{{ z }}]', '1[]'],
    // Macros
    ['{% macro m(a, b="B") %}{{ a }}{{ b }}{% endmacro %}{{ m("<") }}{{ m(1, 2) }}{{ m(b=3, a=4) }}', '&lt;B1243'],
    ['{% macro m(n) %}{{ n }}{{ m(n - 1) if n > 1 }}{% endmacro %}{{ m(3) }}', '321'],
    [
      '{% macro w(c) %}<{{ c }}>{{ caller(2) }}{% endmacro %}{% for x in [1] %}{% call(n) w("q") %}{{ x }}{{ n }}{% endcall %}{% endfor %}',
      '<q>12',
    ],
    ['{% filter upper %}<a>{{ "&" }}{% endfilter %}', '<A>&AMP;'],
    ['{% switch n %}{% case 1 %}one{% case 2 %}{% case 3 %}few{% default %}many{% endswitch %}', 'few'],
    ['{% raw %}{{ x }}{% endraw %}{% verbatim %}{% y %}{% endverbatim %}{# z #}', '{{ x }}{% y %}'],
    ['{%- set x = 1 -%}  a  {%- if x %} b {% endif -%}', 'a b '],
    // Members
    [
      '{{ user.name }}{{ user["name"] }}{{ user.hello("you") }}{{ map.x }}{{ user.missing }}{{ missing.at.all }}',
      'AnnAnnhello you from Ann9',
    ],
    ['{% set f = user.hello %}{{ f("me") }}{{ list.length }}', 'hello me from Ann2'],
    ['{{ range(3) }}{% set c = cycler("a", "b") %}{{ c.next() }}{{ c.next() }}{{ c.next() }}', '0,1,2aba'],
    // Tags
    [
      "{% show 'a' n -1 user.name key='<' other=list[0] %}",
      '[null,[&quot;a&quot;,2,-1,&quot;Ann&quot;],{&quot;key&quot;:&quot;&lt;&quot;,&quot;other&quot;:&quot;a&quot;}]',
    ],
    ["{% show 'a', n | string, key=(1 + 2) as x %}{{ x | safe }}", '[null,["a","2"],{"key":3}]'],
    [
      '{% for name in list %}{% show name %}{% endfor %}',
      '[&quot;a&quot;,[&quot;a&quot;],{}][&quot;b&quot;,[&quot;b&quot;],{}]',
    ],
    ["{% bold 'x' %}{% later '<' %}{% bold 'y' as z %}{{ z }}", '<b>x</b>&lt;<b>y</b>'],
    [
      "{{ 'long' is long }}{{ 'no' is long }}{{ 4 is divisibleby(2) }}{{ 4 is odd }}{{ none is none }}{{ 3 is not even }}",
      'truefalsetruefalsetruetrue',
    ],
  ])('%s', async ([source, page]) => {
    const user = new (class User {
      name = 'Ann'
      hello(whom: string): string {
        return `hello ${whom} from ${this.name}`
      }
    })()
    const context = {
      text: '<a href="x">&\'',
      list: ['a', 'b'],
      n: 2,
      map: new Map([['x', 9]]),
      user,
      day: Temporal.PlainDate.from('2026-01-02'),
      same: Temporal.PlainDate.from('2026-01-02'),
      later: Temporal.PlainDate.from('2026-02-01'),
    }
    expect(await render(source!, context)).toBe(page)
  })

  test('macros of other templates are imported', async () => {
    const tree = templateTree({
      'forms.html': '{% macro field(name) %}<{{ name }}{{ who }}>{% endmacro %}{% set size = 5 %}',
      'page.html':
        "{% import 'forms.html' as forms %}{{ forms.field('a') }}{{ forms.size }}" +
        "{% from 'forms.html' import field as f with context %}{{ f('b') }}",
    })
    const page = createNunjucksEngine({ dirs: [tree.path()] }).render('page.html', { who: 'me' })
    expect(await page).toBe('<a>5<bme>')
  })

  test('includes see the loop around them, and keep what they set to themselves', async () => {
    const tree = templateTree({
      'page.html':
        "{% for x in [1, 2] %}{% include 'row.html' %}{% endfor %}{{ y }}{% include 'no.html' ignore missing %}{% include ['no.html', 'row.html'] %}{{ y }}",
      'row.html': '{% set y = 1 %}[{{ x }}{{ loop.last }}]',
    })
    expect(await createNunjucksEngine({ dirs: [tree.path()] }).render('page.html')).toBe('[1false][2true][]')
  })

  test('what a child template sets is seen by the blocks of its parent', async () => {
    const tree = templateTree({
      'base.html': '{{ section }}:{% block nav %}{{ section }}{% endblock %}',
      'page.html': "{% extends 'base.html' %}{% set section = 'news' %}lost",
    })
    expect(await createNunjucksEngine({ dirs: [tree.path()] }).render('page.html')).toBe('news:news')
  })

  test('the context has no prototype: names of Object are not defined', async () => {
    expect(await render('[{{ constructor }}{{ toString }}{{ hasOwnProperty }}{{ __proto__ }}]')).toBe('[]')
    await expect(render('{{ list.constructor }}', { list: [] })).rejects.toThrow("may not read 'constructor'")
    await expect(render('{{ list[key] }}', { list: [], key: '__proto__' })).rejects.toThrow("may not read '__proto__'")
  })

  test('a later library takes the place of an earlier one', async () => {
    const louder = createNunjucksEngine({ libraries: [{ filters: { upper: (value: string) => `${value}!` } }] })
    expect(await louder.renderString("{{ 'a' | upper }}")).toBe('a!')
  })
})

test('plain text is not escaped, in what it extends, includes and imports as well', async () => {
  const tree = templateTree({
    'base.txt': '{{ who }}: {% block body %}{% endblock %}',
    'part.txt': '[{{ who }}]',
    'macros.txt': '{% macro twice(x) %}{{ x }}{{ x }}{% endmacro %}',
    'mail.txt':
      "{% extends 'base.txt' %}{% block body %}{% from 'macros.txt' import twice %}" +
      "{% include 'part.txt' %}{{ twice(who) }}{{ who | upper }}{{ who | escape }}{% endblock %}",
  })
  const engine = createNunjucksEngine({ dirs: [tree.path('.')] })
  const context = { who: "<O'Hara & co>" }
  expect(await engine.render('mail.txt', context, { autoescape: false })).toBe(
    "<O'Hara & co>: [<O'Hara & co>]<O'Hara & co><O'Hara & co><O'HARA & CO>&lt;O&#x27;Hara &amp; co&gt;",
  )
  expect(await engine.render('part.txt', context)).toBe('[&lt;O&#x27;Hara &amp; co&gt;]')
})
