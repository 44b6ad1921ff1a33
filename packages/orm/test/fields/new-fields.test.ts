import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  char,
  checkModels,
  createRegistry,
  duration,
  integer,
  ipAddress,
  json,
  Model,
  manager,
  positiveBigInteger,
  registerModels,
  smallAuto,
  ValidationError,
} from '../../src/index.ts'
import { makeTables } from '../models/make-tables.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'

const settings = z.object({ theme: z.enum(['light', 'dark']), size: z.number().default(3) })

class Host extends Model({
  number: smallAuto(),
  address: ipAddress({ unpackIpv4: true, null: true }),
  old: ipAddress({ protocol: 'ipv4', null: true }),
  bytes: positiveBigInteger({ default: 0n }),
  lease: duration({ null: true }),
  settings: json({ schema: settings, null: true }),
  state: char({ maxLength: 10, choices: { up: 'It runs', down: 'It does not' }, default: 'up' }),
  level: integer({
    null: true,
    choices: [
      [
        'Good',
        [
          [1, 'fine'],
          [2, 'very fine'],
        ],
      ],
      [9, 'bad'],
    ],
  }),
  port: integer({
    null: true,
    choices: { 80: 'http', 443: 'https' },
    errorMessages: { invalid_choice: 'No such port.' },
  }),
}) {
  static objects = manager(Host)
}

const registry = createRegistry()
registerModels('net', { Host }, registry)
useTemporaryDatabase()
beforeEach(() => makeTables([Host.meta]))

const errorsOf = async (values: ConstructorParameters<typeof Host>[0]): Promise<unknown> => {
  const error: unknown = await new Host(values).fullClean().catch((thrown: unknown) => thrown)
  return error instanceof ValidationError ? error.errors : error
}

describe('IP addresses', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:0DB8:0:0::0:1', '2001:db8::1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::', '::'],
  ])('%s is kept as %s, and found by it', async (written, kept) => {
    const { number } = await Host.objects.create({ address: written })
    const row = await Host.objects.get({ address: written })
    expect([row.number, row.address]).toEqual([number, kept])
    expect(await Host.objects.filter({ address__in: [kept, '10.0.0.1'] }).count()).toBe(1)
  })

  test('are text for other lookups', async () => {
    for (const address of ['10.0.0.1', '10.0.0.2', '192.0.2.1']) await Host.objects.create({ address })
    expect(await Host.objects.filter({ address__startswith: '10.0.' }).count()).toBe(2)
    expect(await Host.objects.filter({ address__iexact: '10.0.0.2' }).count()).toBe(1)
    expect(await Host.objects.filter({ address__regex: '\\.1$' }).count()).toBe(2)
  })

  test.each(['192.0.2', '1.2.3.4.5', 'fe80::1%eth0', 'x', '1::2::3'])('%s is none', async (address) => {
    expect(await errorsOf({ address })).toEqual({
      address: [{ code: 'invalid', message: 'This must be an IP address.' }],
    })
  })

  test('of one version', async () => {
    expect(await errorsOf({ old: '::1' })).toEqual({
      old: [{ code: 'invalid', message: 'This must be an IPv4 address.' }],
    })
    expect(await errorsOf({ old: '127.0.0.1' })).toBeUndefined()
  })
})

test('whole numbers of 64 bits that are not below zero', async () => {
  const row = await Host.objects.create({ bytes: 2n ** 62n })
  expect((await Host.objects.get({ pk: row.number })).bytes).toBe(2n ** 62n)
  expect(await errorsOf({ bytes: -1n })).toEqual({ bytes: [{ code: 'min_value', message: 'This must be 0 or more.' }] })
  await expect(Host.objects.create({ bytes: -1n })).rejects.toThrow(/check|CHECK/)
})

test('a duration is added up by the database and read as it was', async () => {
  const { number } = await Host.objects.create({ lease: Temporal.Duration.from('P1DT2H0.000001S') })
  expect(String((await Host.objects.get({ pk: number })).lease)).toBe('P1DT2H0.000001S')
  expect(await Host.objects.filter({ lease__gt: Temporal.Duration.from('P1D') }).count()).toBe(1)
})

describe('a document with a schema', () => {
  test('is given its form by fullClean', async () => {
    const row = new Host({ settings: { theme: 'dark' } as never })
    await row.fullClean()
    expect(row.settings).toEqual({ theme: 'dark', size: 3 })
    await row.save()
    expect((await Host.objects.get({ pk: row.number })).settings?.size).toBe(3)
  })

  test('tells where it is wrong', async () => {
    expect(await errorsOf({ settings: { theme: 'pink', size: 'x' } as never })).toMatchObject({
      settings: [{ message: expect.stringMatching(/^theme: /) }, { message: expect.stringMatching(/^size: /) }],
    })
  })
})

describe('choices', () => {
  test('are an object of labels, or stand under headings', async () => {
    const row = await Host.objects.create({ level: 2, port: 443 })
    expect([row.getStateDisplay(), row.getLevelDisplay(), row.getPortDisplay()]).toEqual([
      'It runs',
      'very fine',
      'https',
    ])
    expect(Host.meta.field('level')!.options.choices).toEqual([
      [1, 'fine'],
      [2, 'very fine'],
      [9, 'bad'],
    ])
    expect(Host.meta.field('level')!.choiceGroups).toHaveLength(2)
  })

  test('a field says it in its own words', async () => {
    expect(await errorsOf({ port: 8080 as never, level: 3 as never })).toEqual({
      port: [{ code: 'invalid_choice', message: 'No such port.' }],
      level: [{ code: 'invalid_choice', message: "'3' is none of the choices: '1', '2', '9'." }],
    })
  })
})

test('checks find options that contradict each other', () => {
  class Wrong extends Model({
    key: integer({ primaryKey: true, null: true }),
    state: char({ maxLength: 2, choices: { long: 'x' } }),
    size: integer({ choices: [['x' as never, 'X']] }),
    day: integer({ uniqueForDate: 'size', null: true }),
    one: integer({ dbColumn: 'same', null: true }),
    two: integer({ dbColumn: 'same', null: true }),
    late: integer({ dbDefault: 'x' as never }),
  }) {
    static objects = manager(Wrong)
  }
  const own = createRegistry()
  registerModels('wrong', { Wrong }, own)
  expect(checkModels(own.all()).map(({ id, object }) => `${id} ${object}`)).toEqual([
    'fields.E007 wrong.Wrong.key',
    'fields.E009 wrong.Wrong.state',
    'fields.E005 wrong.Wrong.size',
    'fields.E902 wrong.Wrong.day',
    'fields.E011 wrong.Wrong.late',
    'models.E007 wrong.Wrong.two',
  ])
  expect(checkModels(registry.all())).toEqual([])
})
