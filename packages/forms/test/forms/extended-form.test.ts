import { expect, test } from 'vitest'
import { boolean, char, Form, integer, ModelForm } from '../../src/index.ts'
import { Author } from '../blog/models.ts'
import { useBlog } from '../blog/use-blog.ts'

useBlog()

class NameForm extends Form({ name: char(), age: integer() }) {
  cleanName(name: string): string {
    return name.trim()
  }
}

class LoudNameForm extends Form({ age: char({ label: 'How old?' }), phone: char() }, NameForm) {
  override cleanName(name: string): string {
    return `${super.cleanName(name)}!`
  }
}

test('a form has the fields and methods of the one that it extends, and its own in their places', async () => {
  const form = new LoudNameForm({ data: { name: 'Ann', age: 'old', phone: '1' } })
  expect(Object.keys(form.fields)).toEqual(['name', 'age', 'phone'])
  expect(await form.isValid()).toBe(true)
  expect(form.cleanedData).toEqual({ name: 'Ann!', age: 'old', phone: '1' })
  expect(form).toBeInstanceOf(NameForm)
  expect(Object.keys(new NameForm().fields)).toEqual(['name', 'age'])
})

class SignedAuthorForm extends Form({ agree: boolean() }, ModelForm(Author, { fields: ['name'] })) {}

test('a model form may be extended too', async () => {
  const author = await Author.objects.create({ name: 'Ada' })
  const form = new SignedAuthorForm({ instance: author, data: { name: 'Bob', agree: 'on' } })
  expect(Object.keys(form.fields)).toEqual(['name', 'agree'])
  await form.save()
  expect(await Author.objects.get({ id: author.id })).toMatchObject({ name: 'Bob' })
  const refused = new SignedAuthorForm({ instance: author, data: { name: 'Cleo' } })
  expect(await refused.isValid()).toBe(false)
  expect(refused.hasError('agree', 'required')).toBe(true)
})
