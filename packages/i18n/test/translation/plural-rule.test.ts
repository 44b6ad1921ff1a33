import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pluralRule } from '../../src/index.ts'

describe('the rules of languages', () => {
  test.each([
    ['nplurals=1; plural=0;', [0, 0, 0, 0, 0]],
    ['nplurals=2; plural=(n != 1);', [1, 0, 1, 1, 1]],
    ['nplurals=2; plural=n>1', [0, 0, 1, 1, 1]],
    ['nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2;', [2, 0, 1, 1, 0]],
    [
      'nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;',
      [0, 1, 2, 4, 4],
    ],
    ['nplurals=2; plural=!(n==1)', [1, 0, 1, 1, 1]],
    ['nplurals=3; plural=(n+1)*2/2-1', [0, 1, 2, 0, 0]],
    // C's precedence: && before ||, comparison before equality, ?: from the right.
    ['nplurals=2; plural=n==1 || n==0 && n==2', [0, 1, 0, 0, 0]],
    ['nplurals=2; plural=n<1==1', [1, 0, 0, 0, 0]],
  ])('%s', (header, forms) => {
    expect([0, 1, 2, 11, 21].map(pluralRule(header))).toEqual(forms)
  })

  test('a form that there is not is the first, as is that of a division by nothing', () => {
    expect([1, 9].map(pluralRule('nplurals=2; plural=n'))).toEqual([1, 0])
    expect([0, 1].map(pluralRule('nplurals=2; plural=1/n'))).toEqual([0, 1])
    expect([0, 5].map(pluralRule('nplurals=2; plural=n%0'))).toEqual([0, 0])
  })
})

test.each([
  '',
  'nplurals=2',
  'plural=n',
  'nplurals=2; plural=;',
  'nplurals=2; plural=n n',
  'nplurals=2; plural=(n',
  'nplurals=2; plural=n?1',
  'nplurals=2; plural=m',
  'nplurals=2; plural=n.constructor',
  'nplurals=2; plural=globalThis.process.exit(1)',
  'nplurals=2; plural=n=1',
  'nplurals=2; plural=1 +',
  `nplurals=2; plural=${'('.repeat(200)}n${')'.repeat(200)}`,
  `nplurals=2; plural=${'n+'.repeat(600)}n`,
])('what is no rule is refused: %s', (header) => {
  expect(() => pluralRule(header)).toThrow(expect.objectContaining({ code: 'catalogue-error' }))
})

/** Expressions of C, each with what JavaScript has for it. */
interface Twin {
  readonly c: string
  readonly js: string
}

const { expression } = fc.letrec<{ expression: Twin }>((tie) => {
  const one = tie('expression')
  return {
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant({ c: 'n', js: 'n' }),
      fc.nat(200).map((number) => ({ c: String(number), js: String(number) })),
      fc
        .tuple(one, fc.constantFrom('+', '-', '*', '<', '>', '<=', '>=', '==', '!='), one)
        .map(([a, operator, b]) => ({ c: `(${a.c} ${operator} ${b.c})`, js: `Number(${a.js} ${operator} ${b.js})` })),
      fc
        .tuple(one, fc.constantFrom('&&', '||'), one)
        .map(([a, operator, b]) => ({ c: `(${a.c}${operator}${b.c})`, js: `Number(!!${a.js} ${operator} !!${b.js})` })),
      one.map(({ c, js }) => ({ c: `!${c}`, js: `Number(!${js})` })),
      fc.tuple(one, one, one).map(([test, then, otherwise]) => ({
        c: `(${test.c} ? ${then.c} : ${otherwise.c})`,
        js: `(${test.js} ? ${then.js} : ${otherwise.js})`,
      })),
    ),
  }
})

test('an expression has the value that it has in C', () => {
  fc.assert(
    fc.property(expression, fc.nat(150), ({ c, js }, n) => {
      fc.pre(c.length < 900)
      const value: number = new Function('n', `return ${js}`)(n)
      expect(pluralRule(`nplurals=99; plural=${c}`)(n)).toBe(value >= 0 && value < 99 ? value : 0)
    }),
    { numRuns: 300 },
  )
})

test('any text is a rule or a CatalogueError', () => {
  const piece = fc.constantFrom(
    'n',
    '1',
    '0',
    '(',
    ')',
    '?',
    ':',
    '&&',
    '||',
    '==',
    '!',
    '%',
    '/',
    ' ',
    'nplurals=2;',
    'plural=',
    ';',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(piece).map((pieces) => `nplurals=2; plural=${pieces.join('')}`),
  )
  fc.assert(
    fc.property(text, fc.integer(), (header, number) => {
      try {
        expect([0, 1]).toContain(pluralRule(header)(number))
      } catch (error) {
        expect(error).toMatchObject({ code: 'catalogue-error' })
      }
    }),
    { numRuns: 500 },
  )
})
