import { Count, F, Q, Value } from '../expressions.ts'
import { Book } from '../neutral.ts'
import { type Cases, each } from './case.ts'

const values: readonly unknown[] = [{}, [], { a: 1 }, { a: '1' }, [1, 2, 3], 'text', 7, true, 1.5, { a: [], b: 'x' }]

export const documents: Cases = {
  ...each(
    values,
    (value) => `exactly ${JSON.stringify(value)}`,
    (value) => Book.filter({ data: value }),
  ),
  null: Book.filter({ data: null }),
  isnull: Book.filter({ data__isnull: true }),
  excluded: Book.exclude({ data: { a: 1 } }),
  'a key': Book.filter({ data__a: 1 }),
  'a key of text': Book.filter({ data__a: '1' }),
  'a key of null': Book.filter({ data__a: null }),
  'a key is not there': Book.filter({ data__a__isnull: true }),
  'a key is there': Book.filter({ data__a__isnull: false }),
  'a key within a key': Book.filter({ data__a__b: 'deep' }),
  'a key of a list': Book.filter({ data__a__b: [1, 2, { c: true }] }),
  'an index': Book.filter({ data__1: 2 }),
  'an index within a key': Book.filter({ data__a__b__0: 1 }),
  'a key after an index': Book.filter({ data__a__b__2__c: true }),
  'a key with a space': Book.filter({ 'data__with space': 1 }),
  'a key compared': Book.filter({ data__a__gt: 0 }),
  'a key in': Book.filter({ data__a__in: [1, '1', 5] }),
  'a key icontains': Book.filter({ data__a__b__icontains: 'EE' }),
  'a key startswith': Book.filter({ data__name__startswith: 'Ü' }),
  'a key iexact': Book.filter({ data__a__b__iexact: 'DEEP' }),
  'a key regex': Book.filter({ data__a__b__regex: '^d.*p$' }),
  'a key excluded': Book.exclude({ data__a: 1 }),
  hasKey: Book.filter({ data__hasKey: 'a' }),
  'hasKey excluded': Book.exclude({ data__hasKey: 'a' }),
  hasKeys: Book.filter({ data__hasKeys: ['a', 'b'] }),
  hasAnyKeys: Book.filter({ data__hasAnyKeys: ['b', 'name'] }),
  'hasKey within a key': Book.filter({ data__a__hasKey: 'b' }),
  'or of keys': Book.filter(Q({ data__a: 1 }).or({ data__name__isnull: false })),
  'ordered by a key': Book.filter({ data__a__isnull: false }).orderBy('data__a__b', 'id'),
  'values of a key': Book.orderBy('id').values('id', 'data__a'),
  'a key in an aggregate': Book.aggregate({ n: Count('data__a') }),
  'F of a key': Book.annotate({ a: F('data__a') }).values('id', 'a'),
  'a JSON null': Book.filter({ data: Value(null) }),
}
