import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closeDatabases, configureDatabases, database } from '../../src/backends/registry.ts'
import { char, generated, integer, json, positiveInteger, slug, text } from '../../src/fields/index.ts'
import { F, Lower, Q } from '../../src/index.ts'
import { migrate, type Questioner } from '../../src/migrations/index.ts'
import { Model } from '../../src/models/index.ts'
import { CASCADE, foreignKey, manyToMany, oneToOne, SET_NULL } from '../../src/relations/index.ts'
import { anotherDatabase, bound, useTemporaryDatabase, vendor } from '../temporary-database.ts'
import { actualTables, expectedTables, type Models, make, makeAndMigrate, project, rows } from './project.ts'

const place = useTemporaryDatabase()

/** What a model looks like in one version: for each field that it has, which of the forms below. */
interface ModelVersion {
  readonly fields: Readonly<Record<string, number>>
  /** Which of the indexes and constraints below it has. */
  readonly options: readonly (keyof typeof options)[]
}
type Version = Readonly<Record<string, ModelVersion | undefined>>

const modelNames = ['Red', 'Green', 'Blue']
const appOf = (name: string) => (name === 'Blue' ? 'two' : 'one')

/** A column that holds 1 may become any other of these; relations, which hold nothing, any other relation. */
const columns = [
  () => char({ maxLength: 20, default: '1' }),
  () => char({ maxLength: 50, null: true, dbIndex: true }),
  () => char({ maxLength: 50 }),
  () => integer({ null: true }),
  () => positiveInteger({ default: 1 }),
  () => integer({ unique: true }),
  () => text({ null: true }),
  (field: string) => slug({ default: '1', dbColumn: `${field}_column` }),
  () => json({ null: true }),
  () => integer({ dbDefault: 1 }),
  () => char({ maxLength: 20, dbDefault: '1' }),
  () => generated({ expression: F('size').add(1), outputField: integer(), dbPersist: true }),
]
const relations = [
  (target: object) => foreignKey(target, { onDelete: SET_NULL, null: true }),
  (target: object) => oneToOne(target, { onDelete: CASCADE, null: true }),
  (target: object) => manyToMany(target),
]

/** Indexes and constraints of the columns that every model has; the last two share a name. */
const options = {
  index: () => ({ fields: ['-size', 'name'] }),
  part: (model: string) => ({ name: `${model}_part`, fields: ['name'], condition: Q({ size__lt: 5 }) }),
  expression: (model: string) => ({ name: `${model}_lower`, expressions: [Lower('name').desc(), F('size')] }),
  unique: () => ({ type: 'unique', fields: ['name', 'size'] }),
  uniquePart: (model: string) => ({ type: 'unique', name: `${model}_one`, fields: ['size'], condition: { name: 'x' } }),
  uniqueExpression: (model: string) => ({ type: 'unique', name: `${model}_same`, expressions: [Lower('name')] }),
  check: (model: string) => ({ type: 'check', name: `${model}_size`, condition: { size__gte: 0 } }),
  otherCheck: (model: string) => ({
    type: 'check',
    name: `${model}_size`,
    condition: Q({ size__lt: 100 }).and({ name__gt: '' }),
  }),
} as const

function declare(version: Version): Models {
  const apps: Record<string, Record<string, unknown>> = { one: {}, two: {} }
  const classes: Record<string, object> = {}
  const present = modelNames.filter((name) => version[name])
  for (const name of present) {
    const { fields, options: chosen } = version[name]!
    const declared = Object.defineProperties(
      { name: char({ maxLength: 30 }), size: integer({ default: 0 }) },
      {
        ...Object.fromEntries(
          Object.entries(fields).map(([field, kind]) => [
            field,
            {
              enumerable: true,
              get: () =>
                field === 'relation'
                  ? relations[kind % relations.length]!(classes[present[kind % present.length]!]!)
                  : columns[kind % columns.length]!(field),
            },
          ]),
        ),
      },
    )
    const all = chosen.map((option) => options[option](name.toLowerCase()))
    const meta = {
      indexes: all.filter((option) => !('type' in option)),
      constraints: all.filter((option) => 'type' in option),
    }
    const model = { [name]: class extends Model(declared, meta as object) {} }[name]!
    classes[name] = model
    apps[appOf(name)]![name] = model
  }
  return apps
}

const questioner: Questioner = {
  askNewColumn: ({ type }) => (type === 'integer' ? 1 : '1'),
  askNotNull: ({ type }) => (type === 'integer' ? 1 : '1'),
  askRename: () => null,
}

const modelVersion = fc.record({
  fields: fc.dictionary(fc.constantFrom('alpha', 'beta', 'relation'), fc.nat(35)),
  options: fc
    .subarray(Object.keys(options) as (keyof typeof options)[])
    .map((chosen) => (chosen.includes('check') ? chosen.filter((option) => option !== 'otherCheck') : chosen)),
})
const version: fc.Arbitrary<Version> = fc.record({
  Red: fc.option(modelVersion, { nil: undefined, freq: 4 }),
  Green: fc.option(modelVersion, { nil: undefined, freq: 4 }),
  Blue: fc.option(modelVersion, { nil: undefined, freq: 4 }),
})

let run = 0

test('any models can become any others: the tables are theirs, rows stay, and back at zero nothing is left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(version, { minLength: 1, maxLength: 4 }), async (versions) => {
      const dir = join(place.dir, `run-${++run}`)
      await emptyDatabase()
      let before: string[] = []
      for (const models of versions) {
        const apps = project(dir, declare(models))
        await makeAndMigrate(apps, { questioner })
        expect(await actualTables()).toEqual(expectedTables(apps))
        expect((await make(apps, { check: true })).changes).toEqual([])
        const present = modelNames.filter((name) => models[name])
        for (const name of present.filter((one) => before.includes(one))) {
          expect(await rows(`SELECT name FROM ${appOf(name)}_${name.toLowerCase()}`)).toEqual([[name]])
        }
        for (const name of present.filter((one) => !before.includes(one))) await addRow(name, models[name]!)
        before = present
      }
      const last = project(dir, declare(versions.at(-1)!))
      const tables = await actualTables()
      for (const { name } of tables) await database().script(emptied(name))
      await migrate({ apps: last, app: 'one', name: 'zero' })
      await migrate({ apps: last, app: 'two', name: 'zero' })
      expect(await actualTables()).toEqual([])
      // On a new database, where no history of its own gives the order.
      await emptyDatabase()
      await migrate({ apps: last })
      expect(await actualTables()).toEqual(tables)
    }),
    { numRuns: 20 },
  )
}, 240_000)

/** In place of the database that was there. */
async function emptyDatabase(): Promise<void> {
  if (vendor === 'postgresql') return database().script('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await closeDatabases()
  configureDatabases({ default: await anotherDatabase() })
}

/** Takes the rows of a table, whatever points to them. */
function emptied(table: string): string {
  return vendor === 'postgresql' ? `TRUNCATE ${table} CASCADE` : `PRAGMA foreign_keys = OFF; DELETE FROM ${table}`
}

/** One row, whose columns that may not be null have something. */
async function addRow(name: string, { fields }: ModelVersion): Promise<void> {
  const values: Record<string, string | number> = { name, size: 0 }
  const columnOf = (field: string, kind: number) => (kind % columns.length === 7 ? `${field}_column` : field)
  for (const [field, kind] of Object.entries(fields)) {
    const isComputed = kind % columns.length === columns.length - 1
    if (field !== 'relation' && !isComputed) values[columnOf(field, kind)] = 1
  }
  const names = Object.keys(values)
  const sql = `INSERT INTO ${appOf(name)}_${name.toLowerCase()} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  await database().run(bound(sql), Object.values(values))
}
