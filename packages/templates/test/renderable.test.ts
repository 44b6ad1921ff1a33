import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createNunjucksEngine, type Renderable, renderable, SafeString, type TemplateContext } from '../src/index.ts'
import { Rows, Store } from './library-of-authors.ts'
import { templateTree } from './template-tree.ts'

/** Prints itself by `template`, and counts how often it was asked. */
class Widget implements Renderable {
  asked = 0
  readonly #template: string | readonly (string | URL)[]
  readonly #context: () => TemplateContext

  constructor(template: string | readonly (string | URL)[], context: () => TemplateContext = () => ({})) {
    this.#template = template
    this.#context = context
  }

  [renderable]() {
    this.asked += 1
    return { template: this.#template, context: this.#context() }
  }
}

function engineOf(files: Readonly<Record<string, string>>) {
  const tree = templateTree(files)
  const globals = { site: 'Nuages' }
  return { tree, engine: createNunjucksEngine({ dirs: [tree.path()], debug: true, libraries: [{ globals }] }) }
}

const input = '<input value="{{ value }}">'

describe('a value that prints itself by a template', () => {
  test('is escaped by that template, not again', async () => {
    const { engine } = engineOf({ 'input.html': input })
    const field = new Widget('input.html', () => ({ value: '"<' }))
    const safe = '<input value="&quot;&lt;">'
    expect(await engine.renderString('{{ field }}', { field })).toBe(safe)
    expect(await engine.renderString('{% autoescape off %}{{ field }}{% endautoescape %}', { field })).toBe(safe)
    expect(await engine.renderString('{{ "<" ~ field ~ field }}', { field })).toBe(`&lt;${safe}${safe}`)
    expect(await engine.renderString('{% set x %}{{ field }}{% endset %}{{ x }}', { field })).toBe(safe)
  })

  test('sees its own context and the globals, nothing of the page', async () => {
    const { engine } = engineOf({ 'a.html': '{{ site }} {{ name }}{% set outer = 2 %}', 'b.html': '{{ outer }}' })
    const a = new Widget('a.html', () => ({ name: 'a' }))
    expect(await engine.renderString('{% set outer = 1 %}{{ a }} {{ outer }}', { a })).toBe('Nuages a 1')
    const page = engine.renderString('{% set outer = 1 %}{{ b }}', { b: new Widget('b.html') })
    await expect(page).rejects.toThrow("b.html, line 1: 'outer' is undefined")
  })

  test('nests, extends, and takes the first template that exists', async () => {
    const { engine, tree } = engineOf({
      'base.html': '<p>{% block a %}{% endblock %}</p>',
      'group.html': "{% extends 'base.html' %}{% block a %}{{ field }}{% endblock %}",
      'default.html': input,
    })
    const field = new Widget(['no.html', pathToFileURL(tree.path('default.html'))], () => ({ value: 1 }))
    const group = new Widget('group.html', () => ({ field }))
    expect(await engine.renderString('{{ group }}{{ field }}', { group }).catch((error) => error.message)).toContain(
      "'field' is undefined",
    )
    expect(await engine.renderString('{{ group }}', { group })).toBe('<p><input value="1"></p>')
  })

  test('has what it meets loaded with the page, and is asked once', async () => {
    const { engine } = engineOf({ 'select.html': '{% for o in options %}<option>{{ o.name }}</option>{% endfor %}' })
    const store = new Store()
    const options = () => ({ options: new Rows(store, 'options', () => [{ name: 'a' }, { name: '<' }]) })
    const html = '<option>a</option><option>&lt;</option>'
    const select = new Widget('select.html', options)
    expect(await engine.renderString('{{ select }}', { select })).toBe(html)
    expect([select.asked, store.queries]).toEqual([1, ['options']])

    // What makes a new value at each read or call is met again in the next pass.
    const form = {
      get field() {
        return new Widget('select.html', options)
      },
      asDiv: () => new Widget('select.html', options),
    }
    for (const source of ['{{ form.field }}', '{{ form.asDiv() }}', '{{ form.field ~ "" }}']) {
      store.queries.length = 0
      expect(await engine.renderString(source, { form })).toBe(html)
      expect(store.queries).toEqual(['options'])
    }
  })

  test('is rendered outside templates as safe HTML', async () => {
    const { engine } = engineOf({ 'input.html': input })
    const html = await engine.renderValue(new Widget('input.html', () => ({ value: Promise.resolve('<') })))
    expect(html).toBeInstanceOf(SafeString)
    expect(String(html)).toBe('<input value="&lt;">')
  })

  test('says where it failed, from the inside out', async () => {
    const { engine } = engineOf({ 'page.html': '\n{{ field }}', 'input.html': '{{ nope }}' })
    const error = await engine.render('page.html', { field: new Widget('input.html') }).catch((thrown) => thrown)
    expect(error.message).toContain("input.html, line 1: 'nope' is undefined")
    expect(error.trace).toMatchObject([{ template: 'page.html', line: 2 }])
    const lost = engine.renderString('{{ field }}', { field: new Widget([]) })
    await expect(lost).rejects.toThrow('the list of names of templates is empty')
  })
})
