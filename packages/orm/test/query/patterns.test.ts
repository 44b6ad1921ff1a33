import { beforeEach, expect, test } from 'vitest'
import { char, ipAddress, uuid } from '../../src/fields/index.ts'
import { Model } from '../../src/models/index.ts'
import { manager } from '../../src/query/index.ts'
import { makeAndMigrate, project } from '../migrations/project.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'

const place = useTemporaryDatabase()

class Thing extends Model({
  name: char({ maxLength: 40, default: '' }),
  key: uuid({ null: true }),
  address: ipAddress({ null: true }),
}) {
  static objects = manager(Thing)
}

const apps = () => project(place.dir, { patterns: { Thing } })
beforeEach(() => makeAndMigrate(apps()))

beforeEach(async () => {
  for (const name of ['100%', 'under_score', 'back\\slash', 'Éclair', 'plain']) await Thing.objects.create({ name })
})

const found = async (filter: object) =>
  (await Thing.objects.filter(filter as never).orderBy('name')).map(({ name }) => name)

test.each([
  [{ name__contains: '%' }, ['100%']],
  [{ name__contains: '_' }, ['under_score']],
  [{ name__endswith: '\\slash' }, ['back\\slash']],
  [{ name__startswith: 'É' }, ['Éclair']],
  [{ name__startswith: 'p' }, ['plain']],
  [{ name__startswith: 'P' }, []],
  [{ name__istartswith: 'P' }, ['plain']],
  [{ name__iexact: 'PLAIN' }, ['plain']],
  [{ name__iexact: 'plai_' }, []],
  [{ name__regex: '^[a-z]+$' }, ['plain']],
  [{ name__iregex: '^PL' }, ['plain']],
])('%o', async (filter, expected) => {
  expect(await found(filter)).toEqual(expected)
})

test('a UUID is found with hyphens and without, an address as it is written', async () => {
  const key = '12345678-1234-5678-1234-567812345678'
  await Thing.objects.create({ key, address: '192.168.0.1' })
  expect(await Thing.objects.filter({ key__contains: '78-1234' }).count()).toBe(1)
  expect(await Thing.objects.filter({ key__contains: '781234' }).count()).toBe(1)
  expect(await Thing.objects.filter({ key__istartswith: '12345678-' }).count()).toBe(1)
  expect(await Thing.objects.filter({ key__iexact: key.toUpperCase() }).count()).toBe(1)
  expect(await Thing.objects.filter({ address__endswith: '.1' }).count()).toBe(1)
  expect(await Thing.objects.filter({ address__startswith: '192' }).count()).toBe(1)
})
