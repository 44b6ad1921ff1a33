import { withTimeZone } from '@nuages/i18n'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { arrayLiteral } from '../../../src/backends/postgres/array-literal.ts'
import { microsecondsOf, secondsOf } from '../../../src/backends/postgres/interval.ts'
import { postgresOperations } from '../../../src/backends/postgres/operations.ts'
import { captureQueries } from '../../../src/backends/query-channel.ts'
import { database } from '../../../src/backends/registry.ts'
import * as fields from '../../../src/fields/index.ts'
import { Model } from '../../../src/models/index.ts'
import { F, manager, TruncDate, TruncDay } from '../../../src/query/index.ts'
import { makeAndMigrate, project, rows } from '../../migrations/project.ts'
import { useTemporaryDatabase } from '../../temporary-database.ts'

const place = useTemporaryDatabase()

class Thing extends Model({
  flag: fields.boolean({ null: true }),
  small: fields.smallInteger({ null: true }),
  number: fields.integer({ null: true }),
  big: fields.bigInteger({ null: true }),
  ratio: fields.float({ null: true }),
  price: fields.decimal({ maxDigits: 8, decimalPlaces: 2, null: true }),
  name: fields.char({ maxLength: 40, default: '' }),
  key: fields.uuid({ null: true }),
  address: fields.ipAddress({ null: true }),
  day: fields.date({ null: true }),
  clock: fields.time({ null: true }),
  at: fields.dateTime({ null: true }),
  length: fields.duration({ null: true }),
  data: fields.json({ null: true }),
  bytes: fields.binary({ null: true }),
}) {
  static objects = manager(Thing)
}

const apps = () => project(place.dir, { dialect: { Thing } })
beforeEach(() => makeAndMigrate(apps()))

const sqlOf = async (query: () => PromiseLike<unknown>) =>
  (await captureQueries(async () => void (await query()))).queries.map(({ sql }) => sql)

describe('a list is one parameter', () => {
  test('so that lists of any length are one statement, and none is too long', async () => {
    await Thing.objects.create({ number: 7 })
    const long = Array.from({ length: 70_000 }, (_, index) => index)
    const texts = await sqlOf(async () => {
      for (const list of [[7], [1, 2, 3], long]) await Thing.objects.filter({ number__in: list }).count()
    })
    expect(new Set(texts)).toEqual(
      new Set(['SELECT COUNT(*) FROM "dialect_thing" WHERE "dialect_thing"."number" = ANY($1::bigint[])']),
    )
    expect(await Thing.objects.filter({ number__in: long }).count()).toBe(1)
    expect(await Thing.objects.exclude({ number__in: [7] }).count()).toBe(0)
  })

  test('of values of every kind', async () => {
    const values = {
      flag: true,
      small: 3,
      number: -4,
      big: 9_007_199_254_740_993n,
      ratio: 0.1,
      price: '12.50',
      name: 'x',
      key: '12345678-1234-5678-1234-567812345678',
      address: '2001:db8::1',
      day: Temporal.PlainDate.from('2026-02-28'),
      clock: Temporal.PlainTime.from('12:30:00.5'),
      at: Temporal.Instant.from('2026-02-28T23:30:00.000250Z'),
      length: Temporal.Duration.from('-PT1H0.5S'),
      bytes: new Uint8Array([0, 34, 92, 255]),
    }
    await Thing.objects.create(values as never)
    for (const [name, value] of Object.entries(values)) {
      expect([name, await Thing.objects.filter({ [`${name}__in`]: [value] } as never).count()]).toEqual([name, 1])
      expect([name, await Thing.objects.filter({ [name]: value } as never).count()]).toEqual([name, 1])
    }
  })

  test('of any text', async () => {
    const texts = ['', 'NULL', 'null', 'a,b', '{a}', '"', '\\', '\\"', ' x ', "it's", 'é😀', 'a\nb', '$1', '%_']
    await Thing.objects.bulkCreate(texts.map((name) => new Thing({ name })))
    await fc.assert(
      fc.asyncProperty(fc.subarray(texts, { minLength: 1 }), async (some) => {
        const found = await Thing.objects.filter({ name__in: some }).orderBy('id')
        expect(found.map(({ name }) => name)).toEqual(some)
      }),
      { numRuns: 30 },
    )
    expect(arrayLiteral([null, 1, 2n, 'a"\\', new Uint8Array([1])])).toBe('{NULL,1,2,"a\\"\\\\","\\\\x01"}')
  })
})

describe('values that the column does not hold', () => {
  test('are found nowhere, as on SQLite', async () => {
    await Thing.objects.create({ small: 1, number: 1, name: 'x' })
    const beyond = Number.MAX_SAFE_INTEGER
    expect(await Thing.objects.filter({ small: beyond }).count()).toBe(0)
    expect(await Thing.objects.filter({ number__in: [1, beyond] }).count()).toBe(1)
    expect(await Thing.objects.filter({ number__lt: beyond }).count()).toBe(1)
    expect(await Thing.objects.filter({ number__range: [-beyond, beyond] }).count()).toBe(1)
    expect(await Thing.objects.filter({ name: 'x'.repeat(100) }).count()).toBe(0)
  })

  test('are a DataError where they are written', async () => {
    await expect(Thing.objects.create({ small: 40_000 })).rejects.toMatchObject({ code: 'data-error' })
    await expect(Thing.objects.create({ number: 3_000_000_000 })).rejects.toMatchObject({ code: 'data-error' })
    await expect(Thing.objects.create({ name: 'x'.repeat(41) })).rejects.toThrow(/too long.*varying\(40\)/)
    await expect(Thing.objects.create({ price: '1234567.00' as never })).rejects.toMatchObject({ code: 'data-error' })
  })

  test('text with the character NUL, which PostgreSQL holds nowhere', async () => {
    for (const attempt of [
      () => Thing.objects.create({ name: 'a\0b' }),
      () => Thing.objects.create({ data: { a: 'a\0b' } }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'data-error' })
    }
    await Thing.objects.create({ name: 'ab' })
    const found = async (filter: object) => [
      await Thing.objects.filter(filter as never).count(),
      await Thing.objects.exclude(filter as never).count(),
    ]
    for (const lookup of ['exact', 'iexact', 'contains', 'icontains', 'startswith', 'iendswith', 'regex', 'iregex']) {
      expect([lookup, await found({ [`name__${lookup}`]: 'a\0b' })]).toEqual([lookup, [0, 1]])
    }
    expect(await found({ name__in: ['a\0b', 'ab'] })).toEqual([1, 0])
  })
})

describe('dates and times', () => {
  const partsOf = (at: Temporal.ZonedDateTime) => ({
    year: at.year,
    isoYear: at.yearOfWeek!,
    quarter: Math.ceil(at.month / 3),
    month: at.month,
    day: at.day,
    week: at.weekOfYear!,
    weekDay: (at.dayOfWeek % 7) + 1,
    isoWeekDay: at.dayOfWeek,
    hour: at.hour,
    minute: at.minute,
    second: at.second,
    date: at.toPlainDate(),
    time: at.toPlainTime(),
  })

  test('every part of any moment, in zones with names and with offsets', async () => {
    const moment = fc.integer({ min: -60_000_000_000_000_000, max: 250_000_000_000_000_000 })
    const zones = fc.constantFrom('UTC', 'Europe/Paris', 'America/St_Johns', 'Asia/Kathmandu', '+05:30', '-03:00')
    await fc.assert(
      fc.asyncProperty(moment, zones, async (micros, zone) => {
        const at = Temporal.Instant.fromEpochNanoseconds(BigInt(micros) * 1000n)
        const local = at.toZonedDateTimeISO(zone)
        // Before there were zones, PostgreSQL keeps the seconds of a town's own time, and so does Temporal.
        const thing = await Thing.objects.create({ at, day: local.toPlainDate(), clock: local.toPlainTime() })
        await withTimeZone(zone, async () => {
          for (const [part, value] of Object.entries(partsOf(local))) {
            const filter = { id: thing.id, [`at__${part}`]: value }
            expect([part, await Thing.objects.filter(filter as never).count()]).toEqual([part, 1])
          }
        })
        const { date: _date, time: _time, hour, minute, second, ...calendar } = partsOf(local)
        for (const [part, value] of Object.entries(calendar)) {
          const filter = { id: thing.id, [`day__${part}`]: value }
          expect([part, await Thing.objects.filter(filter as never).count()]).toEqual([part, 1])
        }
        const clock = { id: thing.id, clock__hour: hour, clock__minute: minute, clock__second: second }
        expect(await Thing.objects.filter(clock).count()).toBe(1)
      }),
      { numRuns: 60 },
    )
  })

  test('the first and the last moment are in years of four digits, in every zone', async () => {
    for (const at of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999Z']) {
      await Thing.objects.create({ at: Temporal.Instant.from(at) })
    }
    const starts = async (zone: string, period: 'year' | 'month' | 'week' | 'day') =>
      withTimeZone(zone, async () => (await Thing.objects.dates('at', period)).join(' '))
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles']) {
      expect(await starts(zone, 'year')).toBe('0001-01-01 9999-01-01')
      expect(await starts(zone, 'month')).toBe('0001-01-01 9999-12-01')
      expect(await starts(zone, 'week')).toBe('0001-01-01 9999-12-27')
      expect(await starts(zone, 'day')).toBe('0001-01-01 9999-12-31')
    }
  })

  test('one statement serves all zones', async () => {
    const texts = await sqlOf(async () => {
      for (const zone of ['UTC', 'Asia/Tokyo', '+02:00']) {
        await withTimeZone(zone, () => Thing.objects.filter({ at__hour: 3 }).count())
      }
    })
    expect(new Set(texts)).toEqual(
      new Set([
        'SELECT COUNT(*) FROM "dialect_thing" WHERE EXTRACT(HOUR FROM ("dialect_thing"."at" AT TIME ZONE $1::text))::integer = $2::bigint',
      ]),
    )
  })

  test('durations are intervals, compared and read to the microsecond', async () => {
    const lengths = ['PT0S', 'PT0.000001S', '-PT0.5S', 'P1DT2H', '-P400DT3H0.25S', 'P80000D']
    for (const length of lengths) await Thing.objects.create({ length: Temporal.Duration.from(length) })
    const [first] = await rows('SELECT pg_typeof(length)::text FROM dialect_thing')
    expect(first).toEqual(['interval'])
    const read = (await Thing.objects.orderBy('id')).map(({ length }) => length!.total('seconds'))
    expect(read).toEqual(lengths.map((length) => Temporal.Duration.from(length).total('seconds')))
    const below = Thing.objects.filter({ length__lt: Temporal.Duration.from('PT0S') })
    expect((await below.orderBy('length')).map(({ length }) => length!.total('seconds'))).toEqual([
      -34_570_800.25, -0.5,
    ])
    // As others write them.
    await database().script("UPDATE dialect_thing SET length = '1 year -2 days +00:00:01'")
    expect((await Thing.objects.first())!.length!.total('days')).toBe(358 + 1 / 86_400)
  })

  test('any interval is read as it was written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }), (micros) => {
        const [seconds, fraction] = secondsOf(micros).split('.') as [string, string]
        expect(BigInt(seconds + fraction)).toBe(micros)
      }),
    )
    expect(microsecondsOf('-1 days +02:03:04.5')).toBe(-79_015_500_000)
    expect(microsecondsOf('-00:00:00.000001')).toBe(-1)
    expect(microsecondsOf('2562047788:00:54.775807')).toBe(9_223_372_036_854_775_807n)
    expect(() => microsecondsOf('P1D')).toThrow("is no interval in the style 'postgres'")
  })
})

test('a document is kept as jsonb: its keys in an order of their own, and unchanged it is not written again', async () => {
  const thing = await Thing.objects.create({ data: { long: 1, b: [1.5, null, 'x'], a: { c: true } } })
  const [first] = await rows('SELECT pg_typeof(data)::text, data::text FROM dialect_thing')
  expect(first).toEqual(['jsonb', '{"a": {"c": true}, "b": [1.5, null, "x"], "long": 1}'])
  const read = await Thing.objects.get({ id: thing.id })
  expect(read.data).toEqual(thing.data)
  expect(Object.keys(read.data as object)).toEqual(['a', 'b', 'long'])
  expect(await sqlOf(() => read.save())).toEqual([])
})

test('a row that did not change is not written, whatever its columns look like in PostgreSQL', async () => {
  const { id } = await Thing.objects.create({
    flag: false,
    big: 5n,
    price: '1.5' as never,
    key: '12345678-1234-5678-1234-567812345678',
    address: '2001:0db8::0001',
    day: Temporal.PlainDate.from('2026-02-28'),
    clock: Temporal.PlainTime.from('12:30:00.5'),
    at: Temporal.Instant.from('2026-02-28T23:30:00.100Z'),
    length: Temporal.Duration.from('P1DT2H'),
    data: [{ b: 1, a: 2 }],
    bytes: new Uint8Array([1, 2]),
  })
  const thing = await Thing.objects.get({ id })
  expect(await sqlOf(() => thing.save())).toEqual([])
  thing.clock = Temporal.PlainTime.from('12:30:00.25')
  expect(await sqlOf(() => thing.save())).toEqual(['UPDATE "dialect_thing" SET "clock" = $1 WHERE "id" = $2'])
})

describe('clauses', () => {
  const { distinctOn, explain, finish, limit, lock, onConflict, timeZone } = postgresOperations

  test('of SELECT and INSERT', () => {
    expect(limit(5, true)).toBe(' LIMIT 5 OFFSET \u0001')
    expect(limit(undefined, true)).toBe(' OFFSET \u0001')
    expect(limit(0, false)).toBe(' LIMIT 0')
    expect(distinctOn(['"a"', '"b"'])).toBe('DISTINCT ON ("a", "b") ')
    expect(lock({ of: [] })).toBe(' FOR UPDATE')
    expect(lock({ of: ['"a"'], noKey: true, locked: 'skip' })).toBe(' FOR NO KEY UPDATE OF "a" SKIP LOCKED')
    expect(lock({ of: [], locked: 'nowait' })).toBe(' FOR UPDATE NOWAIT')
    expect(onConflict({ action: 'ignore' })).toBe(' ON CONFLICT DO NOTHING')
    expect(onConflict({ action: 'update', unique: ['a'], columns: ['b', 'c'] })).toBe(
      ' ON CONFLICT ("a") DO UPDATE SET "b" = EXCLUDED."b", "c" = EXCLUDED."c"',
    )
    expect(finish('\u0001 \u0001')).toBe('$1 $2')
    expect(['+05:30', '-03:00', 'Asia/Tokyo'].map((zone) => timeZone(zone))).toEqual(['-05:30', '+03:00', 'Asia/Tokyo'])
  })

  test('of EXPLAIN, of which nothing but known words reach the statement', () => {
    expect(explain({})).toBe('EXPLAIN ')
    expect(explain({ analyze: true, format: 'json', genericPlan: false })).toBe(
      'EXPLAIN (ANALYZE true, FORMAT JSON, GENERIC_PLAN false) ',
    )
    expect(() => explain({ analyse: true })).toThrow("no option 'analyse' on PostgreSQL. Did you mean 'analyze'?")
    expect(() => explain({ constructor: true })).toThrow("no option 'constructor'")
    expect(() => explain({ format: 'json) DELETE' })).toThrow('Formats: text, json, xml, yaml.')
    expect(() => explain({ analyze: 'yes' })).toThrow("true or false for 'analyze', got 'yes'")
  })
})

test('days and points in time beyond the years that columns hold are read', async () => {
  for (const at of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999999Z']) {
    await Thing.objects.create({ at: Temporal.Instant.from(at), length: Temporal.Duration.from({ days: 800 }) })
  }
  const read = async (zone: string) => {
    const things = await withTimeZone(zone, async () =>
      Thing.objects
        .annotate({ start: TruncDay('at'), on: TruncDate('at') })
        .orderBy('at')
        .valuesList('start', 'on'),
    )
    return things.map((values) => values.map(String))
  }
  expect(await read('+01:00')).toEqual([
    ['0000-12-31T23:00:00Z', '0001-01-01'],
    ['9999-12-31T23:00:00Z', '+010000-01-01'],
  ])
  expect(await read('-01:00')).toEqual([
    ['0000-12-31T01:00:00Z', '0000-12-31'],
    ['9999-12-31T01:00:00Z', '9999-12-31'],
  ])
  const [first, last] = await Thing.objects
    .orderBy('at')
    .annotate({ before: F('at').subtract(F('length')), after: F('at').add(F('length')) })
  expect([String(first!.before), String(last!.after)]).toEqual([
    '-000002-10-24T00:00:00Z',
    '+010002-03-10T23:59:59.999999Z',
  ])
})
