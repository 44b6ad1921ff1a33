import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatNumber, ordinalSuffix, slugify } from '../src/index.ts'

describe('formatNumber', () => {
  test.for([
    ['1234567.891', { grouping: true }, '1,234,567.891'],
    ['2.675', { maximumDecimals: 2 }, '2.68'],
    ['-2.5', { maximumDecimals: 0 }, '-3'],
    ['-0.001', { maximumDecimals: 2 }, '0'],
    ['5', { minimumDecimals: 2 }, '5.00'],
    ['1e3', {}, '1000'],
    ['123456789012345678901234567890.5', { grouping: true }, '123,456,789,012,345,678,901,234,567,890.5'],
    ['', {}, undefined],
    ['12px', {}, undefined],
    ['Infinity', {}, undefined],
  ] as const)('%s %o', ([text, format, shown]) => {
    expect(formatNumber(text, format)).toBe(shown)
  })

  test('numbers, bigints and objects whose text is a number', () => {
    expect([1.5, 10n, { toString: () => '2.50' }].map((value) => formatNumber(value))).toEqual(['1.5', '10', '2.5'])
  })

  test('a whole number comes back when the commas are taken out', () => {
    fc.assert(
      fc.property(fc.bigInt(), (number) => {
        expect(BigInt(formatNumber(number, { grouping: true })!.replaceAll(',', ''))).toBe(number)
      }),
    )
  })
})

describe('slugify', () => {
  test.for([
    [' Hello, World! ', 'hello-world'],
    ['Jack & Jill like numbers 1,2,3 and 4', 'jack-jill-like-numbers-123-and-4'],
    ['Un été à Málaga', 'un-ete-a-malaga'],
    ['__a -- b__', 'a-b'],
    ['日本語', ''],
    ['ﬁne ½', 'fine-12'],
    ['', ''],
  ])('%s', ([text, slug]) => {
    expect(slugify(text!)).toBe(slug)
  })

  test('keeps letters of every script when told to', () => {
    expect(slugify('Ünï 日本語 Ж!', { allowUnicode: true })).toBe('ünï-日本語-ж')
  })

  test('gives a path segment, and the same one when asked again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const slug = slugify(text)
        expect(slug).toMatch(/^([a-z0-9]([a-z0-9_-]*[a-z0-9])?)?$/)
        expect(slugify(slug)).toBe(slug)
      }),
    )
  })
})

test('ordinals', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 101, 111, 112].map((number) => number + ordinalSuffix(number)).join(' ')).toBe(
    '1st 2nd 3rd 4th 11th 12th 13th 21st 101st 111th 112th',
  )
})
