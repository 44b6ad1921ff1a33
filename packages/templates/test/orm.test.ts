import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  boolean,
  CASCADE,
  captureQueries,
  char,
  closeDatabases,
  configureDatabases,
  database,
  foreignKey,
  Model,
  manager,
  manyToMany,
  registerModels,
  reverse,
} from '@nuages/orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNunjucksEngine, type TemplateContext } from '../src/index.ts'

class Author extends Model(
  {
    name: char({ maxLength: 100 }),
    get mentor() {
      return foreignKey(Author, { onDelete: CASCADE, null: true })
    },
    get posts() {
      return reverse(Post, 'author')
    },
  },
  { ordering: ['name'] },
) {
  static objects = manager(Author)
  greet(greeting: string): string {
    return `${greeting}, ${this.name}`
  }
}

class Tag extends Model(
  { name: char({ maxLength: 50 }), isPublic: boolean({ default: true }) },
  { ordering: ['name'] },
) {
  static objects = manager(Tag)
}

class Post extends Model(
  {
    title: char({ maxLength: 100 }),
    get author() {
      return foreignKey(Author, { onDelete: CASCADE })
    },
    get tags() {
      return manyToMany(Tag)
    },
  },
  { ordering: ['id'] },
) {
  static objects = manager(Post)
}

const schema = `
CREATE TABLE blog_author (id integer PRIMARY KEY, name varchar(100) NOT NULL, mentor_id bigint NULL REFERENCES blog_author);
CREATE TABLE blog_tag (id integer PRIMARY KEY, name varchar(50) NOT NULL, is_public bool NOT NULL);
CREATE TABLE blog_post (id integer PRIMARY KEY, title varchar(100) NOT NULL, author_id bigint NOT NULL REFERENCES blog_author);
CREATE TABLE blog_post_tags (id integer PRIMARY KEY, post_id bigint NOT NULL, tag_id bigint NOT NULL);
INSERT INTO blog_author VALUES (1, 'Ada', NULL), (2, 'Bob', 1), (3, 'Cyd', 1);
INSERT INTO blog_tag VALUES (1, 'art', 1), (2, 'sf', 1), (3, 'draft', 0);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
INSERT INTO blog_post SELECT i, 'Post ' || i, 2 + i % 2 FROM n;
INSERT INTO blog_post_tags (post_id, tag_id) VALUES (1, 1), (1, 3), (2, 2);
`
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'nuages-templates-orm-'))
  configureDatabases({ default: `sqlite:${join(folder, 'db.sqlite3')}` })
  registerModels('blog', { Author, Tag, Post })
  await database().script(schema)
})

afterAll(async () => {
  await closeDatabases()
  rmSync(folder, { recursive: true, force: true })
})

interface Case {
  readonly name: string
  readonly source: string
  readonly context: () => TemplateContext | Promise<TemplateContext>
  readonly output: string
  readonly queries: number
  readonly passes: number
}

const all = (): TemplateContext => ({ posts: Post.objects.all(), authors: Author.objects.all() })
const two = (): TemplateContext => ({ posts: Post.objects.all().slice(0, 2) })
const loaded = async (): Promise<TemplateContext> => ({ posts: await Post.objects.all().slice(0, 2) })
const joined = async (): Promise<TemplateContext> => ({ posts: await Post.objects.selectRelated('author').slice(0, 2) })
const names = '{% for p in posts %}{{ p.author.name }};{% endfor %}'

const cases: Case[] = [
  {
    name: 'a queryset in a loop',
    source: '{% for p in posts %}{{ p.title }};{% endfor %}',
    context: two,
    output: 'Post 1;Post 2;',
    queries: 1,
    passes: 2,
  },
  {
    name: 'rows that are loaded',
    source: '{% for p in posts %}{{ p.title }};{% endfor %}',
    context: loaded,
    output: 'Post 1;Post 2;',
    queries: 0,
    passes: 1,
  },
  {
    name: 'a relation of rows that are loaded',
    source: names,
    context: loaded,
    output: 'Cyd;Bob;',
    queries: 1,
    passes: 2,
  },
  { name: 'a relation that was selected', source: names, context: joined, output: 'Cyd;Bob;', queries: 0, passes: 1 },
  {
    name: 'the key of a relation',
    source: '{% for p in posts %}{{ p.author.id }}{% endfor %}',
    context: loaded,
    output: '32',
    queries: 0,
    passes: 1,
  },
  { name: 'a queryset and a relation', source: names, context: two, output: 'Cyd;Bob;', queries: 2, passes: 3 },
  {
    name: 'twenty posts, their authors and their mentors',
    source: '{% for p in posts %}{{ p.author.mentor.name }}{% endfor %}',
    context: all,
    output: 'Ada'.repeat(20),
    queries: 3,
    passes: 4,
  },
  {
    name: 'a nullable relation',
    source: '{% for a in authors %}{{ a.name }}<{{ a.mentor.name }}{% if not a.mentor %}-{% endif %};{% endfor %}',
    context: all,
    output: 'Ada<-;Bob<Ada;Cyd<Ada;',
    queries: 2,
    passes: 3,
  },
  {
    name: 'a method of a relation',
    source: "{% for p in posts %}{{ p.author.greet('Hi') }};{% endfor %}",
    context: two,
    output: 'Hi, Cyd;Hi, Bob;',
    queries: 2,
    passes: 3,
  },
  {
    name: 'many-to-many, loaded for all rows at once',
    source: '{% for p in posts %}{% for t in p.tags %}{{ t.name }} {% else %}none{% endfor %};{% endfor %}',
    context: all,
    output: `art draft ;sf ;${'none;'.repeat(18)}`,
    queries: 2,
    passes: 3,
  },
  {
    name: 'the other side of a relation',
    source: '{% for a in authors %}{{ a.posts | length }} {% endfor %}',
    context: all,
    output: '0 10 10 ',
    queries: 2,
    passes: 3,
  },
  {
    name: 'a filtered relation',
    source: '{% for t in posts[0].tags.filter(isPublic=true) %}{{ t.name }}{% endfor %}',
    context: all,
    output: 'art',
    queries: 2,
    passes: 3,
  },
  {
    name: 'count, exists and first',
    source: '{{ posts.count() }} {{ posts.exists() }} {{ posts.first().title }}',
    context: all,
    output: '20 true Post 1',
    queries: 3,
    passes: 2,
  },
  {
    name: 'a condition over a queryset',
    source: '{% if posts %}some{% else %}none{% endif %} {{ posts | length }}',
    context: two,
    output: 'some 2',
    queries: 1,
    passes: 2,
  },
  {
    name: 'groups by a relation',
    source: "{% for name, group in posts | groupby('author.name') %}{{ name }} {{ group | length }};{% endfor %}",
    context: all,
    output: 'Cyd 10;Bob 10;',
    queries: 2,
    passes: 3,
  },
]

test.for(cases)('$name', async ({ source, context, output, queries, passes }) => {
  let count = 0
  const engine = createNunjucksEngine({ debug: true, libraries: [{ globals: { pass: () => void count++ } }] })
  const values = await context()
  const captured = await captureQueries(() => engine.renderString(`{{ pass() }}${source}`, values))
  expect(captured.result).toBe(output)
  expect(captured.queries.map(({ sql }) => sql)).toHaveLength(queries)
  expect(count).toBe(passes)
})

test('a name that a model does not have is an error that suggests one', async () => {
  const engine = createNunjucksEngine({ debug: true })
  await expect(engine.renderString('{{ posts[0].titl }}', all())).rejects.toThrow(
    "'posts[0]' (Post) has no member 'titl'. Did you mean 'title'?",
  )
})
