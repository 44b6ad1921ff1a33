import { readdir, readFile, writeFile } from 'node:fs/promises'
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
const files = async () => (await readdir(migrations())).sort()

/** Gives the model of the project other fields. */
async function declare(fields: string): Promise<void> {
  const source = `import { char, integer, manager, Model } from 'nuages/orm'

export class Product extends Model({ ${fields} }) {
  static objects = manager(Product)
}
`
  await project.write('shop/models.ts', source)
}

const patient = { timeout: 180_000 }

test('a script gets the paths alone; what would be asked is an error that says what to pass', patient, async () => {
  expect(await manage('makemigrations', '--scriptable')).toMatchObject({
    code: 0,
    stdout: 'shop/migrations/0001_initial.ts\n',
    stderr: expect.stringContaining('Create model Product'),
  })
  await declare('title: char({ maxLength: 300 }), size: integer()')
  expect(await manage('makemigrations')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('--rename shop.Product.name=title'),
  })
  const renamed = ['--rename', 'shop.Product.name=title']
  expect(await manage('makemigrations', ...renamed, '--default', 'shop.Product.size=big')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("The default for 'shop.Product.size' is none: "),
  })
  expect(await files()).toEqual(['0001_initial.ts'])
  expect(await manage('makemigrations', ...renamed, '--default', 'shop.Product.size=3')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Rename field name of Product to title'),
  })
  const source = await readFile(join(migrations(), (await files())[1]!), 'utf8')
  expect(source).toContain("addField('Product', 'size', integer(), { oneOff: 3 })")
})

test('the last migration takes in what changed, until it has run; two ends are joined', patient, async () => {
  await manage('makemigrations')
  await declare('name: char({ maxLength: 100 }), size: integer({ null: true })')
  expect(await manage('makemigrations', '--update')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('0001_initial.ts, updated'),
  })
  await manage('migrate')
  await declare('name: char({ maxLength: 100 }), size: integer({ null: true }), price: integer({ null: true })')
  expect(await manage('makemigrations', '--update')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('shop.0001_initial cannot be updated: the database has run it.'),
  })
  await manage('makemigrations')
  const apart = await readFile(join(migrations(), '0002_product_price.ts'), 'utf8')
  await writeFile(join(migrations(), '0002_product_colour.ts'), apart.replace("'price'", "'colour'"))
  expect(await manage('makemigrations')).toMatchObject({ code: 1, stderr: expect.stringContaining('--merge') })
  expect(await manage('makemigrations', '--merge')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Joins 0002_product_colour:\n    - Add field colour to Product'),
  })
  expect(await files()).toContain('0003_merge_0002_product_colour_0002_product_price.ts')
  expect(await manage('makemigrations', '--merge', '--empty')).toMatchObject({
    stderr: expect.stringContaining('--empty and --merge do not go together'),
  })
})
