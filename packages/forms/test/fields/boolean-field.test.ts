import { expect, test } from 'vitest'
import { boolean, type FormField, nullBoolean } from '../../src/index.ts'
import { result } from './clean-result.ts'

test.each<[FormField, unknown, unknown]>([
  [boolean(), true, true],
  [boolean(), 'on', true],
  [boolean(), false, '! required'],
  [boolean(), 'false', '! required'],
  [boolean(), undefined, '! required'],
  [boolean({ required: false }), undefined, false],
  [boolean({ required: false }), 'False', false],
  [boolean({ required: false }), '0', false],
  [boolean({ required: false }), 'x', true],
  [nullBoolean(), 'true', true],
  [nullBoolean(), 'false', false],
  [nullBoolean(), '0', false],
  [nullBoolean(), '1', true],
  [nullBoolean(), 'unknown', null],
  [nullBoolean(), '', null],
  [nullBoolean(), undefined, null],
])('case %#', async (field, raw, expected) => {
  expect(await result(field, raw)).toBe(expected)
})

test('an unchecked box is a change of a checked one', () => {
  expect(boolean().hasChanged(true, false)).toBe(true)
  expect(boolean().hasChanged(null, false)).toBe(false)
  expect(boolean().hasChanged(false, 'False')).toBe(false)
  expect(nullBoolean().hasChanged(null, false)).toBe(true)
  expect(nullBoolean().hasChanged(null, null)).toBe(false)
  expect(nullBoolean().hasChanged(true, 'true')).toBe(false)
})
