import { expect, test } from 'vitest'
import {
  Concat,
  F,
  integer,
  JSONArray,
  JSONObject,
  KT,
  Lower,
  RawSQL,
  UUID4,
  UUID7,
  Value,
} from '../../../src/index.ts'
import { vendor } from '../../temporary-database.ts'
import { Sample, useSamples, valueIn } from './sample.ts'

useSamples()

const row = {
  text: 'A"b',
  whole: 3,
  big: 12n,
  float: 0.5,
  price: '1.50',
  flag: true,
  day: Temporal.PlainDate.from('2026-01-02'),
  clock: Temporal.PlainTime.from('12:30'),
  at: Temporal.Instant.from('2026-01-02T03:04:05.5Z'),
  data: { list: [1, null] },
  code: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
}

test('an object of columns and expressions', async () => {
  const expression = JSONObject({ text: 'text', lower: Lower('text'), 'a "key"': Value('x'), number: 4, none: null })
  expect(await valueIn(row, expression)).toEqual({ text: 'A"b', lower: 'a"b', 'a "key"': 'x', number: 4, none: null })
  expect(await valueIn(row, JSONObject({}))).toEqual({})
})

test('values of each type, as JSON has them', async () => {
  const members = JSONObject({
    whole: 'whole',
    big: 'big',
    float: 'float',
    price: 'price',
    flag: 'flag',
    day: 'day',
    clock: 'clock',
    at: 'at',
    data: 'data',
    code: 'code',
  })
  const expected = {
    whole: 3,
    big: 12,
    float: 0.5,
    price: 1.5,
    flag: true,
    day: '2026-01-02',
    clock: '12:30:00',
    at: '2026-01-02T03:04:05.5+00:00',
    data: { list: [1, null] },
    code: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
  }
  expect(await valueIn(row, members)).toEqual(expected)
  expect(await valueIn({}, members)).toEqual(Object.fromEntries(Object.keys(expected).map((name) => [name, null])))
  await expect(valueIn(row, JSONObject({ length: 'length' }))).rejects.toThrow(
    'JSONObject() takes nothing of type duration: Cast() it.',
  )
})

test('an array, and objects within', async () => {
  expect(await valueIn(row, JSONArray('text', F('whole'), false))).toEqual(['A"b', 3, false])
  expect(await valueIn(row, JSONArray())).toEqual([])
  expect(await valueIn(row, JSONArray(JSONObject({ a: 'whole' }), JSONArray('whole')))).toEqual([{ a: 3 }, [3]])
  expect(await valueIn({}, JSONArray('text', 'flag'))).toEqual([null, null])
})

test('a new UUID for each row', async () => {
  await Sample.objects.create({})
  await Sample.objects.create({})
  const codes = await Sample.objects.annotate({ made: UUID4() }).valuesList('made', { flat: true })
  expect(new Set(codes).size).toBe(2)
  for (const code of codes) expect(code).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})

test('names are bound, never pasted', async () => {
  const name = `x'); DROP TABLE samples_sample; --`
  expect(await valueIn(row, JSONObject({ [name]: Concat('text', Value(name)) }))).toEqual({ [name]: `A"b${name}` })
})

test('the text that a path of keys leads to', async () => {
  const data = { author: { name: 'A"b' }, list: [1, 'x'], none: null }
  expect(await valueIn({ data }, KT('data__author__name'))).toBe('A"b')
  expect(await valueIn({ data }, KT('data__list__1'))).toBe('x')
  expect(await valueIn({ data }, KT('data__list__0'))).toBe('1')
  expect(await valueIn({ data }, Lower(KT('data__author__name')))).toBe('a"b')
  expect(await valueIn({ data }, KT('data__missing'))).toBeNull()
})

test('a new UUID that begins with the time', async () => {
  await Sample.objects.create({})
  const read = async () => (await Sample.objects.annotate({ made: UUID7() }).valuesList('made', { flat: true }))[0]!
  if (vendor === 'postgresql' && !(await hasUuid7())) {
    await expect(read()).rejects.toThrow(/uuidv7/)
    return
  }
  const [first, second] = [await read(), await read()]
  expect(first).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  const age = Date.now() - Number.parseInt(first.replace('-', '').slice(0, 12), 16)
  expect(age).toBeGreaterThan(-60_000)
  expect(age).toBeLessThan(600_000)
  expect(second).not.toBe(first)
})

async function hasUuid7(): Promise<boolean> {
  const version = "CAST(current_setting('server_version_num') AS integer)"
  const raw = RawSQL(version, [], { outputField: integer() })
  return (await Sample.objects.annotate({ version: raw }).values('version'))[0]!.version >= 180_000
}
