import { beforeEach, expect, test } from 'vitest'
import { char, database, F, json, KT, Model, manager, registerModels } from '../../src/index.ts'
import { tablesOf } from '../library/use-library.ts'
import { useTemporaryDatabase } from '../temporary-database.ts'

class Card extends Model({ name: char({ maxLength: 20 }), data: json({ null: true }) }, { ordering: ['id'] }) {
  static objects = manager(Card)
}

const metas = registerModels('json_tests', { Card })

useTemporaryDatabase()

const documents: readonly (readonly [name: string, data: unknown])[] = [
  ['none', null],
  ['empty', {}],
  ['ada', { owner: 'Ada', age: 36, tags: ['maths', 'Engines'], address: { city: 'London', zip: null } }],
  ['bob', { owner: 'bob', age: 9, tags: [], address: { city: 'Łódź' }, extra: true }],
  ['list', [1, 'owner', { a: { b: 2 } }]],
  ['odd', { 'a"b': 1, 'c\\d': 2, "e'f": 3, $g: 4, 'h.i': 5, '': 6, '%s': 7, '$.owner': 8, contains: 9 }],
  ['numbers', { age: 10.0, big: 1e3 }],
  ['text', 'owner'],
  ['number', 10],
  ['null inside', { owner: null }],
]

beforeEach(async () => {
  await database().script(tablesOf(metas))
  for (const [name, data] of documents) await Card.objects.create({ name, data: data as never })
})

const names = async (conditions: object): Promise<string> =>
  (await Card.objects.filter(conditions as never)).map(({ name }) => name).join(' ')

test.each([
  [{ data: null }, 'none'],
  [{ data__isnull: true }, 'none'],
  [{ data: {} }, 'empty'],
  [{ data: 'owner' }, 'text'],
  [{ data: 10 }, 'number'],
  [{ data: { address: { zip: null, city: 'London' }, tags: ['maths', 'Engines'], age: 36, owner: 'Ada' } }, 'ada'],
  [{ data__in: [{}, 'owner', null] }, 'empty text'],
  [{ data__owner: 'Ada' }, 'ada'],
  [{ data__owner: null }, 'null inside'],
  [{ data__owner__isnull: false }, 'ada bob null inside'],
  [{ data__extra: true }, 'bob'],
  [{ data__age: 10 }, 'numbers'],
  [{ data__big: 1000 }, 'numbers'],
  [{ data__age__in: [9, 36, 'x'] }, 'ada bob'],
  [{ data__age__in: [] }, ''],
  [{ data__age__gt: 9 }, 'ada numbers'],
  [{ data__age__gte: 9 }, 'ada bob numbers'],
  [{ data__age__lt: 10 }, 'bob'],
  [{ data__age__lte: 10 }, 'bob numbers'],
  [{ data__age__range: [9, 10] }, 'bob numbers'],
  [{ data__owner__gt: 'Z' }, 'bob'],
  [{ data__address__city: 'Łódź' }, 'bob'],
  [{ data__address__zip: null }, 'ada'],
  [{ data__address__zip__isnull: true }, 'none empty bob list odd numbers text number null inside'],
  [{ data__tags__0: 'maths' }, 'ada'],
  [{ 'data__tags__-1': 'Engines' }, 'ada'],
  [{ data__0: 1 }, 'list'],
  [{ data__2__a__b: 2 }, 'list'],
  [{ data__tags: [] }, 'bob'],
  [{ data__owner__iexact: 'BOB' }, 'bob'],
  [{ data__owner__icontains: 'D' }, 'ada'],
  [{ data__owner__startswith: 'a' }, ''],
  [{ data__owner__istartswith: 'a' }, 'ada'],
  [{ data__owner__endswith: 'a' }, 'ada'],
  [{ data__owner__iendswith: 'B' }, 'bob'],
  [{ data__owner__regex: '^[A-Z]' }, 'ada'],
  [{ data__owner__iregex: '^B.b$' }, 'bob'],
  [{ data__address__city__icontains: 'łÓ' }, 'bob'],
  [{ data__contains: { age: 10 } }, 'numbers'],
  [{ data__contains: { address: { city: 'London' } } }, 'ada'],
  [{ data__contains: { tags: ['Engines'] } }, 'ada'],
  [{ data__contains: { tags: 'Engines' } }, ''],
  [{ data__contains: 1 }, 'list'],
  [{ data__contains: [{ a: {} }] }, 'list'],
  [{ data__tags__contains: 'maths' }, 'ada'],
  [{ data__containedBy: { owner: null, more: 1 } }, 'empty null inside'],
  [{ data__hasKey: 'owner' }, 'ada bob list text null inside'],
  [{ data__hasKeys: ['owner', 'age'] }, 'ada bob'],
  [{ data__hasKeys: [] }, 'empty ada bob list odd numbers text number null inside'],
  [{ data__hasAnyKeys: ['extra', 'big'] }, 'bob numbers'],
  [{ data__hasAnyKeys: [] }, ''],
  [{ data__address__hasKey: 'zip' }, 'ada'],
  [{ 'data__a"b': 1 }, 'odd'],
  [{ 'data__c\\d': 2 }, 'odd'],
  [{ "data__e'f": 3 }, 'odd'],
  [{ data__$g: 4 }, 'odd'],
  [{ 'data__h.i': 5 }, 'odd'],
  [{ 'data__%s': 7 }, 'odd'],
  [{ 'data__$.owner': 8 }, 'odd'],
  [{ data__contains__exact: 9 }, 'odd'],
])('%j', async (conditions, expected) => {
  expect(await names(conditions)).toBe(expected)
})

test('a document is compared with another', async () => {
  await Card.objects.create({ name: 'same', data: { a: [1, 2], b: [1, 2.0] } })
  expect(await names({ data__a: F('data__b') })).toBe('same')
})

test('values that keys lead to are read, ordered and told as text', async () => {
  const ages = Card.objects.filter({ data__age__isnull: false } as never)
  expect(await ages.orderBy('data__age' as never).valuesList('data__age' as never, { flat: true })).toEqual([9, 10, 36])
  const rows = await ages
    .annotate({ owner: KT('data__owner' as never) })
    .orderBy('-id')
    .values('name', 'owner' as never)
  expect(rows).toEqual([
    { name: 'numbers', owner: null },
    { name: 'bob', owner: 'bob' },
    { name: 'ada', owner: 'Ada' },
  ])
})

test('what has no key is left out by exclude, as SQL does not know', async () => {
  const rest = await Card.objects.exclude({ data__owner: 'Ada' } as never)
  expect(rest.map(({ name }) => name)).toEqual(['none', 'bob', 'null inside'])
})

test.each([
  [{ data__hasKey: 1 }, "a key (lookup 'hasKey')"],
  [{ data__hasKeys: 'owner' }, "a list of keys (lookup 'hasKeys')"],
  [{ data__age__gt: null }, "a value (lookup 'gt')"],
  [{ data__age__range: [1] }, 'a pair [from, to]'],
  [{ data__age__in: 'x' }, 'a list of values'],
  [{ data__owner__regex: '(' }, 'does not parse'],
  [{ data__owner: 1n }, 'a value that JSON can hold'],
])('%s is refused', async (conditions, message) => {
  expect(() => Card.objects.filter(conditions as never)).toThrow(message)
})
