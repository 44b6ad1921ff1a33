import { mkdirSync, writeFileSync } from 'node:fs'
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

function dropName(considered: string): void {
  const dir = join(project.folder, 'shop/migrations')
  mkdirSync(dir, { recursive: true })
  writeFileSync(
    join(dir, '0002_drop_name.ts'),
    `import { defineMigration, removeField } from 'nuages/orm/migrations'
     export default defineMigration({ ${considered} dependencies: [['shop', '0001_initial']], operations: [removeField('Product', 'name')] })`,
  )
}

test('migrate --plan tells what breaks, and --fail-unsafe fails until it is considered', async () => {
  await manage('makemigrations')
  expect(await manage('migrate', '--plan', '--fail-unsafe')).toMatchObject({ code: 0 })
  await manage('migrate')
  dropName('')
  expect(await manage('migrate', '--plan')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(
      '  - Remove field name from Product\n    ! drop-column (breaks running code, loses data): The column name of shop_product is dropped.',
    ),
  })
  expect(await manage('migrate', '--plan', '--fail-unsafe')).toMatchObject({ code: 1 })
  dropName("considered: { 'drop-column': 'nobody reads it' },")
  expect(await manage('migrate', '--plan', '--fail-unsafe')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('drop-column: considered: nobody reads it\n'),
  })
  expect(await manage('migrate', '--fail-unsafe')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--fail-unsafe goes with --plan.'),
  })
}, 120_000)
