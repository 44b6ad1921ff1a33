import { beforeEach, describe, expect, test } from 'vitest'
import {
  CASCADE,
  char,
  createRegistry,
  database,
  dateTime,
  foreignKey,
  IntegrityError,
  integer,
  Model,
  manager,
  manyToMany,
  Now,
  Q,
  registerModels,
  ValidationError,
} from '../../src/index.ts'
import { makeTables } from '../models/make-tables.ts'
import { useTemporaryDatabase, vendor } from '../temporary-database.ts'

const noSpaces = (value: unknown): void => {
  if (String(value).includes(' ')) throw new ValidationError('No spaces.', { code: 'spaces' })
}

let onlyOpen = true

class Shelf extends Model({ name: char({ maxLength: 20 }), isOpen: integer({ default: 1 }) }) {
  static objects = manager(Shelf)
}

class Box extends Model(
  {
    label: char({
      maxLength: 20,
      verboseName: 'what it says',
      helpText: 'Short.',
      validators: [noSpaces],
      dbCollation: vendor === 'sqlite' ? 'NOCASE' : 'C',
      dbColumn: 'inscription',
      dbIndex: true,
      uniqueForMonth: 'made',
    }),
    secret: char({ maxLength: 20, editable: false, default: 'x y' }),
    count: integer({ dbDefault: 7 }),
    made: dateTime({ dbDefault: Now() }),
    get shelf() {
      return foreignKey(Shelf, {
        onDelete: CASCADE,
        null: true,
        limitChoicesTo: () => (onlyOpen ? { isOpen: 1 } : {}),
      })
    },
    get loose() {
      return foreignKey(Shelf, { onDelete: CASCADE, null: true, dbConstraint: false })
    },
    get others() {
      return manyToMany(Shelf, { limitChoicesTo: Q({ isOpen: 1 }) })
    },
  },
  {
    verboseName: 'box',
    verboseNamePlural: 'boxes',
    permissions: [['open_box', 'Can open boxes']],
    defaultPermissions: ['view'],
    getLatestBy: '-label',
  },
) {
  static objects = manager(Box)
}

class View extends Model({ total: integer() }, { managed: false, table: 'a_view' }) {
  static objects = manager(View)
}

registerModels('store', { Shelf, Box, View }, createRegistry())
useTemporaryDatabase()
beforeEach(() => makeTables([Shelf.meta, Box.meta]))

const errorsOf = async (row: Box): Promise<unknown> => {
  const error: unknown = await row.fullClean().catch((thrown: unknown) => thrown)
  return error instanceof ValidationError ? error.errors : error
}

describe('options of fields', () => {
  test('say what people read', () => {
    const field = Box.meta.field('label')!
    expect([field.verboseName, field.options.helpText]).toEqual(['what it says', 'Short.'])
    expect([Box.meta.verboseName, Box.meta.verboseNamePlural]).toEqual(['box', 'boxes'])
  })

  test('validators are asked, but not of a field that is not editable', async () => {
    expect(await errorsOf(new Box({ label: 'a b' }))).toEqual({ label: [{ code: 'spaces', message: 'No spaces.' }] })
    expect(await errorsOf(new Box({ label: 'ab', secret: 'c d' }))).toBeUndefined()
  })

  test('a collation says how text is compared', async () => {
    for (const label of ['b', 'A', 'B']) await Box.objects.create({ label })
    const sorted = await Box.objects.orderBy('label', 'pk').valuesList('label', { flat: true })
    expect(sorted).toEqual(vendor === 'sqlite' ? ['A', 'b', 'B'] : ['A', 'B', 'b'])
    const [table] = (await database().introspect()).filter(({ name }) => name === 'store_box')
    expect(table!.columns.find(({ name }) => name === 'inscription')?.collation).toBe(
      vendor === 'sqlite' ? 'NOCASE' : 'C',
    )
    expect(table!.indexes.some(({ columns }) => columns[0]!.name === 'inscription')).toBe(true)
  })

  test('values that the database gives are read back', async () => {
    const box = await Box.objects.create({ label: 'a' })
    expect([box.count, box.made instanceof Temporal.Instant]).toEqual([7, true])
    await Box.objects.bulkCreate([new Box({ label: 'b' }), new Box({ label: 'c', count: 1 })])
    expect(await Box.objects.orderBy('label').valuesList('count', { flat: true })).toEqual([7, 7, 1])
  })

  test('a value is unique for the month of a date', async () => {
    const made = Temporal.Instant.from('2026-05-06T00:00:00Z')
    await Box.objects.create({ label: 'a', made })
    expect(await errorsOf(new Box({ label: 'a', made: made.add({ hours: 48 }) }))).toMatchObject({
      label: [{ code: 'unique_for_month' }],
    })
    expect(await errorsOf(new Box({ label: 'a', made: made.add({ hours: 24 * 40 }) }))).toBeUndefined()
  })

  test('a relation leads to the rows that it is limited to', async () => {
    const shelf = await Shelf.objects.create({ name: 'shut', isOpen: 0 })
    onlyOpen = true
    expect(await errorsOf(new Box({ label: 'a', shelf }))).toMatchObject({ shelf: [{ code: 'invalid' }] })
    onlyOpen = false
    expect(await errorsOf(new Box({ label: 'a', shelf }))).toBeUndefined()
  })

  test('a key without a constraint may lead nowhere', async () => {
    await Box.objects.create({ label: 'a', looseId: 99 })
    await expect(Box.objects.create({ label: 'b', shelfId: 99 })).rejects.toThrow(IntegrityError)
  })
})

describe('options of models', () => {
  test('getLatestBy is what latest() goes by', async () => {
    for (const label of ['b', 'a', 'c']) await Box.objects.create({ label })
    expect((await Box.objects.latest()).label).toBe('a')
    expect((await Box.objects.earliest()).label).toBe('c')
  })

  test('permissions are there to be made', () => {
    expect(Box.meta.options.permissions).toEqual([['open_box', 'Can open boxes']])
    expect(Box.meta.options.defaultPermissions).toEqual(['view'])
  })

  test('a model that is not managed has what stands there', async () => {
    await database().script('CREATE VIEW a_view AS SELECT 1 AS id, 5 AS total')
    expect((await View.objects.get()).total).toBe(5)
  })
})
