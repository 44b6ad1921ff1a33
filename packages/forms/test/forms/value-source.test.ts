import { QueryDict } from '@nuages/http'
import { expect, test } from 'vitest'
import { valueSource } from '../../src/forms/value-source.ts'

test('a plain object has its own names, and no others', () => {
  const source = valueSource({ a: 1, list: ['x', 'y'], none: undefined, empty: null })
  expect(source.has('a')).toBe(true)
  expect(source.get('list')).toBe('y')
  expect(source.getAll('list')).toEqual(['x', 'y'])
  expect(source.getAll('a')).toEqual([1])
  expect(source.has('empty')).toBe(true)
  for (const name of ['none', 'b', 'constructor', 'toString', '__proto__']) {
    expect(source.has(name)).toBe(false)
    expect(source.get(name)).toBe(undefined)
    expect(source.getAll(name)).toEqual([])
  }
})

test('what answers as a source is one', () => {
  const query = new QueryDict([['a', '1']])
  expect(valueSource(query)).toBe(query)
  const web = new FormData()
  web.append('a', '1')
  expect(valueSource(web as never)).toBe(web)
  // A form may have fields of these names.
  expect(valueSource({ get: 'x', getAll: 'y', has: 'z' }).get('get')).toBe('x')
  expect(valueSource(undefined).has('a')).toBe(false)
})
