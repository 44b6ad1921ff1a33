import { beforeEach, expect, test } from 'vitest'
import {
  char,
  createRegistry,
  database,
  IntegrityError,
  integer,
  Model,
  manager,
  RawSQL,
  registerModels,
  text,
  ValidationError,
} from '../../../src/index.ts'
import { makeTables } from '../../models/make-tables.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'

class Booking extends Model(
  {
    room: integer({ null: true }),
    first: integer({ dbComment: 'The first day' }),
    last: integer(),
    note: char({ maxLength: 5 }),
  },
  {
    tableComment: "Who's where",
    indexes: [
      { name: 'booking_pattern', fields: ['note'], opclasses: ['varchar_pattern_ops'] },
      { name: 'booking_brin', fields: ['first'], using: 'brin' },
    ],
    constraints: [
      {
        type: 'exclude',
        name: 'booking_apart',
        expressions: [[RawSQL('int4range("first", "last")', [], { outputField: text() }), '&&']],
        condition: { note: 'firm' },
        violationErrorMessage: 'Taken.',
      },
      { type: 'unique', name: 'booking_room', fields: ['room'], nullsDistinct: false },
      { type: 'unique', name: 'booking_last', fields: ['last'], deferrable: 'deferred' },
      { type: 'unique', name: 'booking_cover', fields: ['first'], include: ['note'] },
    ],
  },
) {
  static objects = manager(Booking)
}

registerModels('hotel', { Booking }, createRegistry())
useTemporaryDatabase()
beforeEach(() => makeTables([Booking.meta]))

let room = 0
const booking = (first: number, last: number, note = 'firm') => new Booking({ room: ++room, first, last, note })

test('the table is as the model says', async () => {
  const [table] = await database().introspect()
  expect(table!.comment).toBe("Who's where")
  expect(table!.columns.find(({ name }) => name === 'first')?.comment).toBe('The first day')
  expect(table!.uniques).toEqual([
    { name: 'booking_last', columns: ['last'], deferrable: 'deferred' },
    { name: 'booking_room', columns: ['room'], nullsDistinct: false },
  ])
  expect(table!.indexes.find(({ name }) => name === 'booking_cover')).toMatchObject({ unique: true, include: ['note'] })
  expect(table!.indexes.find(({ name }) => name === 'booking_pattern')?.columns).toMatchObject([
    { opclass: 'varchar_pattern_ops' },
  ])
  expect(table!.indexes.find(({ name }) => name === 'booking_brin')?.using).toBe('brin')
  expect(table!.exclusions).toMatchObject([{ name: 'booking_apart', using: 'gist' }])
})

test('rows that exclude each other are refused', async () => {
  await booking(1, 5).save()
  await booking(2, 6, 'maybe').save()
  await expect(booking(3, 7).save()).rejects.toThrow(IntegrityError)
})

test('rows with NULL are equal where nullsDistinct is false', async () => {
  await new Booking({ first: 1, last: 2, note: '' }).save()
  const other = new Booking({ first: 3, last: 4, note: '' })
  await expect(other.fullClean({ exclude: ['note'] })).rejects.toThrow(ValidationError)
  await expect(other.save()).rejects.toThrow(IntegrityError)
})
