import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { languageChain, parseAcceptLanguage, preferredLanguage, supportedLanguage } from '../../src/index.ts'

describe('the header Accept-Language', () => {
  test.each([
    [
      'da, en-gb;q=0.8, en;q=0.7',
      [
        ['da', 1],
        ['en-gb', 0.8],
        ['en', 0.7],
      ],
    ],
    [
      'en;q=0.7, KO ; q=1.000 ,*;q=0',
      [
        ['ko', 1],
        ['en', 0.7],
        ['*', 0],
      ],
    ],
    [
      'fr;q=0.5,de;q=0.5',
      [
        ['fr', 0.5],
        ['de', 0.5],
      ],
    ],
    [
      'de-DE-1996,,\t, zh-Hans-CN',
      [
        ['de-de-1996', 1],
        ['zh-hans-cn', 1],
      ],
    ],
    ['en;q=2, en;q=-1, en;q=0.1234, en;q, ;q=1, e n, en_US, ko;level=1, ../etc, \u0000', []],
    ['', []],
  ])('%s', (header, ranges) => {
    expect(parseAcceptLanguage(header).map(({ range, quality }) => [range, quality])).toEqual(ranges)
  })

  test('CVE-2023-23969: of one that is too long the rest is not read, and nothing of it is kept', () => {
    const header = `${'en,'.repeat(300)}ko`
    expect(parseAcceptLanguage(header)).toHaveLength(166)
    expect(parseAcceptLanguage('e'.repeat(100_000))).toEqual([])
  })
})

describe('the language of a request', () => {
  const available = ['en', 'ko', 'pt-BR', 'zh-Hans', 'zh-Hant']

  test.each([
    ['ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
    ['ko-KP', 'ko'],
    ['fr, ko;q=0.1', 'ko'],
    ['fr', undefined],
    ['fr, *;q=0.5', 'en'],
    ['en;q=0, *', 'ko'],
    ['en-US;q=0, en', 'en'],
    ['ko;q=0', undefined],
    ['pt', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['zh-TW', 'zh-Hant'],
    ['zh-CN', 'zh-Hans'],
    ['zh', 'zh-Hans'],
    ['PT-br', 'pt-BR'],
    ['', undefined],
  ])('%s', (header, language) => {
    expect(preferredLanguage(header, available)).toBe(language)
  })

  test('CVE-2024-39614, CVE-2026-77050: is none for what is too long to be a tag', () => {
    const long = `ko-${'x-'.repeat(50_000)}`
    expect([languageChain(long), supportedLanguage(long, available)]).toEqual([[], undefined])
  })

  test('is one that the site has', () => {
    expect(supportedLanguage('ko-KR', ['en'])).toBeUndefined()
    expect(supportedLanguage('koala', ['ko'])).toBeUndefined()
    expect(supportedLanguage('ko', ['ko-KR'])).toBe('ko-KR')
    expect(languageChain('zh-TW')).toEqual(['zh-tw', 'zh-hant', 'zh'])
  })
})

const subtag = fc.stringMatching(/^[a-z]{1,8}$/)
const range = fc.oneof(
  fc.constant('*'),
  fc.array(subtag, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('-')),
)
const quality = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000)

test('what is written is read, the best first', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(range, quality), { maxLength: 12 }),
      fc.constantFrom(',', ' , ', '\t,, '),
      (ranges, comma) => {
        const header = ranges.map(([name, q]) => (q === 1 ? name : `${name};q=${q}`)).join(comma)
        fc.pre(header.length <= 500)
        const read = parseAcceptLanguage(header)
        expect(read.map(({ range, quality }) => [range, quality])).toEqual(ranges.toSorted(([, a], [, b]) => b - a))
      },
    ),
    { numRuns: 200 },
  )
})

test('any header is read without an error, and gives a language there is or none', () => {
  const piece = fc.oneof(fc.string(), fc.constantFrom('en', 'ko', ';q=', '0.5', ',', '*', '-', ' '))
  const header = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(header, (text) => {
      expect([undefined, 'en', 'ko', 'pt-BR']).toContain(preferredLanguage(text, ['en', 'ko', 'pt-BR']))
    }),
    { numRuns: 200 },
  )
})
