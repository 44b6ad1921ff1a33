import { MultiValueDict, QueryDict, UploadedFile } from '@nuages/http'
import { ValidationError } from '@nuages/orm'
import { expect, test } from 'vitest'
import {
  boolean,
  char,
  choice,
  date,
  email,
  FieldNotClean,
  Form,
  file,
  integer,
  multipleChoice,
  text,
} from '../../src/index.ts'

class ContactForm extends Form({
  name: char({ maxLength: 10 }),
  email: email({ required: false }),
  age: integer({ required: false }),
  body: text({ initial: () => 'Dear …' }),
}) {
  cleanName(name: string): string {
    if (name === 'root') throw new ValidationError('Not you.', { code: 'taken' })
    return name.toUpperCase()
  }

  async cleanAge(age: number | null): Promise<number | null> {
    return age === null ? null : age + 1
  }

  override async clean(): Promise<void> {
    if (this.cleanedData.name === this.cleanedData.body) this.addError('body', 'Say more.')
    if (this.cleanedData.body === 'spam') throw new ValidationError('No.', { code: 'spam' })
    if (this.cleanedData.body === 'both') {
      throw new ValidationError({ email: [{ code: 'e', message: 'E' }], __all__: [{ code: 'a', message: 'A' }] })
    }
  }
}

const valid = { name: 'ann', email: 'ann@example.com', age: '7', body: 'Hello' }

test('what was sent becomes values of the types of the fields', async () => {
  const form = new ContactForm({ data: new QueryDict(Object.entries(valid)) })
  expect(form.isBound).toBe(true)
  expect(await form.isValid()).toBe(true)
  expect(form.cleanedData).toEqual({ name: 'ANN', email: 'ann@example.com', age: 8, body: 'Hello' })
  expect(form.errors.size).toBe(0)
})

test('a form that nothing was sent for is not valid, and has no errors', async () => {
  const form = new ContactForm()
  expect(form.isBound).toBe(false)
  expect(await form.isValid()).toBe(false)
  expect(form.errors.size).toBe(0)
  expect(form.get('body').value()).toBe('Dear …')
  expect(() => form.cleanedData).toThrow('ContactForm.cleanedData was read before the form was validated.')
})

test('empty data was sent all the same', async () => {
  const form = new ContactForm({ data: {} })
  expect(await form.isValid()).toBe(false)
  expect(form.errors.toJSON()).toEqual({
    name: [{ code: 'required', message: 'This field is required.' }],
    body: [{ code: 'required', message: 'This field is required.' }],
  })
})

test('errors are not read before they are known', () => {
  const form = new ContactForm({ data: valid })
  expect(() => form.errors).toThrow('ContactForm.errors was read before the form was validated.')
  expect(() => form.get('name').errors).toThrow('before the form was validated')
  expect(() => form.addError(null, 'x')).toThrow('before the form was validated')
})

test('hooks of fields refuse and replace values', async () => {
  const form = new ContactForm({ data: { ...valid, name: 'root' } })
  expect(await form.isValid()).toBe(false)
  expect(form.hasError('name')).toBe(true)
  expect(form.hasError('name', 'taken')).toBe(true)
  expect(form.hasError('name', 'other')).toBe(false)
  expect(form.hasError('body')).toBe(false)
  expect([...form.get('name').errors]).toEqual(['Not you.'])
})

test('clean() checks the form as a whole', async () => {
  const same = new ContactForm({ data: { ...valid, body: 'ANN' } })
  expect(await same.isValid()).toBe(false)
  expect(same.errors.toJSON()).toEqual({ body: [{ code: 'invalid', message: 'Say more.' }] })
  expect('body' in same.cleanedData).toBe(false)

  const spam = new ContactForm({ data: { ...valid, body: 'spam' } })
  expect(await spam.isValid()).toBe(false)
  expect([...spam.nonFieldErrors()]).toEqual(['No.'])
  expect(spam.hasError(null, 'spam')).toBe(true)

  const both = new ContactForm({ data: { ...valid, body: 'both' } })
  await both.isValid()
  expect([...both.get('email').errors]).toEqual(['E'])
  expect([...both.nonFieldErrors()]).toEqual(['A'])
})

test('clean() ends where it reads the value of a field that has errors', async () => {
  const form = new ContactForm({ data: { ...valid, name: '' } })
  expect(await form.isValid()).toBe(false)
  expect([...form.errors.keys()]).toEqual(['name'])
  expect(() => form.cleanedData.name).toThrow(FieldNotClean)
  expect(form.cleanedData.email).toBe('ann@example.com')
  expect({ ...form.cleanedData }).toEqual({ email: 'ann@example.com', age: 8, body: 'Hello' })
})

test('what is wrong with the program is no error of the form', async () => {
  class BrokenForm extends Form({ a: char() }) {
    override clean(): void {
      throw new TypeError('oops')
    }
  }
  await expect(new BrokenForm({ data: { a: 'x' } }).isValid()).rejects.toThrow('oops')
})

test('a form is validated once, and errors added later count', async () => {
  let times = 0
  class CountingForm extends Form({ a: char() }) {
    override clean(): void {
      times += 1
    }
  }
  const form = new CountingForm({ data: { a: 'x' } })
  await Promise.all([form.isValid(), form.isValid()])
  expect(times).toBe(1)
  form.addError('a', 'Taken meanwhile.')
  expect(await form.isValid()).toBe(false)
  await form.fullClean()
  expect(await form.isValid()).toBe(true)
  expect(times).toBe(2)
})

test('a hook without a field is told', () => {
  class MisspeltForm extends Form({ email: email() }) {
    cleanEmial(value: string): string {
      return value
    }
  }
  expect(() => new MisspeltForm().fields).toThrow(
    "MisspeltForm.cleanEmial() is never called: the form has no field of that name. Did you mean 'cleanEmail'?",
  )
})

test('a field that is not there is told', () => {
  expect(() => new ContactForm().get('emial' as 'email')).toThrow(
    "ContactForm has no field 'emial'. Did you mean 'email'? Fields: name, email, age, body.",
  )
})

test('each form has fields of its own', async () => {
  const form = new ContactForm({ data: { ...valid, email: '' } })
  form.fields.email.required = true
  form.fields.email.widget.attrs = { class: 'wide' }
  expect(await form.isValid()).toBe(false)
  expect(form.hasError('email', 'required')).toBe(true)
  const other = new ContactForm({ data: { ...valid, email: '' } })
  expect(await other.isValid()).toBe(true)
  expect(other.fields.email.widget.attrs).toEqual({})
})

test('a field may be added to one form, and one taken away', async () => {
  const form = new ContactForm({ data: { ...valid, extra: '3' } })
  ;(form.fields as Record<string, unknown>)['extra'] = integer()
  delete (form.fields as Record<string, unknown>)['age']
  expect(await form.isValid()).toBe(true)
  expect(form.cleanedData).toEqual({ name: 'ANN', email: 'ann@example.com', body: 'Hello', extra: 3 })
  expect(Array.from(form, (field) => field.name)).toEqual(['name', 'email', 'body', 'extra'])
})

test('the fields stand in the order that is asked for', () => {
  const names = (form: Iterable<{ name: string }>) => Array.from(form, ({ name }) => name)
  expect(names(new ContactForm({ fieldOrder: ['body', 'age'] }))).toEqual(['body', 'age', 'name', 'email'])
  class OrderedForm extends Form({ a: char(), b: char() }) {
    override fieldOrder = ['b', 'nope']
  }
  expect(names(new OrderedForm())).toEqual(['b', 'a'])
})

test('a prefix keeps forms of one page apart', async () => {
  const form = new ContactForm({ data: { 'a-name': 'x', 'a-body': 'y', name: '', body: '' }, prefix: 'a' })
  expect(await form.isValid()).toBe(true)
  expect(form.get('name').htmlName).toBe('a-name')
  expect(form.get('name').autoId).toBe('id_a-name')
  expect(form.get('name').errorId).toBe('id_a-name_error')
})

test.each([
  ['id_%s', 'id_name'],
  ['$&%s', '$&name'],
  [true, 'name'],
  [false, ''],
  ['', ''],
] as const)('the id of autoId %j is %j', (autoId, expected) => {
  expect(new ContactForm({ autoId }).get('name').autoId).toBe(expected)
})

class SettingsForm extends Form({
  title: char({ initial: 'Untitled' }),
  agreed: boolean({ required: false }),
  day: date({ required: false, initial: () => Temporal.PlainDate.from('2026-07-31') }),
  size: choice({
    choices: [
      ['s', 'S'],
      ['m', 'M'],
    ],
    initial: 's',
  }),
  tags: multipleChoice({
    choices: [
      ['a', 'A'],
      ['b', 'B'],
    ],
    required: false,
  }),
}) {}

const untouched = { title: 'Untitled', day: '2026-07-31', size: 's' }

test('what was changed is told from what the page showed', async () => {
  const form = new SettingsForm({ data: untouched })
  expect(await form.hasChanged()).toBe(false)
  expect(await form.changedData).toEqual([])
  const changed = new SettingsForm({ data: { ...untouched, agreed: 'on', tags: ['a'], day: '' } })
  expect(await changed.changedData).toEqual(['agreed', 'day', 'tags'])
  const own = new SettingsForm({ data: untouched, initial: { title: 'Mine', size: () => 's' } })
  expect(await own.changedData).toEqual(['title'])
})

test('a form in which nothing was changed may be valid', async () => {
  class BlankForm extends Form({ name: char(), size: char({ initial: 's' }) }) {}
  const data = { name: '', size: 's' }
  expect(await new BlankForm({ data }).isValid()).toBe(false)
  expect(await new BlankForm({ data, emptyPermitted: true }).isValid()).toBe(true)
  const changed = new BlankForm({ data: { name: '', size: 'm' }, emptyPermitted: true })
  expect(await changed.isValid()).toBe(false)
  expect(changed.hasError('name', 'required')).toBe(true)
})

test('the page may tell what it showed', async () => {
  class HiddenForm extends Form({ n: integer({ initial: 1, showHiddenInitial: true }) }) {}
  expect(await new HiddenForm({ data: { n: '2', 'initial-n': '2' } }).changedData).toEqual([])
  expect(await new HiddenForm({ data: { n: '1', 'initial-n': '2' } }).changedData).toEqual(['n'])
  expect(await new HiddenForm({ data: { n: '1', 'initial-n': 'tampered' } }).changedData).toEqual([])
})

test('of a field that is disabled the initial value is taken, whatever is sent', async () => {
  class LockedForm extends Form({
    owner: char({ disabled: true, initial: 'ann' }),
    day: date({ disabled: true }),
    level: choice({
      choices: [
        [1, 'One'],
        [2, 'Two'],
      ],
      disabled: true,
      initial: 2,
    }),
  }) {}
  const day = Temporal.PlainDate.from('2026-07-31')
  const form = new LockedForm({ data: { owner: 'mallory', day: '1999-01-01', level: '1' }, initial: { day } })
  expect(await form.isValid()).toBe(true)
  expect(form.cleanedData).toEqual({ owner: 'ann', day, level: 2 })
  expect(await form.hasChanged()).toBe(false)
  expect(form.get('owner').value()).toBe('ann')
})

test('names that were sent twice, not at all, or beside the fields', async () => {
  const data = new QueryDict([
    ['title', 'first'],
    ['title', 'last'],
    ['size', 's'],
    ['tags', 'a'],
    ['tags', 'b'],
    ['tags', 'a'],
    ['isAdmin', 'true'],
  ])
  const form = new SettingsForm({ data })
  expect(await form.isValid()).toBe(true)
  expect(form.cleanedData).toEqual({ title: 'last', agreed: false, day: null, size: 's', tags: ['a', 'b'] })
})

test.each(['__proto__', 'constructor', 'toString'])('names of every object are no fields: %s', (name) => {
  expect(() => new SettingsForm().get(name)).toThrow('has no field')
})

test('a field may have the name of something that every form has', async () => {
  class OddForm extends Form({ data: char(), errors: char(), get: char(), clean: char({ required: false }) }) {}
  const form = new OddForm({ data: { data: 'a', errors: 'b', get: 'c' } })
  expect(await form.isValid()).toBe(true)
  expect(form.cleanedData.data).toBe('a')
  expect(form.get('errors').value()).toBe('b')
})

class UploadForm extends Form({ title: char(), file: file() }) {}

test('files make a form bound, and need multipart', async () => {
  const sent = new UploadedFile('a.txt', 'text/plain', [Buffer.from('x')])
  const form = new UploadForm({ files: new MultiValueDict([['file', sent]]), data: { title: 'A' } })
  expect(await form.isValid()).toBe(true)
  expect(form.cleanedData.file).toBe(sent)
  expect(form.isMultipart()).toBe(true)
  expect(new ContactForm().isMultipart()).toBe(false)
  expect(new UploadForm({ files: {} }).isBound).toBe(true)
})

test('a getter may declare a field that another module has not made yet', () => {
  const later: { field?: ReturnType<typeof char> } = {}
  class LateForm extends Form({
    a: char(),
    get b() {
      return later.field!
    },
  }) {}
  later.field = char({ label: 'Later' })
  expect(new LateForm().get('b').label).toBe('Later')
})
