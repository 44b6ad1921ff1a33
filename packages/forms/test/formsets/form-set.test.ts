import { QueryDict } from '@nuages/http'
import { ValidationError } from '@nuages/orm'
import { createNunjucksEngine } from '@nuages/templates'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { char, Form, FormSet, type FormSetInit, integer } from '../../src/index.ts'

class DrinkForm extends Form({ name: char({ maxLength: 10 }), litres: integer({ required: false, minValue: 1 }) }) {}
class DrinkFormSet extends FormSet(DrinkForm, { extra: 2 }) {}

const engine = createNunjucksEngine({ debug: true })

/** What a browser sends of a formset: the management form, and of each form what is given. */
function sent(forms: readonly Record<string, string>[], management: Record<string, string> = {}, initial = 0) {
  const data: Record<string, string> = {
    'form-TOTAL_FORMS': String(forms.length),
    'form-INITIAL_FORMS': String(initial),
  }
  for (const [index, form] of forms.entries()) {
    for (const [name, value] of Object.entries(form)) data[`form-${index}-${name}`] = value
  }
  return { ...data, ...management }
}

function codesOf(formset: { nonFormErrors(): { data: readonly { code: string }[] } }) {
  return formset.nonFormErrors().data.map(({ code }) => code)
}

describe('the forms of a page', () => {
  test('are those with initial values, and empty ones', async () => {
    const formset = new DrinkFormSet({ initial: [{ name: 'Tea' }] })
    const forms = await formset.forms
    expect(forms.map((form) => form.get('name').initial)).toEqual(['Tea', undefined, undefined])
    expect(forms.map(({ prefix }) => prefix)).toEqual(['form-0', 'form-1', 'form-2'])
    expect(forms.map(({ emptyPermitted }) => emptyPermitted)).toEqual([false, true, true])
    expect(await formset.isValid()).toBe(false)
    expect([formset.initialFormCount(), formset.totalFormCount()]).toEqual([1, 3])
    const seen: DrinkForm[] = []
    for await (const form of formset) seen.push(form)
    expect(seen).toEqual(forms)
    expect(formset.errors).toEqual([])
  })

  test.each([
    [{ extra: 0 }, 0, 0],
    [{ extra: 3, maxNum: 2 }, 0, 2],
    [{ extra: 1, minNum: 2 }, 0, 3],
    [{ extra: 1, maxNum: 1 }, 3, 3],
    [{ extra: 5, maxNum: 0 }, 0, 0],
  ])('with %o and %i initial ones, are %i + … forms', async (options, initial, total) => {
    const formset = new (FormSet(DrinkForm, options))({ initial: new Array(initial).fill({ name: 'x' }) })
    expect((await formset.forms).length).toBe(total)
  })

  test('are printed with the management form, by templates', async () => {
    const formset = new DrinkFormSet({ initial: [{ name: 'Tee <ü>' }], prefix: 'drinks' })
    const html = await engine.renderString('{{ formset }}', { formset })
    expect(html).toContain('<input type="hidden" name="drinks-TOTAL_FORMS" value="3" id="id_drinks-TOTAL_FORMS">')
    expect(html).toContain('name="drinks-INITIAL_FORMS" value="1"')
    expect(html).toContain('name="drinks-MIN_NUM_FORMS" value="0"')
    expect(html).toContain('name="drinks-MAX_NUM_FORMS" value="1000"')
    expect(html).toContain('data-form="drinks-2"')
    expect(html).toContain('name="drinks-0-name" value="Tee &lt;ü&gt;"')
    expect(html).not.toContain(' required')
    const source = '{% for form in formset %}[{{ form.name.htmlName }}]{% endfor %}{{ formset.forms[0].name.value() }}'
    expect(await engine.renderString(source, { formset: new DrinkFormSet({ prefix: 'd' }) })).toBe(
      '[d-0-name][d-1-name]',
    )
    const own = '{{ formset.managementForm }}{{ formset.emptyForm.name }}'
    expect(await engine.renderString(own, { formset: new DrinkFormSet() })).toContain('name="form-__prefix__-name"')
  })

  test('keep a place for scripts to copy', () => {
    const { emptyForm } = new (FormSet(DrinkForm, { canDelete: true, canOrder: true }))()
    expect(Object.keys(emptyForm.fields)).toEqual(['name', 'litres', 'ORDER', 'DELETE'])
    expect(new DrinkFormSet().isMultipart()).toBe(false)
  })

  test('are made with what a form of their own asks for', async () => {
    class AskingForm extends DrinkForm {
      constructor(options: ConstructorParameters<typeof DrinkForm>[0] & { label?: string } = {}) {
        super(options)
        this.fields.name.label = options.label
      }
    }
    const formset = new (FormSet(AskingForm))({ formOptions: { label: 'Which?' } })
    expect((await formset.forms)[0]?.get('name').label).toBe('Which?')
    expect(formset.emptyForm.get('name').label).toBe('Which?')
  })
})

describe('what was sent', () => {
  test('is the values of the forms that were filled in', async () => {
    const data = sent([{ name: 'Tea', litres: '1' }, { name: '', litres: '' }, { name: 'Wein' }])
    const formset = new DrinkFormSet({ data })
    expect(await formset.isValid()).toBe(true)
    expect(formset.cleanedData).toEqual([
      { name: 'Tea', litres: 1 },
      { name: 'Wein', litres: null },
    ])
    expect(await formset.hasChanged()).toBe(true)
    expect(await new DrinkFormSet({ data: sent([{ name: '' }]) }).hasChanged()).toBe(false)
  })

  test('may come from a query dict', async () => {
    const data = QueryDict.parse('form-TOTAL_FORMS=1&form-INITIAL_FORMS=0&form-0-name=T%C3%A9')
    const formset = new DrinkFormSet({ data })
    expect(await formset.isValid()).toBe(true)
    expect(formset.cleanedData[0]?.name).toBe('Té')
  })

  test('is wrong where a form is, one that was there before even if it is empty', async () => {
    const formset = new DrinkFormSet({ data: sent([{ name: 'Tea', litres: '0' }, { name: '' }]) })
    expect(await formset.isValid()).toBe(false)
    expect(formset.errors.map((errors) => [...errors.keys()])).toEqual([['litres'], []])
    expect(formset.totalErrorCount()).toBe(1)
    const emptied = new DrinkFormSet({ initial: [{ name: 'Tea' }], data: sent([{ name: '' }], {}, 1) })
    expect(await emptied.isValid()).toBe(false)
    expect(await engine.renderString('{{ formset }}', { formset: emptied })).toContain('This field is required.')
  })

  test('is not asked before it was validated', () => {
    const formset = new DrinkFormSet({ data: sent([{ name: 'Tea' }]) })
    for (const member of ['errors', 'cleanedData', 'deletedForms'] as const) {
      expect(() => formset[member]).toThrow(`DrinkFormSet.${member} was read before the formset was validated.`)
    }
  })

  test('is checked as a whole', async () => {
    class Distinct extends FormSet(DrinkForm) {
      override clean() {
        const names = this.cleanedData.map(({ name }) => name)
        if (new Set(names).size < names.length) throw new ValidationError('Twice.', { code: 'twice' })
      }
    }
    const formset = new Distinct({ data: sent([{ name: 'Tea' }, { name: 'Tea' }]) })
    expect(await formset.isValid()).toBe(false)
    expect(codesOf(formset)).toEqual(['twice'])
    expect(await engine.renderString('{{ formset }}', { formset })).toContain('<li>Twice.</li>')
    // Where a form has errors, what clean() reads of it ends the check, and nothing else.
    const broken = new Distinct({ data: sent([{ name: 'Tea' }, { name: 'far too long a name' }]) })
    expect(await broken.isValid()).toBe(false)
    expect(codesOf(broken)).toEqual([])
  })
})

describe('limits', () => {
  test.each([
    [{ minNum: 2, validateMin: true }, [{ name: 'a' }, { name: '' }], ['too_few_forms']],
    [{ minNum: 2, validateMin: true }, [{ name: 'a' }, { name: 'b' }], []],
    [{ minNum: 2 }, [{ name: 'a' }, { name: 'b' }], []],
    [{ maxNum: 1, validateMax: true }, [{ name: 'a' }, { name: 'b' }], ['too_many_forms']],
    [{ maxNum: 1 }, [{ name: 'a' }, { name: 'b' }], []],
    [{ maxNum: 1, validateMax: true, canDelete: true }, [{ name: 'a' }, { name: 'b', DELETE: 'on' }], []],
    [{ maxNum: 1, absoluteMax: 1 }, [{ name: 'a' }, { name: 'b' }], ['too_many_forms']],
  ])('%o', async (options, forms, codes) => {
    const formset = new (FormSet(DrinkForm, options))({ data: sent(forms as Record<string, string>[]) })
    await formset.isValid()
    expect(codesOf(formset)).toEqual(codes)
  })

  test('a page cannot make more forms than the absolute limit', async () => {
    const formset = new DrinkFormSet({ data: sent([{ name: 'a' }], { 'form-TOTAL_FORMS': '999999999' }) })
    expect((await formset.forms).length).toBe(2000)
    expect(await formset.isValid()).toBe(false)
    expect(codesOf(formset)).toEqual(['too_many_forms'])
    expect(formset.cleanedData).toEqual([{ name: 'a', litres: null }])
  })

  test('the absolute limit is not below the other', () => {
    expect(() => FormSet(DrinkForm, { maxNum: 5, absoluteMax: 4 })).toThrow(
      'at most 4 forms (absoluteMax), fewer than the 5',
    )
    expect(() => FormSet({} as never)).toThrow('FormSet() takes the class of a form.')
  })

  test('a management form that was tampered with is an error, whatever it says', async () => {
    for (const wrong of ['', 'x', '-1', '1.5', '1e3', ' 1', '99999999999999999999', '٣', 'NaN']) {
      for (const name of ['form-TOTAL_FORMS', 'form-INITIAL_FORMS']) {
        const formset = new DrinkFormSet({ data: sent([{ name: 'a' }], { [name]: wrong }) })
        expect(await formset.isValid()).toBe(false)
        expect(codesOf(formset)).toEqual(['missing_management_form'])
        expect(formset.nonFormErrors().join()).toContain(name)
        expect(await engine.renderString('{{ formset }}', { formset })).toContain('name="form-TOTAL_FORMS" value="0"')
      }
    }
    const bare = new DrinkFormSet({ data: { name: 'a' } })
    expect(await bare.isValid()).toBe(false)
    expect(codesOf(bare)).toEqual(['missing_management_form'])
    // More that were there before than there are at all.
    const more = new DrinkFormSet({ data: sent([{ name: 'a' }], { 'form-INITIAL_FORMS': '7' }) })
    expect(await more.isValid()).toBe(true)
    expect(more.initialFormCount()).toBe(1)
  })

  test('whatever is sent, validating ends and never throws', async () => {
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('0', '1', '2', '3', '999999999'),
      fc.array(fc.string(), { maxLength: 2 }),
    )
    const names = [
      'form-TOTAL_FORMS',
      'form-INITIAL_FORMS',
      'form-0-name',
      'form-1-DELETE',
      'form-0-ORDER',
      'form-1-litres',
    ]
    const Small = FormSet(DrinkForm, { maxNum: 2, absoluteMax: 3, canDelete: true, canOrder: true })
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), value), async (data) => {
        const formset = new Small({ data } as FormSetInit)
        const valid = await formset.isValid()
        expect((await formset.forms).length).toBeLessThanOrEqual(3)
        expect(formset.orderedForms.length + formset.deletedForms.length).toBeLessThanOrEqual(3)
        expect(valid).toBe(formset.totalErrorCount() === 0)
      }),
    )
  })
})

describe('deleting and ordering', () => {
  class OrderedFormSet extends FormSet(DrinkForm, { canOrder: true, canDelete: true }) {}

  test('forms say which of them go, and may be invalid then', async () => {
    const forms = [
      { name: 'a' },
      { name: '', DELETE: 'on' },
      { name: 'far too long a name', DELETE: 'on' },
      { name: 'b' },
    ]
    const formset = new OrderedFormSet({ initial: [{ name: 'a' }, { name: 'x' }], data: sent(forms as never, {}, 2) })
    expect(await formset.isValid()).toBe(true)
    expect(formset.deletedForms.map(({ prefix }) => prefix)).toEqual(['form-1', 'form-2'])
    expect(formset.cleanedData.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(formset.errors.length).toBe(2)
  })

  test('extra forms offer it only where they may', async () => {
    const Kept = FormSet(DrinkForm, { canDelete: true, canDeleteExtra: false })
    const [first, second] = await new Kept({ initial: [{ name: 'a' }] }).forms
    expect(Object.keys(first!.fields)).toContain('DELETE')
    expect(Object.keys(second!.fields)).not.toContain('DELETE')
    const formset = new Kept({ data: sent([{ name: 'a', DELETE: 'on' }]) })
    expect(await formset.isValid()).toBe(true)
    expect(formset.deletedForms).toEqual([])
  })

  test('forms are in the order that was sent, those without a number last', async () => {
    const forms = [
      { name: 'a', ORDER: '' },
      { name: 'b', ORDER: '2' },
      { name: 'c', ORDER: '1' },
      { name: 'd', ORDER: '-1' },
      { name: 'e', ORDER: '' },
      { name: '', ORDER: '' },
      { name: 'f', ORDER: '0', DELETE: 'on' },
    ]
    const formset = new OrderedFormSet({ data: sent(forms as never) })
    expect(await formset.isValid()).toBe(true)
    expect(formset.orderedForms.map((form) => form.cleanedData.name)).toEqual(['d', 'c', 'b', 'a', 'e'])
    expect(() => new DrinkFormSet().orderedForms).toThrow('it was made without canOrder')
    const [first] = await new OrderedFormSet({ initial: [{ name: 'a' }] }).forms
    expect(first?.get('ORDER').initial).toBe(1)
  })
})
