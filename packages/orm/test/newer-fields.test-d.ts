import { expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import {
  array,
  CASCADE,
  char,
  compositePrimaryKey,
  F,
  foreignKey,
  generated,
  integer,
  ipAddress,
  json,
  Model,
  manager,
  positiveBigInteger,
  uuid,
} from '../src/index.ts'

class Parcel extends Model({
  key: uuid({ primaryKey: true, default: () => 'x' }),
  count: integer({ dbDefault: 0 }),
  weight: integer(),
  total: generated({ expression: F('count').multiply(2), outputField: integer({ null: true }), dbPersist: true }),
  state: char({ maxLength: 5, choices: { open: 'Open', shut: 'Shut' } }),
  level: integer({
    choices: [
      ['Low', [[1, 'one']]],
      [9, 'nine'],
    ],
    null: true,
  }),
  port: integer({ choices: { 80: 'http' }, default: 80 }),
  address: ipAddress({ null: true }),
  size: positiveBigInteger({ default: 0n }),
  settings: json({ schema: z.object({ theme: z.string() }) }),
  colours: array(char({ maxLength: 5, choices: { red: 'Red' } }), { default: [] }),
}) {
  static objects = manager(Parcel)
}

class Stop extends Model({
  pk: compositePrimaryKey('parcelId', 'number'),
  number: integer(),
  get parcel() {
    return foreignKey(Parcel, { onDelete: CASCADE })
  },
}) {
  static objects = manager(Stop)
}

// Only checked by the compiler: nothing here runs.
export async function newer(parcel: Parcel, stop: Stop) {
  expectTypeOf(parcel.total).toEqualTypeOf<number | null>()
  expectTypeOf(parcel.state).toEqualTypeOf<'open' | 'shut'>()
  expectTypeOf(parcel.level).toEqualTypeOf<1 | 9 | null>()
  expectTypeOf(parcel.port).toEqualTypeOf<80>()
  expectTypeOf(parcel.getLevelDisplay()).toEqualTypeOf<string>()
  expectTypeOf(parcel.address).toEqualTypeOf<string | null>()
  expectTypeOf(parcel.size).toEqualTypeOf<bigint>()
  expectTypeOf(parcel.settings).toEqualTypeOf<{ theme: string }>()
  expectTypeOf(parcel.colours).toEqualTypeOf<'red'[]>()

  await Parcel.objects.create({ weight: 1, state: 'open', settings: { theme: 'x' } })
  // @ts-expect-error: no such state
  await Parcel.objects.create({ weight: 1, state: 'lost', settings: { theme: 'x' } })
  // @ts-expect-error: the weight has neither null nor a default
  await Parcel.objects.create({ state: 'open', settings: { theme: 'x' } })
  // @ts-expect-error: the database computes the total
  await Parcel.objects.create({ weight: 1, state: 'open', settings: { theme: 'x' }, total: 2 })
  // @ts-expect-error: the schema says what a document is
  await Parcel.objects.create({ weight: 1, state: 'open', settings: { colour: 'x' } })
  // @ts-expect-error: no such option
  ipAddress({ protocoll: 'ipv4' })
  // @ts-expect-error: no such field
  Model({ name: char({ maxLength: 1 }) }, { constraints: [{ type: 'unique', fields: ['nome'] }] })

  expectTypeOf(stop.pk).toEqualTypeOf<[string, number]>()
  expectTypeOf((await Stop.objects.values('pk'))[0]!.pk).toEqualTypeOf<[string, number]>()
  Stop.objects.filter({ pk: ['x', 1], pk__in: [['x', 1]], parcel__weight__gt: 3 })
  // @ts-expect-error: the key is of two fields
  Stop.objects.filter({ pk: 'x' })
  // @ts-expect-error: the parts of the key must be given
  await Stop.objects.create({ number: 1 })
}

test('types are checked by the compiler', () => {})
