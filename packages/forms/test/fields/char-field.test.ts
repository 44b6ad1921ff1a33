import { ValidationError } from '@nuages/orm'
import { expect, test } from 'vitest'
import { char, type FormField, text } from '../../src/index.ts'
import { messages, result } from './clean-result.ts'

test.each<[FormField, unknown, unknown]>([
  [char(), 'Ann', 'Ann'],
  [char(), '  Ann \u00a0', 'Ann'],
  [char({ strip: false }), ' Ann ', ' Ann '],
  [char(), '', '! required'],
  [char(), '   ', '! required'],
  [char({ strip: false }), '   ', '   '],
  [char(), undefined, '! required'],
  [char(), null, '! required'],
  [char({ required: false }), '', ''],
  [char({ required: false }), undefined, ''],
  [char({ required: false, emptyValue: null }), ' ', null],
  [char({ maxLength: 3 }), 'Anna', '! max_length'],
  [char({ maxLength: 3 }), ' Ann ', 'Ann'],
  [char({ minLength: 3 }), 'An', '! min_length'],
  [char({ minLength: 3, required: false }), '', ''],
  [char(), 'a\0b', '! null_characters_not_allowed'],
  [char(), '\0', '! null_characters_not_allowed'],
  [char(), 'a\ud800', '! invalid'],
  [char(), '\udc00', '! invalid'],
  [char(), '😀', '😀'],
  // Another spelling of the same letter is another text: nothing is normalised behind one's back.
  [char(), 'e\u0301', 'e\u0301'],
  [char(), 7, '7'],
  [char(), true, 'true'],
  [char(), { toString: () => 'x' }, '! invalid'],
  [char(), ['a'], '! invalid'],
  [text(), 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
])('case %#', async (field, raw, expected) => {
  expect(await result(field, raw)).toEqual(expected)
})

test('messages tell the limit and the length', async () => {
  expect(await messages(char({ maxLength: 3 }), 'Anna')).toEqual(['At most 3 characters are allowed; this has 4.'])
  const own = char({ maxLength: 3, errorMessages: { required: 'Who?', max_length: ({ limit }) => `Max. ${limit}!` } })
  expect(await messages(own, '')).toEqual(['Who?'])
  expect(await messages(own, 'Anna')).toEqual(['Max. 3!'])
})

test('validators are called with the value, and their codes may have other texts', async () => {
  const seen: unknown[] = []
  const refuse = (value: string): void => {
    seen.push(value)
    throw new ValidationError('No.', { code: 'taken' })
  }
  expect(await result(char({ validators: [refuse] }), ' a ')).toBe('! taken')
  expect(seen).toEqual(['a'])
  expect(await messages(char({ validators: [refuse], errorMessages: { taken: 'Gone.' } }), 'a')).toEqual(['Gone.'])
  expect(await result(char({ validators: [refuse], required: false }), '')).toBe('')
})

test('a validator that fails otherwise is a fault of the program', async () => {
  const broken = (): void => {
    throw new TypeError('oops')
  }
  await expect(result(char({ validators: [broken] }), 'a')).rejects.toThrow('oops')
})

test('an option that is none is told', () => {
  expect(() => char({ maxlength: 3 } as never)).toThrow("char() takes no option 'maxlength'. Did you mean 'maxLength'?")
})

test('a change is told from what the page showed', () => {
  expect(char().hasChanged('a', ' a ')).toBe(false)
  expect(char().hasChanged('a\r\nb', 'a\nb')).toBe(false)
  expect(char().hasChanged('a', 'b')).toBe(true)
  expect(char().hasChanged(null, '')).toBe(false)
  expect(char().hasChanged(null, undefined)).toBe(false)
  expect(char().hasChanged('a', '')).toBe(true)
  expect(char({ disabled: true }).hasChanged('a', 'b')).toBe(false)
})
