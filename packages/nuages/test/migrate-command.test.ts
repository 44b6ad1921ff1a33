import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { manageCommand } from './projects/running-command.ts'
import { type TemporaryProject, temporaryProject } from './projects/temporary-project.ts'

let project: TemporaryProject

beforeEach(async () => {
  project = await temporaryProject()
  await manage('makemigrations')
})
afterEach(() => project.remove())

const manage = (...args: string[]) => manageCommand(project.folder, ...args)

test('migrate ends its lines, fails with the way out, and tells what drifts', async () => {
  expect(await manage('migrate', '--check')).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('Not applied: shop.0001_initial\n'),
  })
  expect((await manage('migrate', '--lock-timeout', '5')).stdout).toMatch(
    /^Applying shop\.0001_initial … done \(.* m?s\)$/m,
  )
  expect(await manage('migrate', '--check')).toMatchObject({ code: 0, stdout: 'Nothing to do.\n' })

  const file = join(project.folder, 'shop/migrations/0002_more.ts')
  const more = (sql: string) =>
    writeFile(
      file,
      `import { defineMigration, runSQL } from 'nuages/orm/migrations'
       export default defineMigration({ dependencies: [['shop', '0001_initial']], operations: [runSQL('${sql}')] })`,
    )
  await more('SELECT * FROM nowhere')
  const failed = await manage('migrate')
  expect(failed).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^Applying shop\.0002_more … failed \(.* m?s\)\n$/),
  })
  expect(failed.stderr).toMatch(
    /shop\.0002_more failed at operation 1 of 1, 'Run SQL'.*as they were before shop\.0002_more/s,
  )
  await more('SELECT 1')
  await manage('migrate', '--skip-checks', '--no-input')

  await rm(file)
  const drifted = await manage('migrate')
  expect(drifted.stderr).toContain('The database has run a migration whose file is gone: shop.0002_more.')
  expect(drifted.stderr).toContain('`migrate shop --prune` takes them out of the record.')
  expect((await manage('migrate', 'shop', '--prune')).stdout).toBe('Pruned shop.0002_more from the record.\n')
}, 240_000)

test('what does not go together is told', async () => {
  expect(await manage('migrate', '--prune')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--prune takes an app'),
  })
  expect(await manage('migrate', '--lock-timeout', '-1')).toMatchObject({ code: 2 })
  expect(await manage('showmigrations', '--list', '--plan')).toMatchObject({ code: 2 })
  expect((await manage('showmigrations', '-p', '-v')).stdout).toContain('[ ]  shop.0001_initial\n')
}, 240_000)
