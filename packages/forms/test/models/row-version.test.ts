import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changedSince, type HeldValues, rowVersion } from '../../src/models/row-version.ts'
import '../blog/use-blog.ts'
import { Author, Post } from '../blog/models.ts'

const { meta } = Post
const held = { title: 'Grüße', pages: null, views: 9_007_199_254_740_993n, tags: [3, 1, 2] }

describe('the version of a row', () => {
  test('names the fields that are not as they were', () => {
    const version = rowVersion(meta, 7, held)
    expect(changedSince(version, meta, 7, { ...held, tags: [1, 2, 3] })).toEqual([])
    expect(changedSince(version, meta, 7, { ...held, title: 'Grüsse', tags: [1, 2] })).toEqual(['title', 'tags'])
    expect(changedSince(version, meta, 7, { ...held, pages: 0 })).toEqual(['pages'])
    expect(changedSince(version, meta, 7, { ...held, pages: 'null' })).toEqual(['pages'])
  })

  test('does not compare what it does not name', () => {
    expect(changedSince(rowVersion(meta, 7, { title: 'x' }), meta, 7, { title: 'x', body: 'new' })).toEqual([])
  })

  test('belongs to one row of one model', () => {
    const version = rowVersion(meta, 7, { title: 'x' })
    expect(changedSince(version, meta, 8, { title: 'x' })).toEqual(['title'])
    expect(changedSince(version, Author.meta, 7, { title: 'x' })).toEqual(['title'])
  })

  test('is short and shows no value', () => {
    const version = rowVersion(meta, 7, held)
    expect(version).toMatch(/^title:[\w-]{12} pages:[\w-]{12} views:[\w-]{12} tags:[\w-]{12}$/)
  })

  test('is none where the text is another', () => {
    for (const text of [
      '',
      ' ',
      'title',
      'title:',
      'title:short',
      ':123456789012',
      'title:123456789012 ',
      '\0',
      '💥',
    ]) {
      expect(changedSince(text, meta, 7, held)).toBe(null)
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const changed = changedSince(text, meta, 7, held)
        expect(changed === null || changed.length <= 4).toBe(true)
      }),
    )
  })

  test('tells any two values apart', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.bigInt(),
      fc.constant(null),
      fc.uint8Array(),
      fc.array(fc.nat()),
    )
    fc.assert(
      fc.property(value, value, (a, b) => {
        const same = JSON.stringify(plain(a)) === JSON.stringify(plain(b))
        const version = rowVersion(meta, 1, { a } as HeldValues)
        expect(changedSince(version, meta, 1, { a: b } as HeldValues)).toEqual(same ? [] : ['a'])
      }),
    )
  })
})

/** 1 and 1n are one number, and keys have no order. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(String).sort()
  if (value instanceof Uint8Array) return { bytes: [...value] }
  return typeof value === 'number' || typeof value === 'bigint' ? { number: String(value) } : { value }
}
