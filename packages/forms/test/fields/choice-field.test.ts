import { expect, test } from 'vitest'
import { choice, type FormField, multipleChoice, typedChoice, typedMultipleChoice } from '../../src/index.ts'
import { messages, result } from './clean-result.ts'

const sizes = [
  ['s', 'Small'],
  ['More', [['l', 'Large']]],
  [3, 'Three'],
  [true, 'Yes'],
] as const

test.each<[FormField, unknown, unknown]>([
  [choice({ choices: sizes }), 's', 's'],
  [choice({ choices: sizes }), 'l', 'l'],
  [choice({ choices: sizes }), '3', 3],
  [choice({ choices: sizes }), 3, 3],
  [choice({ choices: sizes }), 'true', true],
  [choice({ choices: sizes }), 'More', '! invalid_choice'],
  [choice({ choices: sizes }), 'S', '! invalid_choice'],
  [choice({ choices: sizes }), ' s', '! invalid_choice'],
  [choice({ choices: sizes }), '', '! required'],
  [choice({ choices: sizes, required: false }), '', ''],
  [choice({ choices: sizes, required: false, emptyValue: null }), undefined, null],
  [choice({ choices: () => sizes }), 's', 's'],
  [choice({ choices: [] }), 's', '! invalid_choice'],
  [typedChoice({ choices: [['1', 'One']], coerce: Number }), '1', 1],
  [typedChoice({ choices: [['x', 'X']], coerce: Number }), 'x', '! invalid_choice'],
  [typedChoice({ choices: [['x', 'X']], coerce: BigInt }), 'x', '! invalid_choice'],
  [typedChoice({ choices: [['1', 'One']], coerce: Number, required: false, emptyValue: 0 }), '', 0],
  [multipleChoice({ choices: sizes }), ['s', '3'], ['s', 3]],
  [multipleChoice({ choices: sizes }), ['s', 's', 's'], ['s']],
  [multipleChoice({ choices: sizes }), ['s', 'x'], '! invalid_choice'],
  [multipleChoice({ choices: sizes }), 's', '! invalid_list'],
  [multipleChoice({ choices: sizes }), [], '! required'],
  [multipleChoice({ choices: sizes, required: false }), [], []],
  [
    typedMultipleChoice({
      choices: [
        ['1', 'One'],
        ['2', 'Two'],
      ],
      coerce: Number,
    }),
    ['2', '1'],
    [2, 1],
  ],
])('case %#', async (field, raw, expected) => {
  expect(await result(field, raw)).toEqual(expected)
})

test('the message tells what was sent, though not all of it', async () => {
  expect(await messages(choice({ choices: sizes }), 'xl')).toEqual(["'xl' is none of the choices."])
  expect((await messages(choice({ choices: sizes }), 'x'.repeat(10_000)))[0]).toHaveLength(226)
})

test('choices may be changed on a copy', async () => {
  const field = choice({ choices: sizes })
  const copy = field.copy() as never as { choices: unknown } & FormField
  expect(await result(copy, 'new')).toBe('! invalid_choice')
  copy.choices = [['new', 'New']]
  expect(await result(copy, 'new')).toBe('new')
  expect(await result(field, 'new')).toBe('! invalid_choice')
})

test('a change is another choice, in whatever order', () => {
  expect(choice({ choices: sizes }).hasChanged(3, '3')).toBe(false)
  expect(choice({ choices: sizes }).hasChanged(3, 's')).toBe(true)
  expect(multipleChoice({ choices: sizes }).hasChanged(['s', 3], ['3', 's'])).toBe(false)
  expect(multipleChoice({ choices: sizes }).hasChanged(['s'], ['s', '3'])).toBe(true)
  expect(multipleChoice({ choices: sizes }).hasChanged(['s', 'l'], ['s', '3'])).toBe(true)
  expect(multipleChoice({ choices: sizes }).hasChanged(null, [])).toBe(false)
})
