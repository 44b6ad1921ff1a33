import { describe, expect, test } from 'vitest'
import { database } from '../../../../src/backends/registry.ts'
import { CASCADE, char, foreignKey, integer, Model, positiveInteger } from '../../../../src/index.ts'
import { modelsOf } from '../../../../src/migrations/app.ts'
import {
  addConstraintConcurrently,
  addFieldConcurrently,
  addIndexConcurrently,
  alterFieldConcurrently,
  type Operation,
  removeIndexConcurrently,
} from '../../../../src/migrations/index.ts'
import { ProjectState } from '../../../../src/migrations/state/project-state.ts'
import { useTemporaryDatabase } from '../../../temporary-database.ts'
import { actualTables, makeAndMigrate, project } from '../../project.ts'

const place = useTemporaryDatabase()

class Author extends Model({ name: char({ maxLength: 20 }) }) {}
class Post extends Model(
  {
    code: char({ maxLength: 20 }),
    pages: integer({ null: true }),
    get author() {
      return foreignKey(Author, { onDelete: CASCADE, null: true, dbConstraint: false, dbIndex: false })
    },
  },
  { indexes: [{ name: 'by_pages', fields: ['pages'] }] },
) {}

const operations: readonly Operation[] = [
  addIndexConcurrently('Post', { name: 'by_code', fields: ['code'] }),
  removeIndexConcurrently('Post', 'by_pages'),
  addConstraintConcurrently('Post', { type: 'unique', name: 'once', fields: ['code'] }),
  addConstraintConcurrently('Post', { type: 'check', name: 'few', condition: { pages__lt: 1000 } }),
  addFieldConcurrently('Post', 'likes', positiveInteger({ unique: true, null: true })),
  addFieldConcurrently('Post', 'rating', positiveInteger({ dbIndex: true }), { oneOff: 3 }),
  alterFieldConcurrently('Post', 'pages', positiveInteger({ dbDefault: 2, dbIndex: true }), { oneOff: 1 }),
  alterFieldConcurrently('Post', 'author', foreignKey('blog.Author', { onDelete: CASCADE, null: true })),
]

describe('stopped after any statement, and run again', () => {
  /** Does the operation, or undoes it, up to the statement at which it is stopped; answers how many statements ran. */
  async function run(
    operation: Operation,
    way: 'forwards' | 'backwards',
    limit = Number.POSITIVE_INFINITY,
  ): Promise<number> {
    const before = ProjectState.fromModels(project(place.dir, { blog: { Author, Post } }).flatMap(modelsOf))
    const after = operation.applyTo(before, 'blog')
    let count = 0
    const editor = database().schemaEditor({
      async run(sql) {
        if (count === limit) throw new Error('stopped')
        count++
        await database().script(sql)
      },
      all: async (sql, params) => (await database().all({ sql }, params)) as never,
    })
    const states = way === 'forwards' ? { from: before, to: after } : { from: after, to: before }
    await operation[way]({ app: 'blog', ...states, editor, database: database(), recording: false })
    return count
  }

  test.for(operations)('$description', async (operation) => {
    await makeAndMigrate(project(place.dir, { blog: { Author, Post } }))
    await database().script(
      "INSERT INTO blog_author (name) VALUES ('Ann'); INSERT INTO blog_post (code, pages, author_id) VALUES ('a', 1, 1), ('b', NULL, NULL)",
    )
    const before = await actualTables()
    const statements = await run(operation, 'forwards')
    const after = await actualTables()
    expect(after).not.toEqual(before)
    const back = await run(operation, 'backwards')
    for (let stop = 0; stop < Math.max(statements, back); stop++) {
      if (stop < statements) await expect(run(operation, 'forwards', stop)).rejects.toThrow('stopped')
      await run(operation, 'forwards')
      expect(await actualTables()).toEqual(after)
      if (stop < back) await expect(run(operation, 'backwards', stop)).rejects.toThrow('stopped')
      await run(operation, 'backwards')
      expect((await actualTables()).map(({ indexes }) => indexes)).toEqual(before.map(({ indexes }) => indexes))
    }
  })
})
