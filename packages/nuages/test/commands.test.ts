import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { manageCommand } from './projects/running-command.ts'
import { type TemporaryProject, temporaryProject } from './projects/temporary-project.ts'

let project: TemporaryProject

beforeEach(async () => {
  project = await temporaryProject()
})
afterEach(() => project.remove())

const manage = (...args: string[]) => manageCommand(project.folder, ...args)

test('makemigrations, migrate and showmigrations, and a command of the app on top', async () => {
  expect(await manage('makemigrations')).toMatchObject({ code: 0, stdout: expect.stringContaining('0001_initial') })
  expect(await manage('makemigrations', '--check')).toMatchObject({ code: 0 })
  expect((await manage('showmigrations')).stdout).toContain('[ ] 0001_initial')
  expect((await manage('sqlmigrate', 'shop', '0001')).stdout).toContain('CREATE TABLE "shop_product"')
  expect(await manage('migrate')).toMatchObject({ code: 0, stdout: expect.stringContaining('shop.0001_initial') })
  expect((await manage('showmigrations')).stdout).toContain('[x] 0001_initial')
  expect(await manage('stock', 'kite', '--times', '3')).toMatchObject({ code: 0, stdout: '3 products\n' })
  expect((await manage('shell', '-c', 'console.log((await Product.objects.first()).name)')).stdout).toBe('kite\n')
  expect(await manage('migrate', 'shop', 'zero')).toMatchObject({ code: 0 })
  expect((await manage('showmigrations')).stdout).toContain('[ ] 0001_initial')
})

test('a changed model that has no migration makes --check fail', async () => {
  expect(await manage('makemigrations', '--check')).toMatchObject({ code: 1, stdout: expect.stringContaining('shop') })
})

test('check, routes and help', async () => {
  expect(await manage('check')).toMatchObject({ code: 0 })
  const { stdout } = await manage('routes')
  expect(stdout).toMatch(/^\/page\/\s+page\s+page$/m)
  expect((await manage('help')).stdout).toMatch(/shop\n\s+stock\s+Adds a product\./)
  expect((await manage('stock', '--help')).stdout).toContain('Usage: stock [options] <name>')
})

test('check --database compares a database with its migrations', async () => {
  await manage('makemigrations')
  await manage('migrate')
  expect(await manage('check', '--database', 'default')).toMatchObject({
    code: 0,
    stdout: 'The system checks found nothing.\n',
  })
  const file = new DatabaseSync(join(project.folder, 'db.sqlite3'))
  file.exec('ALTER TABLE shop_product DROP COLUMN name; CREATE TABLE theirs (x)')
  file.close()
  expect(await manage('check', '--database', 'default')).toMatchObject({
    code: 1,
    stdout:
      'ERROR default: (migrations.E002) shop_product has no column name; the migrations say varchar(100).\n' +
      'INFO default: (migrations.I001) The table theirs is in no migration.\n2 findings.\n',
  })
}, 120_000)

describe('what goes wrong has its exit code', () => {
  test('2 for a command line that is not understood', async () => {
    expect(await manage('migrat')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Did you mean 'migrate'?"),
    })
    expect(await manage('stock')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("missing required argument 'name'"),
    })
  })

  test('1 for a command that failed, without a stack', async () => {
    const { code, stderr } = await manage('stock', 'nothing')
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'CommandError: There is no product named nothing.\n' })
  })

  test('1 for an app that is not there', async () => {
    for (const words of [
      ['migrate', 'shpo'],
      ['sqlmigrate', 'shpo', '0001'],
      ['showmigrations', 'shpo'],
    ]) {
      expect(await manage(...words)).toMatchObject({ code: 1, stderr: expect.stringContaining("Did you mean 'shop'?") })
    }
  })

  test('1 for settings that are wrong, and help still helps', async () => {
    await project.write('settings.ts', "throw new Error('not today')\nexport default {}\n")
    expect(await manage('check')).toMatchObject({ code: 1, stderr: expect.stringContaining('not today') })
    expect(await manage('help')).toMatchObject({ code: 0, stdout: expect.stringContaining('not today') })
  })
})

describe('startapp', () => {
  test('makes an app that loads once it is installed', async () => {
    const { code, stdout } = await manage('startapp', 'library')
    expect(code).toBe(0)
    expect(stdout).toContain("import { library } from './library/app.ts'")
    const { readFile } = await import('node:fs/promises')
    const settings = await readFile(`${project.folder}/settings.ts`, 'utf8')
    await project.write(
      'settings.ts',
      `import { library } from './library/app.ts'\n${settings.replace('[shop]', '[shop, library]')}`,
    )
    expect(await manage('check')).toMatchObject({ code: 0 })
  })

  test.each(['Shop', 'my-shop', '1shop', 'settings', 'function', 'await'])('refuses the name %s', async (name) => {
    expect(await manage('startapp', name)).toMatchObject({ code: 1, stderr: expect.stringContaining(`'${name}'`) })
  })

  test('refuses a folder that exists', async () => {
    expect(await manage('startapp', 'shop')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('exists already'),
    })
  })
})
