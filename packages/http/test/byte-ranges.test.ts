import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseByteRanges } from '../src/index.ts'

describe('parseByteRanges', () => {
  it.each([
    ['bytes=0-0', [{ start: 0, end: 0 }]],
    ['bytes=0-', [{ start: 0, end: 999 }]],
    ['bytes=-1', [{ start: 999, end: 999 }]],
    ['bytes=-5000', [{ start: 0, end: 999 }]],
    ['bytes=500-5000', [{ start: 500, end: 999 }]],
    ['Bytes= 1-2', [{ start: 1, end: 2 }]],
    [
      'bytes=0-0, ,900-',
      [
        { start: 0, end: 0 },
        { start: 900, end: 999 },
      ],
    ],
    [
      'bytes=900-,0-0',
      [
        { start: 900, end: 999 },
        { start: 0, end: 0 },
      ],
    ],
    ['bytes=0-10,5-20', [{ start: 0, end: 20 }]],
    ['bytes=0-10,50-60', [{ start: 0, end: 60 }]],
    ['bytes=0-10,91-95', [{ start: 0, end: 95 }]],
    [
      'bytes=0-10,92-95',
      [
        { start: 0, end: 10 },
        { start: 92, end: 95 },
      ],
    ],
    ['bytes=0-10,2000-3000', [{ start: 0, end: 10 }]],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    [`bytes=${'9'.repeat(400)}-`, 'unsatisfiable'],
    ['bytes=5-4', 'ignore'],
    ['bytes=', 'ignore'],
    ['bytes=-', 'ignore'],
    ['bytes=a-b', 'ignore'],
    ['bytes=1-2-3', 'ignore'],
    ['bytes 0-1', 'ignore'],
    ['lines=0-1', 'ignore'],
    [`bytes=${Array.from({ length: 17 }, (_, index) => `${index * 50}-${index * 50}`).join()}`, 'ignore'],
    [`bytes=${'0-0,'.repeat(5000)}`, 'ignore'],
  ])('%.40s of 1000 bytes', (header, result) => {
    expect(parseByteRanges(header, 1000)).toEqual(result)
  })

  it('finds nothing in an empty representation', () => {
    expect(parseByteRanges('bytes=0-', 0)).toBe('unsatisfiable')
    expect(parseByteRanges('bytes=-5', 0)).toBe('unsatisfiable')
  })

  it('gives parts that lie inside, do not overlap and cover what was asked for', () => {
    const spec = fc.oneof(
      fc
        .tuple(fc.nat(600), fc.nat(600))
        .map(([start, length]) => ({ text: `${start}-${start + length}`, start, end: start + length })),
      fc.nat(600).map((start) => ({ text: `${start}-`, start, end: 499 })),
      fc.nat(600).map((length) => ({ text: `-${length}`, start: Math.max(0, 500 - length), end: 499 })),
    )
    fc.assert(
      fc.property(fc.array(spec, { minLength: 1, maxLength: 16 }), (specs) => {
        const size = 500
        const result = parseByteRanges(`bytes=${specs.map(({ text }) => text).join(', ')}`, size)
        const wanted = specs
          .map(({ start, end }) => ({ start, end: Math.min(end, size - 1) }))
          .filter(({ start, end }) => start <= end && start < size)
        if (wanted.length === 0) {
          expect(result).toBe('unsatisfiable')
          return
        }
        const ranges = result as readonly { start: number; end: number }[]
        for (const range of ranges) expect(0 <= range.start && range.start <= range.end && range.end < size).toBe(true)
        const sent = ranges.reduce((total, range) => total + range.end + 1 - range.start, 0)
        expect(sent).toBeLessThanOrEqual(size)
        for (const { start, end } of wanted) {
          expect(ranges.some((range) => range.start <= start && end <= range.end)).toBe(true)
        }
      }),
    )
  })

  it('answers any text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: fc.constantFrom(...'0123456789-, ') }).map((list) => `bytes=${list}`),
        ),
        (header) => {
          const result = parseByteRanges(header, 100)
          expect(result === 'ignore' || result === 'unsatisfiable' || result.length > 0).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})
