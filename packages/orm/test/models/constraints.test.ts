import { beforeEach, describe, expect, test } from 'vitest'
import {
  boolean,
  char,
  checkModels,
  createRegistry,
  database,
  date,
  F,
  IntegrityError,
  integer,
  Lower,
  Model,
  manager,
  Q,
  RawSQL,
  registerModels,
  ValidationError,
} from '../../src/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { makeTables } from './make-tables.ts'

class Offer extends Model(
  {
    name: char({ maxLength: 20 }),
    price: integer(),
    discounted: integer({ null: true }),
    isOpen: boolean({ default: true }),
    day: date({ null: true }),
    slug: char({ maxLength: 20, blank: true, uniqueForDate: 'day', uniqueForYear: 'day' }),
  },
  {
    indexes: [
      { fields: ['-price'], name: 'offer_open', condition: { isOpen: true } },
      { expressions: [Lower('name'), F('price').desc()], name: 'offer_lower' },
    ],
    constraints: [
      { type: 'check', name: 'offer_price', condition: { price__gte: 0 } },
      {
        type: 'check',
        name: 'offer_discounted',
        condition: Q({ discounted__lt: F('price') }).or({ name: "it's, free" }),
        violationErrorMessage: 'Too dear (%(name)s).',
        violationErrorCode: 'dear',
      },
      {
        type: 'check',
        name: 'offer_in_sql',
        condition: RawSQL('"price" < 1000', [], { outputField: boolean() }),
      },
      { type: 'unique', name: 'offer_name', expressions: [Lower('name')] },
      { type: 'unique', name: 'offer_one_open', fields: ['price'], condition: Q({ isOpen: true }) },
    ],
  },
) {
  static objects = manager(Offer)
}

registerModels('shop', { Offer }, createRegistry())
useTemporaryDatabase()
beforeEach(() => makeTables([Offer.meta]))

const offer = (values: Partial<{ name: string; price: number; discounted: number; isOpen: boolean }> = {}) =>
  new Offer({ name: 'one', price: 10, ...values })

const errorsOf = async (row: Offer): Promise<unknown> => {
  const error = await row.fullClean().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof ValidationError ? error.errors : error
}

describe('the database keeps to', () => {
  test.each([
    ['a check', { price: -1 }],
    ['a check of two columns', { discounted: 11 }],
  ])('%s', async (_, values) => {
    await expect(offer(values).save()).rejects.toThrow(IntegrityError)
  })

  test('what is unique by an expression', async () => {
    await offer().save()
    await expect(offer({ name: 'ONE', price: 11 }).save()).rejects.toThrow(IntegrityError)
  })

  test('what is unique among some rows', async () => {
    await offer().save()
    await offer({ name: 'two', isOpen: false }).save()
    await expect(offer({ name: 'three' }).save()).rejects.toThrow(IntegrityError)
  })

  test('text with quotes in a condition', async () => {
    await offer({ name: "it's, free", discounted: 11 }).save()
    expect(await Offer.objects.count()).toBe(1)
  })
})

describe('fullClean', () => {
  test('checks conditions as the database does, in the words of the constraint', async () => {
    expect(await errorsOf(offer({ price: -1 }))).toEqual({
      __all__: [{ code: 'invalid', message: "The constraint 'offer_price' is violated." }],
    })
    expect(await errorsOf(offer({ discounted: 11 }))).toEqual({
      __all__: [{ code: 'dear', message: 'Too dear (offer_discounted).' }],
    })
    expect(await errorsOf(offer({ discounted: 11, name: "it's, free" }))).toBeUndefined()
  })

  test('takes what cannot be told for kept', async () => {
    expect(await errorsOf(offer())).toBeUndefined()
  })

  test('passes over a constraint of a field that is left out, or wrong', async () => {
    await offer({ price: -1 }).fullClean({ exclude: ['price'] })
    expect(await errorsOf(new Offer({ name: 'one', price: null as never }))).toEqual({
      price: [{ code: 'null', message: 'This may not be null.' }],
    })
  })

  test('leaves a condition in SQL to the database', async () => {
    await offer({ price: 999 }).fullClean()
    await offer({ price: 1000 }).fullClean()
    await expect(offer({ price: 1000 }).save()).rejects.toThrow(IntegrityError)
  })

  test('finds who has the value of an expression, but not the row itself', async () => {
    const first = offer()
    await first.save()
    expect(await errorsOf(first)).toBeUndefined()
    expect(await errorsOf(offer({ name: 'ONE', price: 11 }))).toEqual({
      __all__: [{ code: 'invalid', message: "The constraint 'offer_name' is violated." }],
    })
  })

  test('finds who has the value among some rows, where the row is one of them', async () => {
    await offer().save()
    expect(await errorsOf(offer({ name: 'two' }))).toMatchObject({ __all__: [{ code: 'invalid' }] })
    expect(await errorsOf(offer({ name: 'two', isOpen: false }))).toBeUndefined()
  })

  test('keeps a value unique for a day, and for a year', async () => {
    const on = (name: string, price: number, day: string) =>
      new Offer({ name, price, slug: 'x', day: Temporal.PlainDate.from(day) })
    await on('one', 1, '2026-03-04').save()
    expect(await errorsOf(on('two', 2, '2026-03-04'))).toEqual({
      slug: [
        { code: 'unique_for_date', message: 'The slug must be unique for the date of day.' },
        { code: 'unique_for_year', message: 'The slug must be unique for the year of day.' },
      ],
    })
    expect(await errorsOf(on('two', 2, '2025-03-04'))).toBeUndefined()
  })
})

test('indexes of expressions and of some rows are there', async () => {
  const [table] = await database().introspect()
  expect(table!.indexes.find(({ name }) => name === 'offer_open')?.condition).toContain('is_open')
  const lower = table!.indexes.find(({ name }) => name === 'offer_lower')!
  expect(lower.columns.map(({ descending }) => descending)).toEqual([false, true])
  expect(lower.columns.map(({ name }) => name.toLowerCase())[0]).toContain('lower')
})

describe('what cannot be says so', () => {
  const declare = (options: object) => {
    class Wrong extends Model(
      {
        name: char({ maxLength: 5 }),
        get other() {
          return undefined as never
        },
      },
      options,
    ) {}
    registerModels('wrong', { Wrong }, createRegistry())
  }

  test.each([
    [{ constraint: [] }, /Wrong has no option 'constraint'\. Did you mean 'constraints'\?/],
    [{ constraints: [{ type: 'check', condition: {} }] }, /needs a name/],
    [{ constraints: [{ type: 'unique', fields: ['name'], expressions: ['name'] }] }, /fields or expressions/],
    [{ constraints: [{ type: 'unique', fields: [] }] }, /over nothing/],
    [{ constraints: [{ type: 'unique', fields: ['name'], where: {} }] }, /takes no option 'where'/],
    [{ constraints: [{ type: 'never', name: 'x' }] }, /constraint of type 'never'/],
    [{ constraints: [{ type: 'exclude', name: 'x', expressions: [['name', '= 1) --']] }] }, /where an operator/],
    [
      { constraints: [{ type: 'unique', name: 'x', fields: ['name'], deferrable: 'deferred', include: ['name'] }] },
      /cannot be deferrable/,
    ],
    [{ indexes: [{ expressions: [Lower('name')] }] }, /needs a name/],
  ])('%j', (options, message) => {
    expect(() => declare(options)).toThrow(message)
  })

  test('checks find names that are none, names that are taken and what SQLite leaves out', () => {
    class Loose extends Model(
      { name: char({ maxLength: 5 }), size: integer() },
      {
        constraints: [
          { type: 'check', name: 'one', condition: { nope: 1 } },
          { type: 'unique', name: 'one', fields: ['nope' as never] },
          { type: 'unique', name: 'late', fields: ['size'], deferrable: 'deferred' },
          { type: 'unique', name: 'nulls', fields: ['size'], nullsDistinct: false },
          { type: 'exclude', name: 'apart', expressions: [['size', '=']] },
        ],
        getLatestBy: 'nope' as never,
      },
    ) {
      static objects = manager(Loose)
    }
    const registry = createRegistry()
    registerModels('loose', { Loose }, registry)
    expect(checkModels(registry.all()).map(({ id }) => id)).toEqual([
      'models.E041',
      'models.E012',
      'models.E031',
      'models.E900',
      'models.W038',
      'models.W047',
      'models.W910',
    ])
  })
})
