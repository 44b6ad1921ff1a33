import { HttpResponse } from '@nuages/http'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createResolver, include, path, rePath, type UrlEntry } from '../src/index.ts'
import { UrlPattern } from '../src/url-entry.ts'

/** A view of its own for each pattern, to tell them apart. */
const newView = () => (): HttpResponse => new HttpResponse('')
const view = newView()

/** Django's algorithm as its documentation tells it: one after the other, into each include whose prefix matches. */
function linear(entries: readonly UrlEntry[], rest: string): UrlPattern | undefined {
  for (const entry of entries) {
    const match = entry.route.match(rest)
    if (match === undefined) continue
    const found = entry instanceof UrlPattern ? entry : linear(entry.included.load(), match.rest)
    if (found !== undefined) return found
  }
  return undefined
}

// Few letters and many kinds of pieces, so that routes overlap, share beginnings and split in the middle of a segment.
const text = fc.array(fc.constantFrom('a', 'b', 'ab', '1', '/', '-'), { maxLength: 3 }).map((parts) => parts.join(''))
const converter = fc.constantFrom('str', 'int', 'slug', 'path')
const regexes = [
  '^a/(\\w+)/$',
  '^ab?/',
  '^(?<x>a|b)-',
  'b/$',
  '^\\/?a',
  '^1\\/a',
  '^a{2}b',
  '^[ab]+/(?:1/)?$',
  '^A/',
  '^a|b',
]

const route = fc
  .array(fc.oneof({ weight: 3, arbitrary: text }, { weight: 2, arbitrary: converter }), { maxLength: 5 })
  .map((pieces) =>
    pieces.map((piece, index) => (/^(str|int|slug|path)$/.test(piece) ? `<${piece}:p${index}>` : piece)).join(''),
  )

const { entries } = fc.letrec<{ entries: UrlEntry[]; entry: UrlEntry }>((tie) => ({
  entries: fc.array(tie('entry'), { maxLength: 8 }),
  entry: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    route.map((source): UrlEntry => path(source, newView())),
    fc
      .tuple(fc.constantFrom(...regexes), fc.constantFrom('', 'i'))
      .map(([source, flags]): UrlEntry => rePath(new RegExp(source, flags), newView())),
    fc.tuple(route, tie('entries')).map(([source, below]): UrlEntry => path(source, include(below))),
    fc
      .tuple(fc.constantFrom(...regexes), tie('entries'))
      .map(([source, below]): UrlEntry => rePath(source, include(below))),
  ),
}))

const url = fc.array(fc.constantFrom('a', 'b', 'ab', 'A', '1', '11', '/', '-', '_'), { maxLength: 8 })

test('the trie finds what trying one route after the other finds', () => {
  let matches = 0
  fc.assert(
    fc.property(entries, fc.array(url, { minLength: 10, maxLength: 10 }), (urlpatterns, urls) => {
      const resolver = createResolver(urlpatterns)
      for (const parts of urls) {
        const expected = linear(urlpatterns, parts.join(''))
        const match = resolver.find(`/${parts.join('')}`)
        expect(match?.view, parts.join('')).toBe(expected?.view)
        if (expected !== undefined) matches++
      }
    }),
    { numRuns: 2_000 },
  )
  // Else the test would say nothing.
  expect(matches).toBeGreaterThan(1_000)
})

const values = {
  str: fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !value.includes('/')),
  int: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  slug: fc.stringMatching(/^[-a-zA-Z0-9_]+$/),
  uuid: fc.uuid(),
  path: fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !/[\n\r\u2028\u2029]/.test(value)),
}

const filled = fc
  .array(
    fc.oneof(
      ...Object.entries(values).map(([name, value]) =>
        (value as fc.Arbitrary<unknown>).map((given) => ({ name, given })),
      ),
    ),
    { maxLength: 4 },
  )
  // Two values of any text beside each other may be divided in more than one way; with 'path' last there is only one.
  .filter((slots) => slots.slice(0, -1).every(({ name }) => name !== 'path'))

test('what reverse writes, resolve reads back', () => {
  fc.assert(
    fc.property(filled, fc.integer({ min: 0, max: 4 }), (slots, split) => {
      const placeholders = slots.map(({ name }, index) => `${index}/<${name}:p${index}>/`)
      const below = path(placeholders.slice(split).join(''), view, 'name')
      const resolver = createResolver([
        path('decoy/', view, 'decoy'),
        path(placeholders.slice(0, split).join(''), include([below], { namespace: 'ns' })),
      ])
      const args = Object.fromEntries(slots.map(({ given }, index) => [`p${index}`, given]))
      const written = resolver.reverse('ns:name', args)
      expect(written).toMatch(/^[\x21-\x7e]+$/)
      expect(written).not.toMatch(/[?#]|^\/\//)
      expect(new URL(written, 'http://h.example').host).toBe('h.example')
      expect(resolver.resolve(decodeURIComponent(written)).kwargs).toEqual(args)
      expect(
        resolver.reverse(
          'ns:name',
          slots.map(({ given }) => given),
        ),
      ).toBe(written)
    }),
    { numRuns: 2_000 },
  )
})

test('a regular expression is only reversed into what it matches', () => {
  const atom = fc.constantFrom(
    'a',
    '\\d',
    '[b-d]',
    '[^x]',
    '(\\w)',
    '(?:a|b)',
    '(?<n>\\d+)',
    '\\.',
    '.',

    '\\p{L}',
  )
  const source = fc
    .array(fc.tuple(atom, fc.constantFrom('', '', '', '?', '*', '+', '{2}')), { maxLength: 6 })
    .map((atoms) => atoms.map((pair) => pair.join('')).join(''))
    .filter((given) => given.split('(?<n>').length < 3)
  let total = 0
  fc.assert(
    fc.property(source, fc.nat({ max: 9 }), (given, digit) => {
      const resolver = createResolver([rePath(`^${given}$`, view, 'name')])
      const written: string[] = []
      for (const args of [{}, { n: digit }, [digit], [digit, digit], [digit, digit, digit]]) {
        try {
          written.push(decodeURIComponent(resolver.reverse('name', args)))
        } catch {
          // These arguments do not fit; others will.
        }
      }
      for (const each of written) expect(resolver.find(each)).toBeDefined()
      total += written.length
    }),
    { numRuns: 1_000 },
  )
  expect(total).toBeGreaterThan(1_000)
})
