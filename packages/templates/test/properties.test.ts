import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conditionalEscape, createNunjucksEngine, escapeHtml, html, markSafe } from '../src/index.ts'

const text = fc.string({ unit: 'binary' })
const risky = fc.string({
  unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', ' ', ';', '\\', '\n', '/', '.', '@', 'www.', 'http://'),
})

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }
const decode = (escaped: string): string =>
  escaped.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => entities[name]!)

describe('escaping', () => {
  test('leaves nothing that HTML reads, and nothing is lost', () => {
    fc.assert(
      fc.property(fc.oneof(text, risky), (value) => {
        const escaped = escapeHtml(value)
        expect(escaped).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#x27);)/)
        expect(decode(escaped)).toBe(value)
      }),
    )
  })

  test('joins as escaping the parts does', () => {
    fc.assert(
      fc.property(risky, risky, (a, b) => {
        expect(escapeHtml(a + b)).toBe(escapeHtml(a) + escapeHtml(b))
      }),
    )
  })

  test('html`` escapes what is put in, unless it is safe', () => {
    fc.assert(
      fc.property(risky, (value) => {
        expect(html`<b>${value}</b>`.toString()).toBe(`<b>${escapeHtml(value)}</b>`)
        expect(conditionalEscape(markSafe(value))).toBe(value)
      }),
    )
    expect(html`${null}${undefined}${0}`.toString()).toBe('0')
  })
})

describe('filters', () => {
  const engine = createNunjucksEngine({ debug: true })
  const harmless = /^(?:[^<]|<\/?p>|<br>|<a href="[^"<>]*"(?: rel="nofollow")?>|<\/a>)*$/

  test.for([
    'linebreaks',
    'linebreaksbr',
    'urlize',
    'striptags',
    'truncatewords(2)',
    'truncatechars(3)',
    'upper',
    "cut('a')",
    'title',
    'trim',
    'escape',
    'nl2br',
    "join('<')",
    'reverse',
    'replace("a", "<")',
    'slice(":2")',
    'first',
    'wordwrap(3)',
    'truncatewords_html(2)',
    'indent',
    "stringformat('s')",
    'truncate(4)',
    'capitalize',
  ])('text from a visitor is never HTML after %s', async (filter) => {
    await fc.assert(
      fc.asyncProperty(risky, async (value) => {
        expect(await engine.renderString(`{{ value | ${filter} }}`, { value })).toMatch(harmless)
      }),
      { numRuns: 40 },
    )
  })
})

describe('the arguments of a tag', () => {
  let seen: unknown
  const engine = createNunjucksEngine({
    debug: true,
    libraries: [
      {
        tags: {
          tag(_context, args, named) {
            seen = [args, { ...named }]
          },
        },
      },
    ],
  })

  const name = fc.stringMatching(/^[a-z][a-zA-Z_]{2,8}$/).filter((word) => !reserved.has(word))
  const literal = fc.oneof(
    fc.integer({ min: -1000, max: 1000 }),
    fc.boolean(),
    fc.constant(null),
    fc.string({ unit: fc.constantFrom('a', ' ', '=', ',', '%', '}', "'", '"', '<', '-') }),
  )
  const separator = fc.constantFrom(' ', ', ', ' , ', '\n', '  ')
  const written = (value: unknown): string => {
    return value === null ? 'none' : typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&')}'` : String(value)
  }

  test('are read as they were written, in any number and with any white space', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(literal),
        fc.dictionary(name, literal, { noNullPrototype: true }),
        separator,
        async (args, named, between) => {
          // A string with `%}` in it ends the tag: Nunjucks' lexer looks for that first, inside strings as well.
          fc.pre(![...args, ...Object.values(named)].some((value) => typeof value === 'string' && value.includes('%}')))
          const parts = [
            ...args.map(written),
            ...Object.entries(named).map(([key, value]) => `${key}=${written(value)}`),
          ]
          await engine.renderString(`{% tag ${parts.join(between)} %}`)
          expect(seen).toEqual([args, named])
        },
      ),
    )
  })

  test('never bring the parser down with anything but a syntax error', async () => {
    const token = fc.constantFrom(
      'a',
      "'x'",
      '1',
      '=',
      ',',
      'as',
      '(',
      ')',
      '-',
      '.',
      '|',
      '[',
      ']',
      '+',
      'not',
      '==',
      ':',
      '{',
      '}',
      'x=1',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(token, { maxLength: 6 }), async (tokens) => {
        const context = { a: 1, x: 2 }
        const outcome = await engine
          .renderString(`{% tag ${tokens.join(' ')} %}`, context)
          .catch((error: unknown) => error)
        expect(typeof outcome === 'string' || (outcome as { code?: string }).code?.startsWith('template-')).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})

const reserved = new Set(['true', 'false', 'none', 'null', 'not', 'and', 'for', 'else', 'elif'])
