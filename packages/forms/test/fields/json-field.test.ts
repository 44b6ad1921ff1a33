import { expect, test } from 'vitest'
import { type FormField, json } from '../../src/index.ts'
import { result } from './clean-result.ts'

test.each<[FormField, unknown, unknown]>([
  [json(), '{"a": [1, null]}', { a: [1, null] }],
  [json(), ' "text" ', 'text'],
  [json(), 'false', false],
  [json(), '[]', []],
  [json(), '{}', {}],
  [json(), '{', '! invalid'],
  [json(), "{'a': 1}", '! invalid'],
  [json(), 'NaN', '! invalid'],
  [json(), '', '! required'],
  [json(), 'null', '! required'],
  [json({ required: false }), 'null', null],
  [json({ required: false }), '', null],
  [json(), { a: 1 }, { a: 1 }],
])('case %#', async (field, raw, expected) => {
  expect(await result(field, raw)).toEqual(expected)
})

test('what is nested beyond reason is no fault of the program', async () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  expect(await result(json(), deep)).toBe('! invalid')
  expect(json().hasChanged({}, deep)).toBe(true)
})

test('a value is written as JSON, what was typed as it was typed', () => {
  const field = json()
  expect(field.prepareValue('text')).toBe('"text"')
  expect(field.prepareValue(field.boundData('{ oops', null))).toBe('{ oops')
  expect(field.prepareValue({ a: 1 })).toBe('{\n  "a": 1\n}')
})

test('white space and the order of keys change nothing', () => {
  expect(json().hasChanged({ a: 1, b: [2] }, '{"b":[2],\n"a":1}')).toBe(false)
  expect(json().hasChanged({ a: 1 }, '{"a":2}')).toBe(true)
})
