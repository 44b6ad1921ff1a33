import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { char } from '../../src/fields/index.ts'
import { makeMigrations, migrate, migrationPlan, optimizeMigration } from '../../src/migrations/index.ts'
import { Model } from '../../src/models/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { actualTables, imports, make, project } from './project.ts'

const place = useTemporaryDatabase()

class Post extends Model({ title: char({ maxLength: 20 }) }) {}
const apps = () => project(place.dir, { blog: { Post } })
const file = (name: string) => join(place.dir, 'blog/migrations', `${name}.ts`)
const optimized = (options: { check?: boolean } = {}) =>
  optimizeMigration({ apps: apps(), app: 'blog', name: '0001', imports, ...options })

/** The file of `makemigrations`, with two operations more at its end. */
let source = ''
beforeEach(async () => {
  await make(apps())
  source = readFileSync(file('0001_initial'), 'utf8')
})

const changed = (from: string) =>
  from
    .replace(
      '  ],\n})',
      "    addField('Post', 'text', char({ maxLength: 5 })),\n    removeField('Post', 'text'),\n  ],\n})",
    )
    .replace(
      'import { createModel, defineMigration }',
      'import { addField, createModel, defineMigration, removeField }',
    )

test('there may be nothing to fold', async () => {
  expect(await optimized()).toBeUndefined()
})

test('a file that the tool wrote is written anew', async () => {
  writeFileSync(file('0001_initial'), changed(source))
  expect(await optimized({ check: true })).toMatchObject({ operationsBefore: 3, operations: ['Create model Post'] })
  expect(readFileSync(file('0001_initial'), 'utf8')).toBe(changed(source))
  expect(await optimized()).toMatchObject({ name: '0001_initial', path: file('0001_initial'), replaced: undefined })
  expect(readFileSync(file('0001_initial'), 'utf8')).toBe(source)
})

test('however it is set out', async () => {
  const text = changed(source).replaceAll("'", '"').replaceAll('\n  ', '\n\t').replace(/\)\n$/, ');\n')
  writeFileSync(file('0001_initial'), text)
  expect(await optimized()).toMatchObject({ replaced: undefined })
  expect(readFileSync(file('0001_initial'), 'utf8')).toBe(source)
})

test.each([
  ['a comment', (text: string) => text.replace('    addField', '    // for now\n    addField')],
  [
    'a constant',
    (text: string) => text.replace('export', 'const longest = 5\nexport').replace('maxLength: 5', 'maxLength: longest'),
  ],
  [
    'code',
    (text: string) =>
      text
        .replace(
          "    removeField('Post', 'text'),\n",
          "    removeField('Post', 'text'),\n    runCode(async () => {}, noop),\n",
        )
        .replace('removeField }', 'noop, removeField, runCode }'),
  ],
])('%s of its own stays where it is, and a second file stands for the first', async (_, own) => {
  const before = own(changed(source))
  writeFileSync(file('0001_initial'), before)
  await migrate({ apps: apps() })
  const tables = await actualTables()
  expect(await optimized()).toMatchObject({ name: '0001_initial_optimized', replaced: '0001_initial' })
  expect(readFileSync(file('0001_initial'), 'utf8')).toBe(before)
  expect(readdirSync(join(place.dir, 'blog/migrations'))).toHaveLength(2)
  const text = readFileSync(file('0001_initial_optimized'), 'utf8')
  expect(text).toContain("  replaces: [['blog', '0001_initial']],\n")
  expect(text.includes('initial0001.operations[3]!')).toBe(before.includes('runCode'))
  expect(await migrationPlan({ apps: apps() })).toEqual([])
  expect((await makeMigrations({ apps: apps(), check: true })).changes).toEqual([])
  expect(await actualTables()).toEqual(tables)
})
