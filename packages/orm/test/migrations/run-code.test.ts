import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Decimal } from 'decimal.js'
import { expect, test } from 'vitest'
import { database } from '../../src/backends/registry.ts'
import { char, dateTime, decimal, integer, slug } from '../../src/fields/index.ts'
import { answering, makeMigrations, migrate, sqlMigrate } from '../../src/migrations/index.ts'
import { Model } from '../../src/models/index.ts'
import { CASCADE, foreignKey } from '../../src/relations/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { imports, makeAndMigrate, project, rows } from './project.ts'

const place = useTemporaryDatabase()

class Author extends Model({ name: char({ maxLength: 20 }) }) {}
class Post extends Model({
  title: char({ maxLength: 20 }),
  size: integer({ null: true }),
  get author() {
    return foreignKey(Author, { onDelete: CASCADE })
  },
}) {}
const apps = () => project(place.dir, { blog: { Author, Post } })

function write(name: string, source: string): void {
  const dir = join(place.dir, 'blog/migrations')
  mkdirSync(dir, { recursive: true })
  writeFileSync(join(dir, `${name}.ts`), source)
}

const fillSizes = (from: { orm: string; migrations: string }, model: string) => `
import { char, integer } from '${from.orm}'
import { defineMigration, noop, runCode } from '${from.migrations}'

export default defineMigration({
  dependencies: [['blog', '0001_initial']],
  operations: [
    runCode(async (history) => {
      const Post = history.model(${model})
      for await (const post of Post.objects.filter({ size__isnull: true }).iterator(1)) {
        post.size = post.title.length
        await post.save()
      }
      const Author = history.model('blog.Author', { name: char({ maxLength: 20 }) })
      await Author.objects.create({ name: 'new' })
    }, noop),
  ],
})
`
const rightModel = "'Post', { title: char({ maxLength: 20 }), size: integer({ null: true }) }"

test('code changes rows through the models of its time, in the migration’s transaction', async () => {
  await makeAndMigrate(apps())
  await database().script(`
    INSERT INTO blog_author (name) VALUES ('Ann');
    INSERT INTO blog_post (title, size, author_id) VALUES ('four', NULL, 1), ('three', 9, 1), ('a', NULL, 1);
  `)
  write('0002_sizes', fillSizes(imports, rightModel))
  expect(await sqlMigrate({ apps: apps(), app: 'blog', name: '0002' })).toEqual([
    'BEGIN;',
    '-- Run code',
    expect.stringMatching(/^-- Code runs here/),
    'COMMIT;',
  ])
  await migrate({ apps: apps() })
  expect(await rows('SELECT title, size FROM blog_post ORDER BY id')).toEqual([
    ['four', 4],
    ['three', 9],
    ['a', 1],
  ])
  expect(await rows('SELECT name FROM blog_author ORDER BY id')).toEqual([['Ann'], ['new']])
  await migrate({ apps: apps(), app: 'blog', name: '0001' })
  await migrate({ apps: apps(), app: 'blog', name: 'zero' })
})

test.each([
  [
    "'Post', { titl: char({ maxLength: 20 }), size: integer() }",
    /no field blog\.Post\.titl at this point.*Did you mean 'title'/,
  ],
  [
    "'Post', { title: char({ maxLength: 20 }), size: integer() }",
    /blog\.Post\.size is integer\(\) with null at this point of the migrations, not integer\(\)/,
  ],
  ["'Pst', { title: char({ maxLength: 20 }), size: integer() }", /no model blog\.Pst.*Did you mean 'Post'/],
])('a model that was otherwise is an error: %s', async (model, message) => {
  await makeAndMigrate(apps())
  write('0002_sizes', fillSizes(imports, model))
  await expect(migrate({ apps: apps() })).rejects.toThrow(message)
})

test('files compile against the types of the package, and are formatted as the repository is', async () => {
  const root = resolve(import.meta.dirname, '../../../..')
  mkdirSync(join(place.dir, 'node_modules/@types'), { recursive: true })
  symlinkSync(join(root, 'packages/nuages'), join(place.dir, 'node_modules/nuages'))
  symlinkSync(join(root, 'node_modules/@types/node'), join(place.dir, 'node_modules/@types/node'))
  writeFileSync(join(place.dir, 'package.json'), '{ "type": "module" }')
  await makeMigrations({ apps: apps() })
  write('0002_sizes', fillSizes({ orm: 'nuages/orm', migrations: 'nuages/orm/migrations' }, rightModel))
  class Changed extends Model({
    title: char({ maxLength: 20 }),
    slug: slug({ default: "it's" }),
    at: dateTime({ default: Temporal.Instant.from('2026-01-02T03:04:05Z') }),
    price: decimal({ maxDigits: 9, decimalPlaces: 2 }),
    tax: decimal({ maxDigits: 9, decimalPlaces: 2, default: new Decimal('0.20') }),
    long: char({
      maxLength: 200,
      default: 'a default that is so long that the line which holds it cannot hold all of the call, so it is broken',
    }),
  }) {}
  Object.defineProperty(Changed, 'name', { value: 'Post' })
  const { written } = await makeMigrations({
    apps: [{ ...apps()[0]!, models: project(place.dir, { blog: { Author, Changed } })[0]!.models }],
    questioner: answering({ defaults: { 'blog.Post.price': 3 }, renames: { 'blog.Post.size': null } }),
  })
  const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions: { noEmit: true }, include: ['blog'] }
  writeFileSync(join(place.dir, 'tsconfig.json'), JSON.stringify(config))
  const run = (command: string, ...args: string[]) =>
    execFileSync(join(root, 'node_modules/.bin', command), args, { cwd: place.dir, encoding: 'utf8', stdio: 'pipe' })
  const outcome = (work: () => string) => {
    try {
      work()
      return ''
    } catch (error) {
      return `${(error as { stdout: string }).stdout}${(error as { stderr: string }).stderr}`
    }
  }
  expect(outcome(() => run('tsc', '-p', '.'))).toBe('')
  const biome = {
    formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 120 },
    javascript: { formatter: { quoteStyle: 'single', semicolons: 'asNeeded', arrowParentheses: 'always' } },
  }
  writeFileSync(join(place.dir, 'biome.json'), JSON.stringify(biome))
  expect(outcome(() => run('biome', 'check', 'blog/migrations/0001_initial.ts', written[0]!))).toBe('')
}, 60_000)
