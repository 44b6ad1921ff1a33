import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { char, integer, Model, text } from '../../../src/index.ts'
import { answering, type MakeMigrationsOptions, type MergeQuestion, migrate } from '../../../src/migrations/index.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'
import { imports, make, makeAndMigrate, project } from '../project.ts'

const place = useTemporaryDatabase()

class Post extends Model({ title: char({ maxLength: 9 }), body: text({ null: true }) }) {}
class Tag extends Model({ name: char({ maxLength: 9 }) }) {}
const apps = () => project(place.dir, { blog: { Post, Tag } })

/** Two migrations after the first, each with these operations as they stand in a file. */
async function branches(one: string, other: string, names: readonly [string, string] = ['0002_one', '0002_other']) {
  await makeAndMigrate(apps())
  for (const [index, operation] of [one, other].entries()) write(names[index]!, operation)
}

function write(name: string, operations: string, dependencies = "[['blog', '0001_initial']]"): void {
  const dir = join(place.dir, 'blog/migrations')
  mkdirSync(dir, { recursive: true })
  writeFileSync(
    join(dir, `${name}.ts`),
    `import * as orm from '${imports.orm}'
import * as ops from '${imports.migrations}'
export default ops.defineMigration({ dependencies: ${dependencies} as never, operations: [${operations}] })`,
  )
}

const merge = (options: Partial<MakeMigrationsOptions> = {}) => make(apps(), { merge: true, ...options })
const rating = "ops.addField('Post', 'rating', orm.integer({ null: true }))"
const count = "ops.addField('Tag', 'count', orm.integer({ null: true }))"

test('branches that leave each other alone are merged unasked, and run', async () => {
  await branches(rating, count)
  await expect(make(apps())).rejects.toThrow(/2 ends: 0002_one, 0002_other/)
  const { changes, written } = await merge()
  expect(changes[0]).toMatchObject({
    name: '0003_merge_0002_one_0002_other',
    branches: [
      { migrations: ['0002_one'], operations: ['Add field rating to Post'] },
      { migrations: ['0002_other'], operations: ['Add field count to Tag'] },
    ],
  })
  expect(written).toHaveLength(1)
  expect(changes[0]!.source).toContain("dependencies: [\n    ['blog', '0002_one'],\n    ['blog', '0002_other'],\n  ],")
  class Post extends Model({
    title: char({ maxLength: 9 }),
    body: text({ null: true }),
    rating: integer({ null: true }),
  }) {}
  class Tag extends Model({ name: char({ maxLength: 9 }), count: integer({ null: true }) }) {}
  const merged = project(place.dir, { blog: { Post, Tag } })
  expect((await make(merged)).changes).toEqual([])
  await migrate({ apps: merged })
  expect((await make(merged, { merge: true })).changes).toEqual([])
})

/** Operations of two branches, and what is said of them. */
const conflicts: Readonly<Record<string, [one: string, other: string, message: string]>> = {
  'the same field': [
    "ops.alterField('Post', 'title', orm.char({ maxLength: 20 }))",
    "ops.alterField('Post', 'title', orm.char({ maxLength: 30 }))",
    'Both blog.0002_one and blog.0002_other change blog.Post.title.',
  ],
  'the same change of a field': [
    "ops.removeField('Post', 'body')",
    "ops.removeField('Post', 'body')",
    'Both blog.0002_one and blog.0002_other change blog.Post.body.',
  ],
  'a field of a model that goes': [
    "ops.deleteModel('Post')",
    rating,
    'Both blog.0002_one and blog.0002_other change blog.Post.',
  ],
  'a key to a model that goes': [
    "ops.deleteModel('Tag')",
    "ops.addField('Post', 'tag', orm.foreignKey('blog.Tag', { onDelete: orm.CASCADE, null: true }))",
    'Both blog.0002_one and blog.0002_other change blog.Tag.',
  ],
  'a renamed model and an index of it': [
    "ops.renameModel('Post', 'Article')",
    "ops.addIndex('Post', { name: 'post_title', fields: ['title'] })",
    'Both blog.0002_one and blog.0002_other change blog.Post.',
  ],
  'an index of the same name': [
    "ops.addIndex('Post', { name: 'post_title', fields: ['title'] })",
    "ops.addIndex('Post', { name: 'post_title', fields: ['-title'] })",
    'Both blog.0002_one and blog.0002_other change the index post_title of blog.Post.',
  ],
  'the same table': [
    "ops.alterModelTable('Post', 'posts')",
    "ops.alterModelTable('Post', 'notes')",
    'Both blog.0002_one and blog.0002_other change the options of blog.Post.',
  ],
  'an index of a field that is renamed': [
    "ops.renameField('Post', 'title', 'headline')",
    "ops.addIndex('Post', { name: 'post_title', fields: ['title'] })",
    'The order of blog.0002_one and blog.0002_other matters: ',
  ],
  code: ['ops.runCode(async () => {}, ops.noop)', rating, "blog.0002_one may change anything: 'Run code'."],
  'SQL in the second': [rating, "ops.runSQL('SELECT 1', ops.noop)", "blog.0002_other may change anything: 'Run SQL'."],
}

test.for(Object.entries(conflicts))('%s is asked about', async ([, [one, other, message]]) => {
  await branches(one, other)
  await expect(merge()).rejects.toThrow(message)
  await expect(merge()).rejects.toThrow("0002_one and 0002_other of 'blog' cannot be merged unseen")
  const asked: MergeQuestion[] = []
  const questioner = (answer: boolean) => ({
    ...answering(),
    askMerge: (question: MergeQuestion) => {
      asked.push(question)
      return answer
    },
  })
  expect((await merge({ questioner: questioner(false) })).changes).toEqual([])
  expect((await merge({ questioner: questioner(true), dryRun: true })).changes).toHaveLength(1)
  expect(asked[0]!.conflicts.join(' ')).toContain(message)
})

test('three ends are joined in one, numbered after the highest', async () => {
  await branches(rating, count)
  write('0007_third', "ops.addField('Tag', 'size', orm.integer({ null: true }))")
  const { changes } = await merge()
  expect(changes[0]!.name).toBe('0008_merge_0002_one_0002_other_0007_third')
})

test('a branch is all that came since there was one end', async () => {
  await branches(rating, count)
  write('0003_more', "ops.alterField('Post', 'title', orm.char({ maxLength: 30 }))", "[['blog', '0002_one']]")
  const { changes } = await merge()
  expect(changes[0]!.branches).toMatchObject([
    { migrations: ['0002_other'] },
    { migrations: ['0002_one', '0003_more'] },
  ])
})

test('a long name is cut short, and one that is given stands', async () => {
  await branches(rating, count, ['0002_a_name_that_is_rather_long', '0002_another_of_that_kind'])
  expect((await merge({ dryRun: true })).changes[0]!.name).toBe('0003_merge')
  expect((await merge({ name: 'joined' })).changes[0]!.name).toBe('0003_joined')
})
