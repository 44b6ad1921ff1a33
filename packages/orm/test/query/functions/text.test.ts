import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  Chr,
  Collate,
  Concat,
  ConcatPair,
  database,
  F,
  Left,
  Length,
  Lower,
  LPad,
  LTrim,
  MD5,
  Ord,
  Repeat,
  Replace,
  Reverse,
  Right,
  RPad,
  RTrim,
  SHA1,
  SHA224,
  SHA256,
  SHA384,
  SHA512,
  StrIndex,
  Substr,
  Trim,
  Upper,
  Value,
} from '../../../src/index.ts'
import { vendor } from '../../temporary-database.ts'
import { Sample, useSamples, valueIn, valuesIn } from './sample.ts'

useSamples()

const texts = [{ text: 'Ärger, straße' }, { text: '' }, { text: null }, { text: 'İΣ' }, { text: '𝒳y' }]

test.each([
  ['Lower', Lower('text'), ['ärger, straße', '', null, 'iσ', '𝒳y']],
  ['Upper', Upper('text'), ['ÄRGER, STRAßE', '', null, 'İΣ', '𝒳Y']],
  ['Length', Length('text'), [13, 0, null, 2, 2]],
  ['Reverse', Reverse('text'), ['eßarts ,regrÄ', '', null, 'Σİ', 'y𝒳']],
  ['Ord', Ord('text'), [196, 0, null, 304, 0x1d4b3]],
  ['Left', Left('text', 3), ['Ärg', '', null, 'İΣ', '𝒳y']],
  ['Right', Right('text', 1), ['e', '', null, 'Σ', 'y']],
  ['Right, longer than the text', Right('text', 99), ['Ärger, straße', '', null, 'İΣ', '𝒳y']],
  ['Substr', Substr('text', 2, 3), ['rge', '', null, 'Σ', 'y']],
  ['Substr to the end', Substr('text', 2), ['rger, straße', '', null, 'Σ', 'y']],
  ['Repeat', Repeat('text', 2), ['Ärger, straßeÄrger, straße', '', null, 'İΣİΣ', '𝒳y𝒳y']],
  ['Repeat no time', Repeat('text', 0), ['', '', null, '', '']],
  ['LPad', LPad('text', 4, Value('ab')), ['Ärge', 'abab', null, 'abİΣ', 'ab𝒳y']],
  ['RPad', RPad('text', 4, Value('𝒳')), ['Ärge', '𝒳𝒳𝒳𝒳', null, 'İΣ𝒳𝒳', '𝒳y𝒳𝒳']],
  ['LPad with spaces', LPad('text', 3), ['Ärg', '   ', null, ' İΣ', ' 𝒳y']],
  ['LPad with nothing', LPad('text', 3, Value('')), ['Ärg', '', null, 'İΣ', '𝒳y']],
  ['Replace', Replace('text', Value('e'), Value('E')), ['ÄrgEr, straßE', '', null, 'İΣ', '𝒳y']],
  ['Replace by nothing', Replace('text', Value('r')), ['Äge, staße', '', null, 'İΣ', '𝒳y']],
  ['StrIndex', StrIndex('text', Value('r')), [2, 0, null, 0, 0]],
])('%s', async (_name, expression, expected) => {
  expect(await valuesIn(texts, expression)).toEqual(expected)
})

test('spaces at the ends', async () => {
  const text = '  a b  '
  expect(await valueIn({ text }, Trim('text'))).toBe('a b')
  expect(await valueIn({ text }, LTrim('text'))).toBe('a b  ')
  expect(await valueIn({ text }, RTrim('text'))).toBe('  a b')
  expect(await valueIn({ text: null }, Trim('text'))).toBeNull()
})

test('characters by their numbers', async () => {
  expect(await valueIn({ whole: 0x1d4b3 }, Chr('whole'))).toBe('𝒳')
  expect(await valueIn({ whole: null }, Chr('whole'))).toBeNull()
  expect(await valueIn({ text: 'x' }, Chr(Ord('text')))).toBe('x')
})

test('texts in a row: NULL counts as an empty one, numbers as text', async () => {
  expect(await valueIn({ text: 'a', other: 'b' }, Concat('text', Value(' '), 'other'))).toBe('a b')
  expect(await valueIn({ text: null, other: 'b' }, Concat('text', 'other'))).toBe('b')
  expect(await valueIn({ text: null, other: null }, ConcatPair('text', 'other'))).toBe('')
  expect(await valueIn({ whole: 3 }, Concat('whole', Value('%'), 4))).toBe('3%4')
  expect(() => Concat('text')).toThrow('Concat() takes two texts or more.')
})

test('lengths and positions that are expressions', async () => {
  const row = { text: 'abcdef', whole: 2, second: 3 }
  expect(await valueIn(row, Left('text', F('whole')))).toBe('ab')
  expect(await valueIn(row, Substr('text', F('whole'), F('second')))).toBe('bcd')
  expect(await valueIn(row, Repeat('text', F('whole')))).toBe('abcdefabcdef')
  expect(await valueIn({ ...row, whole: null }, Left('text', F('whole')))).toBeNull()
})

test('what makes no sense is refused before it is asked', () => {
  expect(() => Left('text', 0)).toThrow('Left() takes a length of 1 or more, got 0.')
  expect(() => Right('text', -1)).toThrow('Right() takes a length of 1 or more, got -1.')
  expect(() => Substr('text', 0)).toThrow('Substr() takes a position of 1 or more, got 0.')
  expect(() => Repeat('text', -1)).toThrow('Repeat() takes 0 or more, got -1.')
  expect(() => Collate('text', 'nocase" --')).toThrow(`Invalid collation name: 'nocase" --'.`)
})

test('digests are of the bytes in UTF-8', async () => {
  const row = { text: 'straße' }
  const digests = [MD5('text'), SHA224('text'), SHA256('text'), SHA384('text'), SHA512('text')]
  const expected = ['md5', 'sha224', 'sha256', 'sha384', 'sha512'].map((name) => hash(name, 'straße'))
  for (const [index, digest] of digests.entries()) expect(await valueIn(row, digest)).toBe(expected[index])
  expect(await valueIn({ text: null }, SHA256('text'))).toBeNull()
})

test('SHA-1 is of an extension on PostgreSQL', async () => {
  const installed =
    vendor !== 'postgresql' ||
    (await database()
      .script('CREATE EXTENSION IF NOT EXISTS pgcrypto')
      .then(
        () => true,
        () => false,
      ))
  const digest = valueIn({ text: 'straße' }, SHA1('text'))
  if (installed) expect(await digest).toBe(hash('sha1', 'straße'))
  else await expect(digest).rejects.toThrow(/digest/)
})

test('a text that no database could hold is not built', async () => {
  await expect(valueIn({ text: 'x' }, Repeat('text', 2_000_000_000))).rejects.toThrow()
  await expect(valueIn({ text: 'x' }, LPad('text', 2_000_000_000))).rejects.toThrow()
})

describe('where else', () => {
  test('conditions, orders and updates', async () => {
    await Sample.objects.create({ text: 'B', other: 'x' })
    await Sample.objects.create({ text: 'a', other: 'y' })
    const lower = Sample.objects.annotate({ lower: Lower('text') })
    expect((await lower.filter({ lower__in: ['a'] })).map(({ text }) => text)).toEqual(['a'])
    expect((await lower.orderBy('lower')).map(({ text }) => text)).toEqual(['a', 'B'])
  })

  test('a collation decides on equality', async () => {
    await Sample.objects.create({ text: 'ABC' })
    const name = vendor === 'postgresql' ? 'C' : 'nocase'
    const rows = await Sample.objects.annotate({ own: Collate('text', name) }).filter({ own: 'abc' })
    expect(rows).toHaveLength(vendor === 'postgresql' ? 0 : 1)
  })
})
