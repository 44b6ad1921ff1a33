import { describe, expect, test } from 'vitest'
import { createNunjucksEngine, TemplateDoesNotExist, TemplateError, TemplateSyntaxError } from '../src/index.ts'
import { templateTree } from './template-tree.ts'

class Post {
  readonly title = 'A title'
  readonly subtitle: string | undefined
  get slug(): string {
    return 'a-title'
  }
  summary(): string {
    return 'short'
  }
}

async function failure(page: Promise<string>): Promise<TemplateError> {
  const error = await page.then(
    (text) => new Error(`rendered: ${text}`),
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(TemplateError)
  return error as TemplateError
}

describe('in development', () => {
  const engine = createNunjucksEngine({ debug: true })
  const context = { post: new Post(), posts: [1], author: { name: 'Ann', mentor: null } }

  test.for([
    [
      '{{ pots }}',
      "'pots' is undefined. Did you mean 'posts'? The context has: _, author, cycler, getLanguage, joiner, ngettext, pgettext, post, posts, range.",
    ],
    ['{{ post.titlle }}', "'post' (Post) has no member 'titlle'. Did you mean 'title'?"],
    ['{{ post.sumary() }}', "'post' (Post) has no member 'sumary'. Did you mean 'summary'?"],
    ['{{ author.address.street }}', "'author.address' is undefined, so 'street' cannot be read from it"],
    ['{{ post.summary }}', "'summary' is a method and is printed without being called"],
    ['{{ post.slug() }}', "'post.slug' cannot be called: it is not a function but string"],
    ['{{ posts.lenght }}', "'posts' (Array) has no member 'lenght'."],
    ['{{ author.name.trimm }}', "'author.name' (String) has no member 'trimm'. Did you mean 'trim'?"],
    ['{{ missing() }}', "'missing' is undefined."],
    ['{% for x in missing %}{% endfor %}', "'missing' is undefined."],
    ['{% for x in author %}{% endfor %}', "'for x in …' cannot loop over an object"],
    ['{% for x in 5 %}{% endfor %}', "'for x in …' cannot loop over a number"],
    ['{{ 1 in 5 }}', "'in' asks for a list, a text or a dictionary, not number"],
    ['{{ "x" | date }}', "the filter 'date' takes a date or a time, and got string: x"],
    ["{% include 'x.html' %}", "there is no template 'x.html'. No template directory could hold it."],
    ['{% include author %}', "'include' takes the name of a template, and got object"],
    [
      '{% block a %}{{ super() }}{% endblock %}',
      "super() in the block 'a': no template that is extended has a block of that name",
    ],
  ])('%s', async ([source, message]) => {
    const error = await failure(engine.renderString(`\n${source}`, context))
    expect(error.message).toMatch(/^<string>, line 2: /)
    expect(error.message).toContain(message)
  })

  test.for([
    ['{% if missing %}a{% else %}b{% endif %}', 'b'],
    ['{% if missing.deeper and not other %}a{% else %}b{% endif %}', 'b'],
    ["{% if section == 'home' %}a{% else %}b{% endif %}", 'b'],
    ['{{ missing is defined }}{{ missing is undefined }}{{ missing.at is defined }}', 'falsetruefalse'],
    ["{{ missing | default('d') }}{{ missing.at | default('e') }}{{ missing or 'f' }}", 'def'],
    ["{{ 'a' if missing else 'b' }}{{ 'a' if missing }}", 'b'],
    ['{{ author.nickname }}{{ author.mentor.name }}{{ author.mentor.greet() }}{{ post.subtitle }}{{ posts[5] }}', ''],
    ['{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}', '1'],
  ])('%s may ask for what is not there', async ([source, page]) => {
    expect(await engine.renderString(source!, context)).toBe(page)
  })
})

describe('in production', () => {
  const engine = createNunjucksEngine()

  test.for([
    ['[{{ missing }}{{ missing.member }}{{ missing.call() }}{{ missing() }}]', '[]'],
    ['[{{ post.titel }}{{ post.sumary() }}{{ post.summary }}]', '[]'],
    ['[{% for x in missing %}x{% endfor %}{% for x in 5 %}x{% endfor %}]', '[]'],
  ])('%s prints nothing', async ([source, page]) => {
    expect(await engine.renderString(source!, { post: new Post() })).toBe(page)
  })
})

describe('syntax errors', () => {
  const engine = createNunjucksEngine({ libraries: [{ tags: { url: () => '' } }] })

  test.for([
    ['{{ x | dat }}', "there is no filter 'dat'. Did you mean 'date'?"],
    ['{% ulr "x" %}', "there is no tag 'ulr'."],
    ['{% includ "x" %}', "there is no tag 'includ'. Did you mean 'include'?"],
    ['{% load static %}', "there is no tag 'load': libraries are known to every template: leave it out"],
    [
      '{% block a %}{% if x %}{% endblock %}',
      "'endblock' does not belong here: a tag that was opened before it is not closed",
    ],
    ['{% endif %}', "'endif' does not belong here"],
    ['{{ x is evn }}', "there is no test 'evn'. Did you mean 'even'?"],
    ['{{ x + }}', 'unexpected token: }}'],
    ['{% if x %}', 'parseIf: expected elif, else, or endif, got end of file'],
    ['{% block a %}{% endblock %}{% block a %}{% endblock %}', "the block 'a' is defined more than once"],
    [
      "{% url 'x' a * 2 %}",
      "in the tag 'url', '*' does not belong between arguments; put an expression in parentheses",
    ],
    ["{% url 'x' a=1 b %}", "in the tag 'url', positional arguments go before named ones"],
    ["{% url 'x' a=1 a=2 %}", "in the tag 'url', 'a' is given twice"],
    ["{% url 'x' 'a'=1 %}", "in the tag 'url', the left side of '=' has to be a name"],
    ["{% url 'x' as 5 %}", "in the tag 'url', a name has to follow 'as'"],
    ['{% autoescape maybe %}', "'autoescape' takes 'on' or 'off', not 'maybe'"],
    ['{% asyncEach x in y %}{% endeach %}', "'AsyncEach' is not supported"],
    ['{% set a.b = 1 %}', '{% set %} gives a value to a name, not to a member of something'],
    ['{{ x.__proto__ }}', "a template may not read '__proto__'"],
  ])('%s', async ([source, message]) => {
    const error = await failure(engine.renderString(`one\ntwo\n${source}`))
    expect(error).toBeInstanceOf(TemplateSyntaxError)
    expect(error.code).toBe('template-syntax-error')
    expect(error.message).toContain(message)
  })
})

describe('where it happened', () => {
  test('file, line and the source around it, with the failing line marked', async () => {
    const source = Array.from({ length: 20 }, (_, index) => (index === 9 ? '{{ boom() }}' : `line ${index + 1}`)).join(
      '\n',
    )
    const tree = templateTree({ 'blog/page.html': source })
    const engine = createNunjucksEngine({ dirs: [tree.path()] })
    const boom = (): never => {
      throw new RangeError('too far')
    }
    const error = await failure(engine.render('blog/page.html', { boom }))
    expect(error.code).toBe('template-error')
    expect(error.message).toBe('blog/page.html, line 10: RangeError: too far')
    expect(error.cause).toBeInstanceOf(RangeError)
    expect(error.location).toMatchObject({ template: 'blog/page.html', file: tree.path('blog/page.html'), line: 10 })
    expect(error.source.map(({ number }) => number)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
    expect(error.source.filter(({ failing }) => failing)).toEqual([{ number: 10, text: '{{ boom() }}', failing: true }])
    expect(error.excerpt).toContain('\n> 10 | {{ boom() }}\n  11 | line 11\n')
  })

  test('a syntax error has its line, and its column where the parser tells it', async () => {
    const tree = templateTree({ 'a.html': "{% include 'b.html' %}", 'b.html': 'one\n  {% if %}\n' })
    const error = await failure(createNunjucksEngine({ dirs: [tree.path()] }).render('a.html'))
    expect(error.location).toMatchObject({ template: 'b.html', line: 2, column: 9 })
    expect(error.trace).toMatchObject([{ template: 'a.html', line: 1 }])
  })

  test('the line is right in and after includes, blocks, loops, macros and calls', async () => {
    const tree = templateTree({
      'base.html': '<html>\n{% block body %}{% endblock %}\n{{ bad }}',
      'block.html': "{% extends 'base.html' %}\n{% block body %}\n\n{{ wrong }}\n{% endblock %}",
      'after.html': "{% include 'ok.html' %}\n\n{{ bad }}",
      'after-block.html': "{% extends 'base.html' %}\n{% block body %}\n\n\nfine{% endblock %}",
      'ok.html': '\n\n\n\nok',
      'loop.html': '{% for x in [1] %}\n\n{{ x }}{% if x %}\n{{ bad }}{% endif %}{% endfor %}',
      'macro.html': '{% macro m() %}\n{{ bad }}\n{% endmacro %}\n\n{{ m() }}',
      'call.html': '{% macro m() %}\n{{ caller() }}\n{% endmacro %}\n{% call m() %}\n{{ bad }}{% endcall %}',
      'branch.html': '{% if 0 %}\n{{ bad }}\n{% else %}\n{{ 1 }}{% endif %}{{ bad }}',
      'skipped.html': '{% if 0 %}\n{{ 1 }}{% endif %}{{ bad }}',
      'set.html': '{% set x %}\n{{ bad }}{% endset %}',
      'import.html': "\n{% from 'macro.html' import m %}\n",
    })
    const engine = createNunjucksEngine({ dirs: [tree.path()], debug: true })
    const places: Record<string, [string, number]> = {
      'block.html': ['block.html', 4],
      'after.html': ['after.html', 3],
      'after-block.html': ['base.html', 3],
      'loop.html': ['loop.html', 4],
      'macro.html': ['macro.html', 2],
      'call.html': ['call.html', 5],
      'branch.html': ['branch.html', 4],
      'skipped.html': ['skipped.html', 2],
      'set.html': ['set.html', 2],
      'import.html': ['macro.html', 2],
    }
    for (const [name, [template, line]] of Object.entries(places)) {
      const { location } = await failure(engine.render(name))
      expect(location, name).toMatchObject({ template, line })
    }
  })

  test('a missing template says where it was looked for, and what it may be', async () => {
    const tree = templateTree({ 'project/blog/post_list.html': '', 'app/x.html': '' })
    const engine = createNunjucksEngine({ dirs: [tree.path('project')], appDirs: [tree.path('app')] })
    const error = await failure(engine.render('blog/post_lst.html'))
    expect(error).toBeInstanceOf(TemplateDoesNotExist)
    const tried = ['project', 'app'].map((directory) => tree.path(directory, 'blog/post_lst.html'))
    expect((error as TemplateDoesNotExist).tried).toEqual(tried)
    expect(error.message).toBe(
      `there is no template 'blog/post_lst.html'. Did you mean 'blog/post_list.html'? Looked for: ${tried.join(', ')}.`,
    )
    expect((await failure(engine.render(['a.html', 'b.html']))).message).toContain(
      "there is no template 'a.html', 'b.html'.",
    )
  })
})
