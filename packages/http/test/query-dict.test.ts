import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BadRequest, QueryDict, TooManyFieldsSent } from '../src/index.ts'

describe('QueryDict', () => {
  it('gives the last value of a name, all of them, and the names in order', () => {
    const query = QueryDict.parse('b=1&a=2&b=3&empty=&bare')
    expect(query.get('b')).toBe('3')
    expect(query.getAll('b')).toEqual(['1', '3'])
    expect(query.get('nothing')).toBeUndefined()
    expect(query.getAll('nothing')).toEqual([])
    expect(query.get('empty')).toBe('')
    expect(query.get('bare')).toBe('')
    expect([...query.keys()]).toEqual(['b', 'a', 'empty', 'bare'])
    expect([...query]).toEqual([
      ['b', '1'],
      ['b', '3'],
      ['a', '2'],
      ['empty', ''],
      ['bare', ''],
    ])
    expect([...query.lists()][0]).toEqual(['b', ['1', '3']])
    expect(query.size).toBe(4)
  })

  it.each([
    ['q=caf%C3%A9+au%20lait', 'café au lait'],
    ['q=a=b', 'a=b'],
    ['&&q=1&', '1'],
    ['q=%26%3D%2B%25', '&=+%'],
    [`q=${Buffer.from('été').toString('latin1')}`, 'été'],
    ['q=日本', '日本'],
  ])('reads %s', (text, value) => {
    expect(QueryDict.parse(text).get('q')).toBe(value)
  })

  it.each(['q=100%', 'q=%zz', 'q=%C3%28', 'q=%ff', '%E0%A4=1', 'q=\xff\xfe'])('refuses %s', (text) => {
    expect(() => QueryDict.parse(text)).toThrow(BadRequest)
  })

  it('counts fields', () => {
    expect(QueryDict.parse('a=1&b=2', 2).size).toBe(2)
    expect(() => QueryDict.parse('a=1&a=2&a=3', 2)).toThrow(TooManyFieldsSent)
  })

  it('keeps names that objects give a meaning to', () => {
    const query = QueryDict.parse('__proto__=1&constructor=2&hasOwnProperty=3')
    expect(query.get('__proto__')).toBe('1')
    expect(query.get('constructor')).toBe('2')
    expect(query.has('toString')).toBe(false)
  })

  it('makes changed copies and leaves itself alone', () => {
    const query = QueryDict.parse('q=x&page=1&tag=a&tag=b')
    expect(query.with({ page: 2 }).toString()).toBe('q=x&tag=a&tag=b&page=2')
    expect(query.with({ tag: ['c', 'd'], q: undefined, page: null }).toString()).toBe('tag=c&tag=d')
    expect(query.toString()).toBe('q=x&page=1&tag=a&tag=b')
  })

  it('reads back whatever it writes', () => {
    const text = fc.string({ unit: 'grapheme' })
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
        const written = new QueryDict(pairs)
        const read = QueryDict.parse(written.toString())
        expect([...read]).toEqual([...written])
      }),
    )
  })

  it('reads any text or says that the request is bad', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'a&=%+2C3\xe9') })), (text) => {
        try {
          QueryDict.parse(text)
        } catch (error) {
          expect(error).toBeInstanceOf(BadRequest)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('agrees with URLSearchParams on what is well-formed', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string())), (pairs) => {
        const text = new URLSearchParams(pairs).toString()
        for (const name of new Set(pairs.map(([key]) => key))) {
          expect(QueryDict.parse(text).getAll(name)).toEqual(new URLSearchParams(text).getAll(name))
        }
      }),
    )
  })
})
