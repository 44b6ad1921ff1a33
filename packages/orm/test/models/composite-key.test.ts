import { beforeEach, describe, expect, expectTypeOf, test } from 'vitest'
import {
  bigInteger,
  CASCADE,
  Count,
  char,
  checkModels,
  compositePrimaryKey,
  createRegistry,
  database,
  dateTime,
  FieldValueError,
  foreignKey,
  IntegrityError,
  integer,
  Model,
  manager,
  manyToMany,
  registerModels,
  reverse,
} from '../../src/index.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'
import { makeTables } from './make-tables.ts'

class Tenant extends Model({
  name: char({ maxLength: 20 }),
  get users() {
    return reverse(User, 'tenant')
  },
}) {
  static objects = manager(Tenant)
}

class User extends Model({
  pk: compositePrimaryKey('tenantId', 'id'),
  id: bigInteger(),
  name: char({ maxLength: 20 }),
  age: integer({ null: true }),
  get tenant() {
    return foreignKey(Tenant, { onDelete: CASCADE })
  },
}) {
  static objects = manager(User)
}

class Reading extends Model({
  pk: compositePrimaryKey('sensor', 'at'),
  sensor: char({ maxLength: 5 }),
  at: dateTime(),
}) {
  static objects = manager(Reading)
}

const registry = createRegistry()
registerModels('saas', { Tenant, User, Reading }, registry)
useTemporaryDatabase()

let one: Tenant
let two: Tenant
beforeEach(async () => {
  await makeTables([Tenant.meta, User.meta, Reading.meta])
  one = await Tenant.objects.create({ name: 'one' })
  two = await Tenant.objects.create({ name: 'two' })
  for (const [tenant, id, name] of [
    [one, 1n, 'ann'],
    [one, 2n, 'bo'],
    [two, 1n, 'cy'],
  ] as const) {
    await User.objects.create({ tenant, id, name })
  }
})

const names = async (rows: PromiseLike<readonly User[]>): Promise<string[]> => (await rows).map(({ name }) => name)

describe('a key of several fields', () => {
  test('is the key of the table, and a list on the row', async () => {
    const [table] = (await database().introspect()).filter(({ name }) => name === 'saas_user')
    const keys = table!.columns.filter(({ primaryKey }) => primaryKey).map(({ name }) => name)
    expect(keys.sort()).toEqual(['id', 'tenant_id'])
    const ann = await User.objects.get({ name: 'ann' })
    expectTypeOf(ann.pk).toEqualTypeOf<[number, bigint]>()
    expectTypeOf(ann.id).toEqualTypeOf<bigint>()
    expect(ann.pk).toEqual([one.pk, 1n])
    expect(String(ann)).toBe(`User object (${one.pk}, 1)`)
    expect(new User({ name: 'x' }).pk).toBeNull()
    expect(User.meta.names).toContain('pk')
    await expect(new User({ tenant: one, id: 1n, name: 'x' }).save({ forceInsert: true })).rejects.toThrow(
      IntegrityError,
    )
  })

  test('finds rows', async () => {
    expect((await User.objects.get({ pk: [one.pk, 2n] })).name).toBe('bo')
    expect(
      await names(
        User.objects
          .filter({
            pk__in: [
              [one.pk, 2n],
              [two.pk, 1n],
            ],
          })
          .orderBy('name'),
      ),
    ).toEqual(['bo', 'cy'])
    expect(await names(User.objects.exclude({ pk: [one.pk, 1n] }).orderBy('name'))).toEqual(['bo', 'cy'])
    expect(await User.objects.filter({ pk__in: [] }).count()).toBe(0)
    expect(await names(User.objects.filter({ pk__gt: [one.pk, 1n] }).orderBy('pk'))).toEqual(['bo', 'cy'])
    expect(await names(User.objects.filter({ pk__lte: [one.pk, 2n] }).orderBy('-pk'))).toEqual(['bo', 'ann'])
    expect(await Tenant.objects.filter({ users__pk: [two.pk, 1n] }).count()).toBe(1)
    expect(await User.objects.filter({ pk__isnull: true }).count()).toBe(0)
  })

  test('finds as many rows as there are keys', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => [one.pk, BigInt(at)] as [number, bigint])
    expect(await User.objects.filter({ pk__in: many }).count()).toBe(2)
  })

  test('orders, counts and is given', async () => {
    expect(await names(User.objects.orderBy('-pk'))).toEqual(['cy', 'bo', 'ann'])
    expect((await User.objects.first())?.name).toBe('ann')
    const rows = await User.objects.orderBy('pk').values('pk', 'name')
    expectTypeOf(rows[0]!.pk).toEqualTypeOf<[number, bigint]>()
    expect(rows[0]).toEqual({ pk: [one.pk, 1n], name: 'ann' })
    expect(await User.objects.valuesList('pk', { flat: true }).orderBy('-pk')).toEqual([
      [two.pk, 1n],
      [one.pk, 2n],
      [one.pk, 1n],
    ])
    expect(await User.objects.distinct().count()).toBe(3)
    expect(
      await User.objects
        .annotate({ n: Count('tenant') })
        .filter({ n: 1 })
        .count(),
    ).toBe(3)
  })

  test('is refused where it is no list of as many values', async () => {
    await expect(async () => User.objects.get({ pk: 3 as never })).rejects.toThrow(FieldValueError)
    await expect(async () => User.objects.get({ pk: [1] as never })).rejects.toThrow(
      /a list of 2 values \(tenantId, id\)/,
    )
  })
})

describe('rows with such a key', () => {
  test('are saved, read again, updated and deleted', async () => {
    const bo = await User.objects.get({ pk: [one.pk, 2n] })
    bo.age = 5
    await bo.save()
    expect(await User.objects.filter({ age: 5 }).valuesList('name', { flat: true })).toEqual(['bo'])
    await User.objects.filter({ pk: bo.pk }).update({ name: 'bob' })
    await bo.refreshFromDb()
    expect(bo.name).toBe('bob')
    await User.objects.filter({ tenant__name: 'one', name: 'bob' }).update({ age: 6 })
    expect((await User.objects.only('name').get({ pk: bo.pk })).pk).toEqual(bo.pk)
    expect(await (await User.objects.defer('age').get({ pk: bo.pk })).age).toBe(6)
    expect(bo.equals(await User.objects.get({ pk: bo.pk }))).toBe(true)
    expect(await bo.delete()).toEqual([1, { 'saas.User': 1 }])
    expect(bo.pk).toBeNull()
    expect(await names(User.objects.orderBy('pk'))).toEqual(['ann', 'cy'])
    expect(await User.objects.filter({ tenant__name: 'two' }).delete()).toEqual([1, { 'saas.User': 1 }])
  })

  test('are saved anew under another key, as in Django', async () => {
    const ann = await User.objects.get({ name: 'ann' })
    ann.id = 9n
    await ann.save()
    expect(await User.objects.count()).toBe(4)
    Object.assign(ann, { pk: [two.pk, 9n] })
    expect([ann.tenantId, ann.id]).toEqual([two.pk, 9n])
  })

  test('go with what they point to', async () => {
    expect(await one.delete()).toEqual([3, { 'saas.Tenant': 1, 'saas.User': 2 }])
  })

  test('are made and changed many at once', async () => {
    await User.objects.bulkCreate([3n, 4n].map((id) => new User({ tenant: two, id, name: `n${id}` })))
    const rows = await User.objects.filter({ tenant: two }).orderBy('pk')
    for (const row of rows) row.age = Number(row.id) * 10
    expect(await User.objects.bulkUpdate(rows, ['age'])).toBe(3)
    expect(await User.objects.orderBy('pk').valuesList('age', { flat: true })).toEqual([null, null, 10, 30, 40])
    const key: [number, bigint] = [two.pk, 4n]
    const found = await User.objects.inBulk([key, [two.pk, 99n]])
    expect([found.size, found.get(key)?.name]).toEqual([1, 'n4'])
    expect(await User.objects.contains(rows[0]!)).toBe(true)
  })

  test('are checked to be the only ones', async () => {
    await expect(new User({ tenant: one, id: 1n, name: 'x' }).fullClean()).rejects.toThrow(/already a user with this/)
    await new User({ tenant: one, id: 3n, name: 'x' }).fullClean()
  })

  test('have parts of any type', async () => {
    const at = Temporal.Instant.from('2026-01-02T03:04:05.000006Z')
    await Reading.objects.create({ sensor: 'a', at })
    const reading = await Reading.objects.get({ pk: ['a', at] })
    expectTypeOf(reading.pk).toEqualTypeOf<[string, Temporal.Instant]>()
    const [key] = await Reading.objects.valuesList('pk', { flat: true })
    expect([key![0], String(key![1])]).toEqual(['a', String(at)])
  })
})

test('no key leads there', () => {
  class Post extends Model({
    get user() {
      return foreignKey(User, { onDelete: CASCADE })
    },
    get users() {
      return manyToMany(User)
    },
  }) {
    static objects = manager(Post)
  }
  const own = createRegistry()
  registerModels('posts', { Post }, own)
  expect(checkModels(own.all()).map(({ id, object }) => [id, object])).toEqual([
    ['fields.E347', 'posts.Post.user'],
    ['fields.E347', 'posts.Post.users'],
  ])
  expect(checkModels(registry.all())).toEqual([])
})

test('what can be no part of a key says so', () => {
  const declare = (fields: object) => {
    class Wrong extends Model(fields) {}
    registerModels('wrong', { Wrong }, createRegistry())
  }
  expect(() => declare({ pk: compositePrimaryKey('a', 'b'), a: integer() })).toThrow(/made of 'b', which is no field/)
  expect(() => declare({ pk: compositePrimaryKey('a', 'b'), a: integer(), b: integer({ null: true }) })).toThrow(
    /may be null/,
  )
  expect(() => compositePrimaryKey('a', 'a')).toThrow(/two fields or more/)
})
