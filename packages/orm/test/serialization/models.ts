import { PostgresSchemaEditor } from '../../src/backends/postgres/schema-editor.ts'
import { SqliteSchemaEditor } from '../../src/backends/sqlite/schema-editor.ts'
import {
  array,
  bigInteger,
  binary,
  boolean,
  CASCADE,
  char,
  compositePrimaryKey,
  database,
  date,
  dateTime,
  decimal,
  duration,
  email,
  F,
  file,
  float,
  foreignKey,
  generated,
  integer,
  ipAddress,
  json,
  Model,
  type ModelMeta,
  manager,
  manyToMany,
  oneToOne,
  positiveInteger,
  positiveSmallInteger,
  QuerySet,
  registerModels,
  reverse,
  SET_NULL,
  slug,
  smallInteger,
  text,
  time,
  url,
  uuid,
  version,
} from '../../src/index.ts'
import { modelTable, pairTable } from '../../src/migrations/state/model-tables.ts'
import type { ByNaturalKey } from '../../src/serialization/index.ts'
import { vendor } from '../temporary-database.ts'

class AuthorManager extends QuerySet<typeof Author> implements ByNaturalKey<typeof Author> {
  getByNaturalKey(firstName: string, lastName: string): Promise<Author> {
    return this.get({ firstName, lastName })
  }
}

/** A row with a natural key of two parts. */
export class Author extends Model(
  {
    firstName: char({ maxLength: 50 }),
    lastName: char({ maxLength: 50 }),
    born: date({ null: true }),
    get favourite() {
      return foreignKey(Article, { onDelete: SET_NULL, null: true })
    },
    get articles() {
      return reverse(Article, 'author')
    },
  },
  { constraints: [{ type: 'unique', fields: ['firstName', 'lastName'], name: 'library_author_name' }] },
) {
  static objects = new AuthorManager(Author)

  naturalKey(): [firstName: string, lastName: string] {
    return [this.firstName, this.lastName]
  }
}

class TagManager extends QuerySet<typeof Tag> implements ByNaturalKey<typeof Tag> {
  getByNaturalKey(name: string): Promise<Tag> {
    return this.get({ name })
  }
}

/** A tree: a row may name another of its own model. */
export class Tag extends Model({
  name: char({ maxLength: 50, unique: true }),
  get parent() {
    return foreignKey(Tag, { onDelete: CASCADE, null: true })
  },
  get related() {
    return manyToMany(Tag)
  },
}) {
  static objects = new TagManager(Tag)

  naturalKey(): [name: string] {
    return [this.name]
  }
}

class ArticleManager extends QuerySet<typeof Article> implements ByNaturalKey<typeof Article> {
  getByNaturalKey(slugged: string, ...author: [firstName: string, lastName: string]): Promise<Article> {
    return this.get({ slug: slugged, author__firstName: author[0], author__lastName: author[1] })
  }
}

/** Its natural key is made of another row's. */
export class Article extends Model({
  slug: slug(),
  publishedAt: dateTime({ null: true }),
  get author() {
    return foreignKey(Author, { onDelete: CASCADE })
  },
  get tags() {
    return manyToMany(Tag)
  },
}) {
  static objects = new ArticleManager(Article)
  static readonly naturalKeyDependencies = ['library.Author']

  async naturalKey(): Promise<[slug: string, firstName: string, lastName: string]> {
    return [this.slug, ...(await this.author).naturalKey()]
  }
}

/** A row whose key is that of another. */
export class Summary extends Model({
  get article() {
    return oneToOne(Article, { onDelete: CASCADE, primaryKey: true })
  },
  body: text(),
}) {
  static objects = manager(Summary)
}

/** A key of two columns, and a field that counts changes. */
export class Shelf extends Model({
  pk: compositePrimaryKey('room', 'number'),
  room: char({ maxLength: 10 }),
  number: integer(),
  label: char({ maxLength: 50, default: 'no label' }),
  changes: version(),
}) {
  static objects = manager(Shelf)
}

const kinds = {
  code: uuid({ primaryKey: true }),
  truth: boolean({ null: true }),
  char: char({ maxLength: 200, null: true }),
  text: text(),
  slug: slug({ null: true }),
  email: email({ null: true }),
  url: url({ null: true }),
  small: smallInteger({ null: true }),
  whole: integer({ null: true }),
  positive: positiveInteger({ null: true }),
  positiveSmall: positiveSmallInteger({ null: true }),
  big: bigInteger({ null: true }),
  float: float({ null: true }),
  price: decimal({ maxDigits: 14, decimalPlaces: 4, null: true }),
  day: date({ null: true }),
  clock: time({ null: true }),
  momentAt: dateTime({ null: true }),
  stampedAt: dateTime({ autoNow: true }),
  length: duration({ null: true }),
  document: json({ null: true }),
  bytes: binary({ null: true }),
  address: ipAddress({ null: true }),
  cover: file({ blank: true }),
  renamedColumn: char({ maxLength: 20, default: 'x', dbColumn: 'other_column' }),
  twice: generated({
    expression: F('whole').multiply(2),
    outputField: integer({ null: true }),
    dbPersist: true,
  }),
}

/** Every kind of field. */
export class Everything extends Model(kinds) {
  static objects = manager(Everything)
}

/** What PostgreSQL alone has. */
export class Lists extends Model(
  {
    words: array(char({ maxLength: 20 }), { null: true }),
    numbers: array(bigInteger(), { null: true }),
    moments: array(dateTime(), { default: () => [] }),
    truths: array(boolean(), { default: () => [] }),
  },
  { requiredDbVendor: 'postgresql' },
) {
  static objects = manager(Lists)
}

export const models = { Author, Tag, Article, Summary, Shelf, Everything }
export const metas: readonly ModelMeta[] = registerModels('library', { ...models, Lists })

/** Those that the database of this run has. */
export const present = metas.filter(({ options }) => (options.requiredDbVendor ?? vendor) === vendor)

/** The tables, as SQL. */
export const schema: string = await schemaSql()

async function schemaSql(): Promise<string> {
  const statements: string[] = []
  const target = { run: async (sql: string) => void statements.push(sql), all: async () => [[0]] }
  const editor = vendor === 'sqlite' ? new SqliteSchemaEditor(target) : new PostgresSchemaEditor(target)
  const authors = modelTable(Author.meta, vendor)
  // PostgreSQL wants the table that a key points to first, and these two point to each other.
  const columns = authors.columns.filter(({ name }) => name !== 'favourite_id')
  const indexes = authors.indexes.filter((index) => index.columns.every(({ name }) => name !== 'favourite_id'))
  const first = vendor === 'sqlite' ? authors : { ...authors, columns, indexes }
  await editor.createTable(first)
  for (const meta of present) if (meta !== Author.meta) await editor.createTable(modelTable(meta, vendor))
  for (const { manyToMany } of present) {
    for (const { through } of manyToMany) await editor.createTable(pairTable(through, vendor))
  }
  if (first !== authors) await editor.alterTable(first, authors)
  return statements.map((sql) => `${sql};`).join('\n')
}

/** All that the tables hold, by table: what must be the same after rows were written down and loaded. */
export async function contents(): Promise<Record<string, unknown[]>> {
  const tables = present.flatMap((meta) => [meta, ...meta.manyToMany.map(({ through }) => through)])
  const entries = tables.map(async (meta) => {
    const isPair = meta.autoCreated
    const columns = meta.fields.filter((field) => !(isPair && field.primaryKey)).map(({ column }) => `"${column}"`)
    const order = columns.map((_, at) => at + 1).join(', ')
    const rows = await database().all(
      { sql: `SELECT ${columns.join(', ')} FROM "${meta.table}" ORDER BY ${order}`, bigints: true },
      [],
    )
    return [meta.table, rows] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** Takes every row away. */
export async function emptyTables(): Promise<void> {
  await database().atomic(async () => {
    const tables = present.flatMap((meta) => [...meta.manyToMany.map(({ through }) => through.table), meta.table])
    const pointing = ['library_summary', ...tables]
    await database().script('UPDATE library_author SET favourite_id = NULL')
    await database().script('UPDATE library_tag SET parent_id = NULL')
    for (const table of new Set([...pointing.filter((name) => name !== 'library_author'), 'library_author'])) {
      await database().script(`DELETE FROM "${table}"`)
    }
  })
}
