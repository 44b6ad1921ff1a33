import { configureTranslations, gettextLazy, LazyText, withLanguage } from '@nuages/i18n'
import { char as charColumn, integer as integerColumn, Model, registerModels, type ValidationError } from '@nuages/orm'
import { createNunjucksEngine } from '@nuages/templates'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { char, choice, Form, integer, ModelForm } from '../src/index.ts'

beforeAll(() => configureTranslations({ languageCode: 'en', languages: ['en', 'ko'] }))
afterAll(() => configureTranslations({ languageCode: 'en' }))

/** A text of the project, without a catalogue of its own. */
const text = (english: string, korean: string) =>
  new LazyText(english, () => (String(gettextLazy('Yes')) === '예' ? korean : english))

class ContactForm extends Form({
  name: char({ label: text('Name', '이름'), helpText: text('Your own', '본인의 이름'), maxLength: 3 }),
  age: integer({ minValue: 1, errorMessages: { min_value: text('Too young', '너무 어립니다') } }),
  color: choice({
    choices: [
      ['r', text('Red', '빨강')],
      [text('Cold', '찬색'), [['b', text('Blue', '파랑')]]],
    ],
  }),
}) {}

test('errors are in the language of whoever sent the form', async () => {
  const errors = async () => {
    const form = new ContactForm({ data: { name: 'Augusta', age: '0', color: 'x' } })
    await form.isValid()
    return [...form.errors.values()].map(String)
  }
  expect(await errors()).toEqual([
    expect.stringContaining('At most 3 characters are allowed; this has 7.'),
    expect.stringContaining('Too young'),
    expect.stringContaining('is none of the choices.'),
  ])
  expect(await withLanguage('ko', errors)).toEqual([
    expect.stringContaining('3자까지 입력할 수 있습니다(현재 7자).'),
    expect.stringContaining('너무 어립니다'),
    expect.stringContaining('선택할 수 없는 항목입니다.'),
  ])
})

test('labels, help and choices of a class are in the language of the page', async () => {
  const engine = createNunjucksEngine()
  const page = async () => String(await engine.renderValue(new ContactForm()))
  const field = (name: 'name' | 'color') => new ContactForm().get(name)
  expect([field('name').label, field('name').helpText]).toEqual(['Name', 'Your own'])
  withLanguage('ko', () => expect([field('name').label, field('name').helpText]).toEqual(['이름', '본인의 이름']))
  for (const word of ['Name', 'Your own', 'Red', 'Cold', 'Blue']) expect(await page()).toContain(word)
  const korean = await withLanguage('ko', page)
  for (const word of ['이름', '본인의 이름', '빨강', '찬색', '파랑']) expect(korean).toContain(word)
  expect(korean).not.toContain('Red')
})

class Person extends Model(
  {
    name: charColumn({ maxLength: 3, verboseName: text('full name', '성명'), helpText: text('Of birth', '출생 시') }),
    kind: charColumn({ maxLength: 1, choices: [['a', text('Adult', '어른')]] }),
    age: integerColumn(),
  },
  { verboseName: text('person', '사람'), verboseNamePlural: text('people', '사람들') },
) {}

registerModels('translated', { Person })

class PersonForm extends ModelForm(Person, { fields: ['name', 'kind'] }) {}

test('so are those of a model, and what its validation says', async () => {
  const words = () => {
    const form = new PersonForm()
    const { verboseName, verboseNamePlural } = Person.meta
    return [
      form.get('name').label,
      form.get('name').helpText,
      verboseName,
      verboseNamePlural,
      Person.meta.field('name')!.verboseName,
    ]
  }
  expect(words()).toEqual(['Full name', 'Of birth', 'person', 'people', 'full name'])
  expect(withLanguage('ko', words)).toEqual(['성명', '출생 시', '사람', '사람들', '성명'])

  const adult = new Person({ name: 'Ada', kind: 'a', age: 1 })
  expect(adult.getKindDisplay()).toBe('Adult')
  withLanguage('ko', () => expect(adult.getKindDisplay()).toBe('어른'))

  const complaints = async () => {
    try {
      await new Person({ name: 'Augusta', kind: 'x' as never, age: 'many' as never }).cleanFields()
      return []
    } catch (error) {
      return (error as ValidationError).messages
    }
  }
  expect(await complaints()).toEqual([
    'This has 7 characters; 3 are allowed.',
    "'x' is none of the choices: 'a'.",
    'This must be an integer.',
  ])
  expect(await withLanguage('ko', complaints)).toEqual([
    '3자까지 허용됩니다(현재 7자).',
    "'x'은(는) 선택할 수 없는 항목입니다. 선택할 수 있는 항목: 'a'",
    '올바른 값이 아닙니다. 필요한 값: 정수',
  ])
})
