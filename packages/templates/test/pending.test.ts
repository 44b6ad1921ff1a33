import { type Pending, type PendingState, pending } from '@nuages/foundation'
import { describe, expect, test } from 'vitest'
import { createNunjucksEngine, type TemplateContext } from '../src/index.ts'
import { Author, posts, Ref, Rows, Store } from './library-of-authors.ts'

interface Case {
  readonly name: string
  readonly source: string
  readonly context: (store: Store) => TemplateContext
  readonly output: string
  readonly queries: readonly string[]
  /** How often the page is rendered; by default once more than there are rounds of queries. */
  readonly passes: number
}

const oneAuthor = (store: Store): TemplateContext => ({
  author: new Ref(store, 'author', 7, [], (pk) => new Author(pk)),
  nobody: new Ref<Author>(store, 'nobody', 8, [], () => null),
  letters: new Rows(store, 'letters', () => [{ name: 'a' }, { name: 'b' }]),
  vacant: new Rows(store, 'none', () => []),
})
const somePosts = (store: Store): TemplateContext => ({ posts: posts(store, 4) })

const cases: Case[] = [
  {
    name: 'nothing pending',
    source: '{{ a }}{% for i in [1, 2] %}{{ i }}{% endfor %}',
    context: () => ({ a: 'x' }),
    output: 'x12',
    queries: [],
    passes: 1,
  },
  {
    name: 'a member of a relation',
    source: '{{ author.name }}',
    context: oneAuthor,
    output: 'Author 7',
    queries: ['author 7'],
    passes: 2,
  },
  {
    name: 'the key of a relation needs no query',
    source: '{{ author.pk }}',
    context: oneAuthor,
    output: '7',
    queries: [],
    passes: 1,
  },
  {
    name: 'a getter of a relation',
    source: '{{ author.initials }}',
    context: oneAuthor,
    output: 'A7',
    queries: ['author 7'],
    passes: 2,
  },
  {
    name: 'a method of a relation',
    source: "{{ author.greet('Hi') }}",
    context: oneAuthor,
    output: 'Hi, Author 7',
    queries: ['author 7'],
    passes: 2,
  },
  {
    name: 'a relation to nothing',
    source: '[{{ nobody.name }}{% if nobody %}x{% else %}-{% endif %}]',
    context: oneAuthor,
    output: '[-]',
    queries: ['nobody 8'],
    passes: 2,
  },
  {
    name: 'a list in a loop',
    source: '{% for l in letters %}{{ l.name }}{% else %}empty{% endfor %}',
    context: oneAuthor,
    output: 'ab',
    queries: ['letters'],
    passes: 2,
  },
  {
    name: 'an empty list in a loop',
    source: '{% for l in vacant %}{{ l.name }}{% else %}empty{% endfor %}',
    context: oneAuthor,
    output: 'empty',
    queries: ['none'],
    passes: 2,
  },
  {
    name: 'filters of a list',
    source: "{{ letters | length }}{{ (letters | first).name }}{{ letters | join('-', 'name') }}",
    context: oneAuthor,
    output: '2aa-b',
    queries: ['letters'],
    passes: 2,
  },
  {
    name: 'members of a list',
    source: '{{ letters.length }}{{ letters[1].name }}',
    context: oneAuthor,
    output: '2b',
    queries: ['letters'],
    passes: 2,
  },
  {
    name: 'a condition',
    source: '{% if letters %}yes{% else %}no{% endif %}{% if vacant %}yes{% elif letters %}some{% endif %}',
    context: oneAuthor,
    output: 'yessome',
    queries: ['letters', 'none'],
    passes: 2,
  },
  {
    name: 'neither branch runs before the condition is known',
    source: '{% if author %}{{ author.name }}{% else %}{% for l in letters %}{% endfor %}{% endif %}',
    context: oneAuthor,
    output: 'Author 7',
    queries: ['author 7'],
    passes: 2,
  },
  {
    name: 'nor does the first one, when the condition turns out false',
    source:
      '{% if vacant %}{% for l in letters %}{% endfor %}{% else %}none{% endif %}{{ letters.length if vacant else 0 }}',
    context: oneAuthor,
    output: 'none0',
    queries: ['none'],
    passes: 2,
  },
  {
    name: 'and, or, not, inline if',
    source: "{{ (author and 'a') ~ (vacant or 'o') ~ ('n' if not vacant else 'm') }}",
    context: oneAuthor,
    output: 'aon',
    queries: ['author 7', 'none'],
    passes: 2,
  },
  {
    name: 'the right side of or is left alone',
    source: '{{ (author or letters).name }}',
    context: oneAuthor,
    output: 'Author 7',
    queries: ['author 7'],
    passes: 2,
  },
  {
    name: 'set and a macro hand values on unread',
    source: '{% macro show(a) %}{{ a.name }}{% endmacro %}{% set who = author %}{{ show(who) }}',
    context: oneAuthor,
    output: 'Author 7',
    queries: ['author 7'],
    passes: 2,
  },
  {
    name: 'a loop over relations is one query',
    source: '{% for p in posts %}{{ p.author.name }};{% endfor %}',
    context: somePosts,
    output: 'Author 1;Author 2;Author 1;Author 2;',
    queries: ['posts', 'authors 1,2'],
    passes: 3,
  },
  {
    name: 'nested relations are one query a step',
    source: '{% for p in posts %}{{ p.author.mentor.name }};{% endfor %}',
    context: somePosts,
    output: 'Author 101;Author 102;Author 101;Author 102;',
    queries: ['posts', 'authors 1,2', 'mentors 101,102'],
    passes: 4,
  },
  {
    name: 'a list made by a method',
    source:
      '{% for p in posts.filter({id: 2}) %}{% for t in p.tags.filter(isPublic=true) %}{{ t.name }}{% endfor %}{% endfor %}',
    context: somePosts,
    output: 't2',
    queries: ['posts {"id":2}', 'tags of 2 {"isPublic":true}'],
    passes: 3,
  },
  {
    name: 'a getter that makes a new list at each read',
    source: '{% for p in posts.filter({id: 2}) %}{{ p.tags | length }}{{ p.tags[0].name }}{% endfor %}',
    context: somePosts,
    output: '2t2',
    queries: ['posts {"id":2}', 'tags of 2'],
    passes: 3,
  },
  {
    name: 'a promise of a method',
    source: '{{ posts.count() }} {% if posts.count() > 3 %}many{% endif %}',
    context: somePosts,
    output: '4 many',
    queries: ['count posts'],
    passes: 2,
  },
  {
    name: 'groups by an attribute of a relation',
    source: "{% for name, group in posts | groupby('author.name') %}{{ name }} {{ group | length }};{% endfor %}",
    context: somePosts,
    output: 'Author 1 2;Author 2 2;',
    queries: ['posts', 'authors 1,2'],
    passes: 3,
  },
  {
    name: 'sorting by an attribute of a relation',
    source: "{% for p in posts | sort(attribute='author.name', reverse=true) %}{{ p.id }}{% endfor %}",
    context: somePosts,
    output: '2413',
    queries: ['posts', 'authors 1,2'],
    passes: 3,
  },
  {
    name: 'all that one pass meets is loaded at once',
    source: '{{ author.name }}{{ nobody.name }}{{ letters | length }}',
    context: oneAuthor,
    output: 'Author 72',
    queries: ['author 7', 'nobody 8', 'letters'],
    passes: 2,
  },
  {
    name: 'asking whether it is defined loads nothing',
    source: '{{ author is defined }}{{ missing is defined }}',
    context: oneAuthor,
    output: 'truefalse',
    queries: [],
    passes: 1,
  },
]

describe.each([true, false])('pending values, debug %s', (debug) => {
  test.for(cases)('$name', async ({ source, context, output, queries, passes }) => {
    const store = new Store()
    let count = 0
    const engine = createNunjucksEngine({ debug, libraries: [{ globals: { pass: () => void count++ } }] })
    expect(await engine.renderString(`{{ pass() }}${source}`, context(store))).toBe(output)
    expect(store.queries).toEqual(queries)
    expect(count).toBe(passes)
  })
})

test('twenty posts and their mentors are three queries, through blocks, includes and macros', async () => {
  const store = new Store()
  const engine = createNunjucksEngine({ debug: true })
  const source = `{% macro by(author) %}{{ author.name }} < {{ author.mentor.name }}{% endmacro %}
    {% block list %}{% for post in posts %}{{ by(post.author) }},{% endfor %}{% endblock %}`
  const page = await engine.renderString(source, { posts: posts(store, 20) })
  expect(page.match(/Author 1 &lt; Author 101|Author 1 < Author 101/g)).toHaveLength(10)
  expect(store.queries).toEqual(['posts', 'authors 1,2', 'mentors 101,102'])
})

test('nobody is called with what is not loaded yet', async () => {
  const store = new Store()
  const called: unknown[] = []
  const note = (value: unknown): string => {
    called.push(value)
    return 'ok'
  }
  const source = '{% set n = author.name %}{{ note(n) }}{{ note({ deep: [n] }) }}{{ {n: n} | dump | safe }}'
  const page = await createNunjucksEngine({ debug: true }).renderString(source, { ...oneAuthor(store), note })
  expect(page).toBe('okok{"n":"Author 7"}')
  expect(called).toEqual(['Author 7', { deep: ['Author 7'] }])
})

test('an asynchronous tag in a loop is asked once a round, whatever it reads', async () => {
  let asked = 0
  const card = async (context: TemplateContext): Promise<string> => {
    asked += 1
    return `card ${context['x']}`
  }
  const engine = createNunjucksEngine({ debug: true, libraries: [{ tags: { card } }] })
  expect(await engine.renderString('{% for x in [1, 2, 2] %}{% card %};{% endfor %}')).toBe('card 1;card 2;card 2;')
  expect(asked).toBe(3)
})

test('promises and asynchronous iterables of the context are awaited', async () => {
  const engine = createNunjucksEngine({ debug: true })
  async function* letters(): AsyncGenerator<string> {
    yield* ['a', 'b']
  }
  const context = { total: Promise.resolve(3), letters: letters() }
  expect(
    await engine.renderString('{{ total }}{% for l in letters %}{{ loop.index }}{{ l }}{% endfor %}', context),
  ).toBe('31a2b')
})

test('what a loading threw is thrown where the value is read', async () => {
  const engine = createNunjucksEngine()
  const broken = {
    get row(): Pending {
      return { [pending]: (): PendingState => ({ ready: false, load: () => Promise.reject(new Error('disk full')) }) }
    },
  }
  await expect(engine.renderString('one\n{{ broken.row.name }}', { broken })).rejects.toMatchObject({
    code: 'template-error',
    message: '<string>, line 2: Error: disk full',
    cause: { message: 'disk full' },
  })
})

test('an error that only comes from what is not loaded yet is not the page', async () => {
  const store = new Store()
  const strict = (value: string): string => {
    if (value === '') throw new RangeError('empty')
    return value.toUpperCase()
  }
  const engine = createNunjucksEngine({ debug: true, libraries: [{ filters: { strict } }] })
  const page = "{% set n = author.name ~ '' %}{{ n | strict }}"
  expect(await engine.renderString(page, oneAuthor(store))).toBe('AUTHOR 7')
  await expect(engine.renderString(`${page}{{ '' | strict }}`, oneAuthor(store))).rejects.toThrow('RangeError: empty')
})

test('what every object has is asked of what a pending value stands for', async () => {
  const store = new Store()
  const me = new Ref(store, 'me', 1, [], () => ({ toString: () => 'it is me' }))
  expect(await createNunjucksEngine({ debug: true }).renderString('{{ me.toString() }}, {{ me }}', { me })).toBe(
    'it is me, it is me',
  )
})

test('calls with other arguments are other calls', async () => {
  const store = new Store()
  const source =
    '{% set post = (posts | first) %}{% for public in [true, false, true] %}' +
    '{% for tag in post.tags.filter({ isPublic: public }) %}{{ tag.name }} {% endfor %}{% endfor %}'
  expect(await createNunjucksEngine({ debug: true }).renderString(source, somePosts(store))).toBe('t1 secret t1 ')
  expect(store.queries).toEqual(['posts', 'tags of 1 {"isPublic":true}', 'tags of 1 {"isPublic":false}'])
})

test('a page that makes new values for ever is stopped', async () => {
  let made = 0
  class Fresh {
    constructor() {
      made += 1
    }
    get next(): object {
      return { inner: { [pending]: (): PendingState => ({ ready: false, load: async () => {} }) } }
    }
  }
  const engine = createNunjucksEngine()
  await expect(engine.renderString('{{ fresh.next.inner }}', { fresh: new Fresh() })).rejects.toThrow(
    "'<string>' still has values to load after 50 passes",
  )
  expect(made).toBe(1)
})

test('a value that is never ready is an error that says so', async () => {
  const never = { [pending]: (): PendingState => ({ ready: false, load: async () => {} }) }
  const engine = createNunjucksEngine()
  await expect(engine.renderString('{{ never }}', { never })).rejects.toThrow(
    'is not ready although it has been loaded',
  )
})
