import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { manageCommand } from './projects/running-command.ts'
import { type TemporaryProject, temporaryProject } from './projects/temporary-project.ts'

let project: TemporaryProject

beforeEach(async () => {
  project = await temporaryProject()
})
afterEach(() => project.remove())

const manage = (...args: string[]) => manageCommand(project.folder, ...args)
const migrations = () => join(project.folder, 'shop/migrations')

function add(name: string, needed: string, operations: string): void {
  writeFileSync(
    join(migrations(), `${name}.ts`),
    `import { integer } from 'nuages/orm'
import { addField, defineMigration, noop, removeField, renameField, runCode } from 'nuages/orm/migrations'

// Of its own.
export default defineMigration({
  dependencies: [['shop', '${needed}']],
  operations: [${operations}],
})
void [integer, addField, noop, removeField, renameField, runCode]
`,
  )
}

test('squashmigrations and optimizemigration, from the first to the last of the three releases', async () => {
  await manage('makemigrations')
  add('0002_more', '0001_initial', "addField('Product', 'x', integer({ null: true })), runCode(async () => {}, noop)")
  add('0003_less', '0002_more', "renameField('Product', 'x', 'y'), removeField('Product', 'y')")
  expect(await manage('migrate')).toMatchObject({ code: 0 })

  expect(await manage('squashmigrations', 'shop', '0003')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Pass --no-input where that is meant.'),
  })
  const squashed = await manage('squashmigrations', 'shop', '0003', '--no-input')
  expect(squashed).toMatchObject({ code: 0, stderr: '' })
  expect(squashed.stdout).toBe(
    `shop: these become one migration:
  - 0001_initial
  - 0002_more
  - 0003_less
shop/migrations/0001_squashed_0003_less.ts: 5 operations came to 3.
Commit it beside the others: a database that ran them counts it as done, a new one runs it in their place.
Once every database has them, delete 0001_initial, 0002_more, 0003_less; a release later take \`replaces\` out of it.
Its code is still that of 0002_more: move it over before you delete them.
`,
  )
  expect(await manage('migrate')).toMatchObject({ code: 0 })
  expect((await manage('showmigrations', 'shop')).stdout).toContain('[x] 0001_squashed_0003_less')

  const file = join(migrations(), '0001_squashed_0003_less.ts')
  const source = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    source
      .replace(/import more0002.*\n/, '')
      .replace('more0002.operations[1]!', 'runCode(async () => {})')
      .replace('removeField }', 'removeField, runCode }'),
  )
  for (const name of ['0001_initial', '0002_more', '0003_less']) rmSync(join(migrations(), `${name}.ts`))
  expect(await manage('migrate')).toMatchObject({ code: 0, stderr: '' })
  expect(await manage('makemigrations', '--check')).toMatchObject({ code: 0 })
}, 240_000)

test('optimizemigration writes the file, or another where it has something of its own', async () => {
  await manage('makemigrations')
  expect(await manage('optimizemigration', 'shop', '0001')).toMatchObject({ code: 0, stdout: 'Nothing to fold.\n' })
  add('0002_both', '0001_initial', "addField('Product', 'x', integer({ null: true })), removeField('Product', 'x')")
  expect(await manage('optimizemigration', 'shop', '0002', '--check')).toMatchObject({
    code: 1,
    stdout: '2 operations would come to 0\n',
  })
  const { code, stdout } = await manage('optimizemigration', 'shop', '0002')
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(
      /^shop\/migrations\/0002_both_optimized\.ts: 2 operations came to 0\.\nIt stands for 0002_both, /,
    ),
  })
  expect(readdirSync(migrations())).toContain('0002_both.ts')
  expect(await manage('migrate')).toMatchObject({ code: 0, stdout: expect.stringContaining('0002_both_optimized') })
}, 240_000)
