import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createNunjucksEngine } from '@nuages/templates'
import { afterAll, expect, test } from 'vitest'
import {
  type BaseForm,
  char,
  choice,
  email,
  Form,
  HiddenInput,
  integer,
  RadioSelect,
  splitDateTime,
  Textarea,
} from '../../src/index.ts'

const engine = createNunjucksEngine({ debug: true })

/** Rendered without the white space between tags. */
const render = async (source: string, form: BaseForm, engineOf = engine): Promise<string> =>
  (await engineOf.renderString(source, { form })).replace(/>\s+</g, '><').trim()

class PostForm extends Form({
  title: char({ maxLength: 20, helpText: 'Short & sweet.' }),
  size: choice({
    choices: [
      ['s', 'Small'],
      ['m', 'Medium'],
    ],
    widget: RadioSelect,
    helpText: 'One of them.',
  }),
  token: char({ widget: HiddenInput, required: false }),
}) {}

test('a field has a label, its help text, and an input that both are tied to', async () => {
  expect(await render('{{ form.title.asFieldGroup() }}', new PostForm())).toBe(
    '<div class="field" data-field="title"><label for="id_title">Title</label>' +
      '<div class="help" id="id_title_help">Short &amp; sweet.</div>' +
      '<input type="text" name="title" maxlength="20" id="id_title" required aria-describedby="id_title_help"></div>',
  )
})

test('errors are tied to the input too', async () => {
  const form = new PostForm({ data: { title: '' } })
  await form.isValid()
  expect(await render('{{ form.title.asFieldGroup() }}', form)).toBe(
    '<div class="field" data-field="title"><label for="id_title">Title</label>' +
      '<div class="help" id="id_title_help">Short &amp; sweet.</div>' +
      '<ul class="errorlist" id="id_title_error"><li>This field is required.</li></ul>' +
      '<input type="text" name="title" maxlength="20" id="id_title" required' +
      ' aria-describedby="id_title_help id_title_error" aria-invalid="true"></div>',
  )
})

test('several inputs are held together by a fieldset', async () => {
  const form = new PostForm({ data: { title: 'x' } })
  await form.isValid()
  expect(await render('{{ form.size.asFieldGroup() }}', form)).toBe(
    '<div class="field" data-field="size"><fieldset aria-describedby="id_size_help id_size_error"><legend>Size</legend>' +
      '<div class="help" id="id_size_help">One of them.</div>' +
      '<ul class="errorlist" id="id_size_error"><li>This field is required.</li></ul>' +
      '<div class="choices" id="id_size">' +
      '<div class="choice"><label for="id_size_0">' +
      '<input type="radio" name="size" value="s" id="id_size_0" required aria-invalid="true"> Small</label></div>' +
      '<div class="choice"><label for="id_size_1">' +
      '<input type="radio" name="size" value="m" id="id_size_1" required aria-invalid="true"> Medium</label></div>' +
      '</div></fieldset></div>',
  )
})

test('the form prints itself: errors of the whole, fields, hidden fields last', async () => {
  const form = new PostForm({ data: { title: 'x', size: 's', token: 't' } })
  await form.isValid()
  form.addError(null, 'Not <today>.')
  const html = await render('{{ form }}', form)
  expect(html).toBe(await render('{{ form.asDiv() }}', form))
  expect(html.startsWith('<ul class="errorlist nonfield"><li>Not &lt;today&gt;.</li></ul><div class="field"')).toBe(
    true,
  )
  expect(html.endsWith('<input type="hidden" name="token" value="t" id="id_token">')).toBe(true)
  expect(html.match(/data-field="\w+"/g)).toEqual(['data-field="title"', 'data-field="size"'])
})

test('errors of hidden fields stand above, where they can be seen', async () => {
  class HiddenForm extends Form({ token: integer({ widget: HiddenInput }) }) {}
  const form = new HiddenForm({ data: { token: 'x' } })
  await form.isValid()
  expect(await render('{{ form }}', form)).toBe(
    '<ul class="errorlist nonfield"><li>(Hidden field token) Enter a whole number.</li></ul>' +
      '<input type="hidden" name="token" value="x" id="id_token">',
  )
})

test('a template may put a form together itself', async () => {
  const form = new PostForm({ labelSuffix: ':' })
  const source = `{% for field in form %}{{ field.labelTag() }}{{ field.name }}/{{ field.widgetType }}
    {%- if field.isHidden %} hidden{% endif %}{% if field.errors %} wrong{% endif %};{% endfor %}`
  expect(await render(source, form)).toBe(
    '<label for="id_title">Title:</label>title/TextInput;<legend>Size:</legend>size/RadioSelect;' +
      '<label for="id_token">Token:</label>token/HiddenInput hidden;',
  )
  expect(await render('{{ form.title.labelTag("<b>", { class: "x" }) }}', form)).toBe(
    '<label for="id_title" class="x">&lt;b&gt;:</label>',
  )
  expect(await render('{{ form.title.asHidden() }}{{ form.title.asWidget({ attrs: { class: "w" } }) }}', form)).toBe(
    '<input type="hidden" name="title" id="id_title">' +
      '<input type="text" name="title" maxlength="20" id="id_title" required aria-describedby="id_title_help" class="w">',
  )
})

const nasty = `<script>"'&</script>`
const escaped = '&lt;script&gt;&quot;&#x27;&amp;&lt;/script&gt;'

test('nothing that a visitor or a row says becomes HTML', async () => {
  class NastyForm extends Form({
    text: char({ label: nasty, helpText: nasty, widget: new Textarea({ placeholder: nasty, 'data-x': nasty }) }),
    pick: choice({
      choices: [
        [nasty, nasty],
        [nasty, [['x', nasty]]],
      ],
      errorMessages: { invalid_choice: ({ value }) => `${value}?` },
    }),
    radio: choice({
      choices: [
        [nasty, nasty],
        [nasty, [['x', nasty]]],
      ],
      widget: RadioSelect,
    }),
  }) {}
  const form = new NastyForm({ data: { text: nasty, pick: '<i>', radio: nasty }, prefix: nasty })
  const bound = new NastyForm({
    data: { [`${nasty}-text`]: `</textarea>${nasty}`, [`${nasty}-pick`]: '<i>' },
    prefix: nasty,
  })
  await form.isValid()
  await bound.isValid()
  bound.addError(null, nasty)
  for (const one of [form, bound]) {
    const html = await render('{{ form }}{{ form.errors }}', one)
    expect(html).not.toContain('<script')
    expect(html).not.toContain('<i>')
    expect(html).not.toContain('"&</')
    expect(html).toContain(escaped)
  }
  expect(await render('{{ form.text }}', bound)).toContain('&lt;/textarea&gt;&lt;script')
  expect(await render('{{ form.pick.errors }}', bound)).toContain('<li>&lt;i&gt;?</li>')
})

test('a name that is no attribute is refused', async () => {
  class OddForm extends Form({ a: char({ widget: new Textarea({ 'x onload="alert(1)"': 'y' }) }) }) {}
  await expect(render('{{ form }}', new OddForm())).rejects.toThrow('is no name of an HTML attribute')
})

test('a summary of the errors leads to the fields', async () => {
  const form = new PostForm({ data: { title: '', size: 's' } })
  await form.isValid()
  form.addError(null, 'Later.')
  expect(await render('{{ form.errorSummary() }}', form)).toBe(
    '<div class="error-summary" role="alert"><ul><li>Later.</li>' +
      '<li><a href="#id_title">Title</a>: This field is required.</li></ul></div>',
  )
  expect(await render('{{ form.errorSummary() }}', new PostForm())).toBe('')
  expect(await render('{{ form.errors }}', form)).toBe(
    '<ul class="errorlist"><li>title<ul class="errorlist" id="id_title_error"><li>This field is required.</li></ul></li>' +
      '<li>__all__<ul class="errorlist nonfield"><li>Later.</li></ul></li></ul>',
  )
})

const dir = mkdtempSync(join(tmpdir(), 'nuages-forms-templates-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

test('a project overrides templates by name, all or one', async () => {
  mkdirSync(join(dir, 'nuages/forms/widgets'), { recursive: true })
  writeFileSync(join(dir, 'nuages/forms/widgets/input.html'), '[{{ widget.type }} {{ widget.name }}]')
  writeFileSync(join(dir, 'nuages/forms/field.html'), '<p>{{ field.labelTag() }} {{ field }}</p>')
  const own = createNunjucksEngine({ dirs: [dir], debug: true })
  const html = await render('{{ form }}', new PostForm(), own)
  expect(html).toContain('<p><label for="id_title">Title</label> [text title]</p>')
  expect(html).toContain('<input type="radio"')
})

test('a widget may bring a template of its own', async () => {
  writeFileSync(
    join(dir, 'stars.html'),
    '<my-stars name="{{ widget.name }}" value="{{ widget.value }}"{{ widget.attributes }}></my-stars>',
  )
  class StarsWidget extends HiddenInput {
    override get isHidden(): boolean {
      return false
    }
    override get templates() {
      return ['stars.html']
    }
  }
  class StarsForm extends Form({ stars: integer({ initial: 3, widget: StarsWidget }) }) {}
  const own = createNunjucksEngine({ dirs: [dir], debug: true })
  expect(await render('{{ form.stars }}', new StarsForm(), own)).toBe(
    '<my-stars name="stars" value="3" id="id_stars" required></my-stars>',
  )
})

test('without ids labels name nothing', async () => {
  const html = await render('{{ form }}', new PostForm({ autoId: false, useRequiredAttribute: false }))
  expect(html).toContain('<label>Title</label>')
  expect(html).toContain('<input type="text" name="title" maxlength="20" aria-describedby="title_help">')
  expect(html).toContain('<input type="radio" name="size" value="s"> Small')
})

test('an input that has an id of its own keeps it', async () => {
  class OwnForm extends Form({ mail: email({ widget: new Textarea({ id: 'mine', required: false }) }) }) {}
  const html = await render('{{ form.mail.labelTag() }}{{ form.mail }}', new OwnForm())
  expect(html).toContain('<label for="mine">')
  expect(html).toContain('id="mine"')
})

test('the page shows again what was sent, also where it is wrong', async () => {
  class AgainForm extends Form({ n: integer(), at: splitDateTime() }) {}
  const form = new AgainForm({ data: { n: 'seven', at_0: '2026-07-31', at_1: 'noon' } })
  await form.isValid()
  const html = await render('{{ form }}', form)
  expect(html).toContain('value="seven"')
  expect(html).toContain('value="2026-07-31"')
  expect(html).toContain('value="noon"')
})

test('a value that the page showed is sent along where the field says so', async () => {
  class HiddenForm extends Form({ n: integer({ initial: 1, showHiddenInitial: true }) }) {}
  expect(await render('{{ form.n.asFieldGroup() }}', new HiddenForm())).toContain(
    '<input type="hidden" name="initial-n" value="1">',
  )
})
