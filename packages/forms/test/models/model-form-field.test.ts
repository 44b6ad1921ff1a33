import {
  auto,
  bigInteger,
  binary,
  boolean,
  CASCADE,
  char,
  Decimal,
  date,
  dateTime,
  decimal,
  duration,
  email,
  type Field,
  file,
  float,
  foreignKey,
  image,
  integer,
  json,
  Model,
  manyToMany,
  positiveSmallInteger,
  registerModels,
  slug,
  text,
  time,
  url,
  uuid,
  ValidationError,
} from '@nuages/orm'
import { describe, expect, test } from 'vitest'
import {
  CharField,
  type ChoiceField,
  type FormField,
  type IntegerField,
  type ModelChoiceField,
  ModelForm,
  ModelMultipleChoiceField,
  modelFormField,
  NumberInput,
  Textarea,
} from '../../src/index.ts'
import { Author, Tag } from '../blog/models.ts'
import '../blog/use-blog.ts'

class Kinds extends Model({
  key: auto({}),
  char: char({ maxLength: 9 }),
  blankChar: char({ maxLength: 9, blank: true }),
  nullChar: char({ maxLength: 9, null: true, blank: true }),
  text: text({ maxLength: 9 }),
  nullText: text({ null: true, blank: true }),
  slug: slug(),
  email: email({ null: true, blank: true }),
  url: url(),
  uuid: uuid({ default: () => crypto.randomUUID() }),
  nullUuid: uuid({ null: true, blank: true }),
  integer: integer({ null: true, blank: true }),
  small: positiveSmallInteger({ default: 3 }),
  big: bigInteger(),
  float: float(),
  decimal: decimal({ maxDigits: 5, decimalPlaces: 2 }),
  boolean: boolean(),
  nullBoolean: boolean({ null: true }),
  choiceBoolean: boolean({
    choices: [
      [true, 'Yes'],
      [false, 'No'],
    ],
  }),
  date: date(),
  time: time(),
  dateTime: dateTime({ null: true, blank: true }),
  duration: duration(),
  json: json({ null: true, blank: true }),
  binary: binary({ editable: true }),
  file: file({ maxLength: 50 }),
  image: image({ null: true, blank: true }),
  size: char({
    maxLength: 1,
    choices: [
      ['s', 'Small'],
      ['m', 'Medium'],
    ],
  }),
  defaultSize: char({
    maxLength: 1,
    default: 's',
    choices: [
      ['s', 'Small'],
      ['m', 'Medium'],
    ],
  }),
  nullNumber: integer({
    null: true,
    blank: true,
    choices: [
      [1, 'One'],
      [2, 'Two'],
    ],
  }),
  named: char({ maxLength: 5, verboseName: 'the URL of it', helpText: 'See there.' }),
  checked: char({
    maxLength: 5,
    validators: [
      (value: string) => {
        if (value === 'bad') throw new ValidationError('It is bad.', { code: 'bad' })
      },
    ],
  }),
  get author() {
    return foreignKey(Author, { onDelete: CASCADE })
  },
  get optionalAuthor() {
    return foreignKey(Author, { onDelete: CASCADE, null: true, blank: true })
  },
  get tags() {
    return manyToMany(Tag)
  },
  get freeTags() {
    return manyToMany(Tag, { blank: true, verboseName: 'more tags', helpText: 'Any.' })
  },
}) {}

const [meta] = registerModels('kinds', { Kinds })

function fieldOf(name: string): FormField {
  return modelFormField(meta!.member(name) as Field)!
}

async function clean(name: string, raw: unknown): Promise<unknown> {
  try {
    return await fieldOf(name).clean(raw)
  } catch (error) {
    if (error instanceof ValidationError)
      return Object.values(error.errors).flatMap((all) => all.map(({ code }) => code))
    throw error
  }
}

describe('the form field of a model field', () => {
  test.each([
    ['char', 'char'],
    ['text', 'char'],
    ['slug', 'slug'],
    ['email', 'email'],
    ['url', 'url'],
    ['uuid', 'uuid'],
    ['integer', 'integer'],
    ['small', 'integer'],
    ['big', 'bigInteger'],
    ['float', 'float'],
    ['decimal', 'decimal'],
    ['boolean', 'boolean'],
    ['nullBoolean', 'nullBoolean'],
    ['choiceBoolean', 'typedChoice'],
    ['date', 'date'],
    ['time', 'time'],
    ['dateTime', 'dateTime'],
    ['duration', 'duration'],
    ['json', 'json'],
    ['file', 'file'],
    ['image', 'image'],
    ['size', 'typedChoice'],
    ['author', 'modelChoice'],
    ['tags', 'modelMultipleChoice'],
  ])('%s is shown by %s', (name, factory) => {
    expect(fieldOf(name).factory).toBe(factory)
  })

  test('there is none for a numbered key, nor for binary data', () => {
    expect(modelFormField(meta!.field('key')!)).toBe(null)
    expect(modelFormField(meta!.field('binary')!)).toBe(null)
  })

  test('is called and explained as the model says', () => {
    expect([fieldOf('named').label, fieldOf('named').helpText]).toEqual(['The URL of it', 'See there.'])
    expect(fieldOf('defaultSize').label).toBe('Default size')
    expect([fieldOf('freeTags').label, fieldOf('freeTags').helpText]).toEqual(['More tags', 'Any.'])
    expect(fieldOf('optionalAuthor').label).toBe('Optional author')
  })

  test('is required unless the field may be blank; an unticked box is a value', () => {
    const required = (name: string): boolean => fieldOf(name).required
    expect(['char', 'small', 'author', 'tags', 'nullNumber', 'choiceBoolean'].map(required)).toEqual([
      true,
      true,
      true,
      true,
      false,
      true,
    ])
    expect(['blankChar', 'optionalAuthor', 'freeTags', 'boolean', 'nullBoolean'].some(required)).toBe(false)
  })

  test('makes nothing of an empty UUID, which is none', async () => {
    expect(await fieldOf('nullUuid').clean('')).toBeNull()
  })

  test('shows the default, and sends a computed one along', () => {
    expect(fieldOf('small').initial).toBe(3)
    expect(fieldOf('small').showHiddenInitial).toBe(false)
    expect(fieldOf('uuid').initial).toBeTypeOf('function')
    expect(fieldOf('uuid').showHiddenInitial).toBe(true)
  })

  test('knows lengths, ranges and digits', async () => {
    expect((fieldOf('char') as CharField).maxLength).toBe(9)
    expect(fieldOf('text').widget).toBeInstanceOf(Textarea)
    expect(await clean('text', 'x'.repeat(10))).toEqual(['max_length'])
    expect(await clean('slug', 'a b')).toEqual(['invalid'])
    expect(await clean('small', '32768')).toEqual(['max_value'])
    expect(await clean('small', '-1')).toEqual(['min_value'])
    expect((fieldOf('small') as IntegerField).widget).toBeInstanceOf(NumberInput)
    expect(await clean('big', '9223372036854775807')).toBe(9_223_372_036_854_775_807n)
    expect(await clean('big', '9223372036854775808')).toEqual(['max_value'])
    expect(await clean('decimal', '1234.5')).toEqual(['max_whole_digits'])
    expect(await clean('decimal', '1.50')).toEqual(new Decimal('1.5'))
  })

  test('makes nothing of an empty value what the column holds then', async () => {
    expect(await clean('blankChar', '')).toBe('')
    expect(await clean('nullChar', '')).toBe(null)
    expect(await clean('nullText', '')).toBe(null)
    expect(await clean('email', '')).toBe(null)
    for (const name of ['integer', 'dateTime', 'json', 'nullNumber', 'optionalAuthor']) {
      expect(await clean(name, '')).toBe(null)
    }
    expect(await clean('freeTags', [])).toEqual([])
  })

  test('offers the choices, with an empty one where nothing is chosen yet', async () => {
    const labels = (name: string): unknown[] =>
      ((fieldOf(name) as ChoiceField).choices as [unknown, string][]).map(([value]) => value)
    expect(labels('size')).toEqual(['', 's', 'm'])
    expect(labels('defaultSize')).toEqual(['s', 'm'])
    expect(labels('nullNumber')).toEqual(['', 1, 2])
    expect(await clean('nullNumber', '2')).toBe(2)
    expect(await clean('nullNumber', '3')).toEqual(['invalid_choice'])
    expect(await clean('choiceBoolean', 'false')).toBe(false)
    expect(await clean('choiceBoolean', '')).toEqual(['required'])
    expect(await clean('size', 'm')).toBe('m')
  })

  test('offers the rows that the target’s manager gives', () => {
    const author = fieldOf('author') as ModelChoiceField
    expect((author.queryset as { model: unknown }).model).toBe(Author)
    expect(fieldOf('tags')).toBeInstanceOf(ModelMultipleChoiceField)
  })

  test('may be changed, or be of another class', () => {
    class Loud extends CharField {
      constructor(options: object) {
        super('loud', options)
      }
    }
    const changed = modelFormField(meta!.field('char')!, {
      label: 'Other',
      widget: Textarea,
      fieldClass: Loud as never,
    })!
    expect(changed).toBeInstanceOf(Loud)
    expect([changed.label, changed.required, changed.widget.constructor]).toEqual(['Other', true, Textarea])
    class OwnForm extends ModelForm(Kinds, { fields: ['char'], fieldClasses: { char: Loud as never } }) {}
    expect(new OwnForm().fields.char).toBeInstanceOf(Loud)
  })
})

test('validators of the model are asked for the form, once', async () => {
  class CheckedForm extends ModelForm(Kinds, { fields: ['checked'] }) {}
  const form = new CheckedForm({ data: { checked: 'bad' } })
  expect(await form.isValid()).toBe(false)
  expect(form.errors.toJSON()).toEqual({ checked: [{ code: 'bad', message: 'It is bad.' }] })
})

test('numbers are shown as people write them where the form says so', () => {
  class LocalForm extends ModelForm(Kinds, { fields: ['integer', 'small'], localizedFields: ['integer'] }) {}
  const { fields } = new LocalForm()
  expect([fields.integer.localize, fields.small.localize]).toEqual([true, false])
})
