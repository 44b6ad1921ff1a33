import { createNunjucksEngine } from '@nuages/templates'
import { expect, test } from 'vitest'
import { char, Form, integer, text } from '../../src/index.ts'

class ContactForm extends Form({
  name: char({ maxLength: 10, helpText: 'a < b' }),
  age: integer({ required: false }),
  body: text(),
}) {
  cleanName(name: string) {
    return name.toUpperCase()
  }
  override clean() {
    if (this.cleanedData.name === this.cleanedData.body) this.addError('body', 'Say more.')
  }
}

test('x', async () => {
  const form = new ContactForm({ data: { name: ' ann ', age: '٣', body: 'ANN' } })
  expect(await form.isValid()).toBe(false)
  expect(form.errors.toJSON()).toEqual({ body: [{ code: 'invalid', message: 'Say more.' }] })
  const engine = createNunjucksEngine({ debug: true })
  console.log(await engine.renderString('{{ form }}', { form }))
  const other = new ContactForm({ data: { name: 'ann'.repeat(9), age: 'x' } })
  await other.isValid()
  console.log(JSON.stringify(other.errors))
  console.log(await engine.renderString('{{ form.name }}', { form: other }))
  console.log(await engine.renderString('{{ form }}', { form: new ContactForm() }))
})
