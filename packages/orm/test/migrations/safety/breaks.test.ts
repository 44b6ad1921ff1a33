import { describe, expect, test } from 'vitest'
import { database } from '../../../src/backends/registry.ts'
import { char, integer, Model, manager, positiveInteger, text } from '../../../src/index.ts'
import { modelsOf } from '../../../src/migrations/app.ts'
import {
  addConstraint,
  addField,
  addIndex,
  alterField,
  alterModelTable,
  checkSafety,
  createModel,
  deleteModel,
  type Operation,
  removeField,
  renameField,
} from '../../../src/migrations/index.ts'
import { newMigration } from '../../../src/migrations/migration.ts'
import { ProjectState } from '../../../src/migrations/state/project-state.ts'
import { useTemporaryDatabase, vendor } from '../../temporary-database.ts'
import { makeAndMigrate, project } from '../project.ts'

/* What the check says breaks the release before is done under its eyes: its code reads and writes, and fails or does not. */

const place = useTemporaryDatabase()

class Post extends Model({
  title: char({ maxLength: 20 }),
  code: char({ maxLength: 20 }),
  pages: integer({ null: true }),
  words: integer(),
  rating: integer({ dbDefault: 3 }),
}) {
  static objects = manager(Post)
}

const alter = (name: string, field: object, oneOff?: unknown) =>
  alterField('Post', name, field, oneOff === undefined ? {} : { oneOff })

const cases: readonly (readonly [what: string, operation: Operation])[] = [
  ['a new column that may be null', addField('Post', 'lead', text({ null: true }))],
  ['a new column with a default of the database', addField('Post', 'lead', text({ dbDefault: 'x' }))],
  ['a new column that may not be null', addField('Post', 'lead', text(), { oneOff: 'x' })],
  ['a new column that only the code has a default for', addField('Post', 'lead', text({ default: 'x' }))],
  ['a column that goes', removeField('Post', 'title')],
  ['a column with another name', renameField('Post', 'title', 'headline')],
  ['a table with another name', alterModelTable('Post', 'posts')],
  ['a model that goes', deleteModel('Post')],
  ['a model that comes', createModel('Page', { title: text({ primaryKey: true }) })],
  ['longer text', alter('title', char({ maxLength: 80 }))],
  ['text without a limit', alter('title', text())],
  ['shorter text', alter('title', char({ maxLength: 5 }))],
  ['a number that becomes text', alter('words', text())],
  ['a column that may no longer be null', alter('pages', integer(), 1)],
  ['a default of the database that goes', alter('rating', integer())],
  ['a field that is unique', alter('words', integer({ unique: true }))],
  ['a number that may not be negative', alter('words', positiveInteger())],
  ['an index', addIndex('Post', { name: 'by_words', fields: ['words'] })],
  ['a check', addConstraint('Post', { type: 'check', name: 'few', condition: { words__gt: 0 } })],
  ['a unique constraint', addConstraint('Post', { type: 'unique', name: 'once', fields: ['code', 'words'] })],
]

/** What the release before may do: text as long as it may be, no value where none is needed, the same twice, a number below 0. */
async function useAsBefore(): Promise<void> {
  await Post.objects.create({ title: 'as long as this', code: 'same', pages: null, words: -5 })
  await Post.objects.create({ title: 'as long as this', code: 'same', pages: null, words: -5 })
  const rows = await Post.objects.filter({ code: 'same' })
  expect(rows.map(({ title, pages, words }) => [title, pages, words])).toEqual([
    ['as long as this', null, -5],
    ['as long as this', null, -5],
  ])
}

describe('the release before, after', () => {
  test.for(cases)('%s', async ([, operation]) => {
    const apps = project(place.dir, { blog: { Post } })
    await makeAndMigrate(apps)
    await Post.objects.create({ title: 'a', code: 'x', pages: 1, words: 5 })
    const state = ProjectState.fromModels(apps.flatMap(modelsOf))
    const to = operation.applyTo(state, 'blog')
    const own = database()
    await own.alterSchema((editor) =>
      operation.forwards({ app: 'blog', from: state, to, editor, database: own, recording: false }),
    )
    const migration = newMigration({ app: 'blog', name: '0002_change', operations: [operation] })
    const findings = await checkSafety({ migrations: [migration], state, vendor })
    const outcome = await useAsBefore().then(
      () => 'works',
      () => 'breaks',
    )
    expect(outcome).toBe(findings.some(({ kinds }) => kinds.includes('breaks-running-code')) ? 'breaks' : 'works')
  })
})
