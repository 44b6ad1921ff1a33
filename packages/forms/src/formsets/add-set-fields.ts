import { gettextLazy } from '@nuages/i18n'
import { boolean } from '../fields/boolean-field.ts'
import type { FormField } from '../fields/form-field.ts'
import { integer } from '../fields/integer-field.ts'
import type { AnyForm } from '../forms/base-form.ts'
import type { FormSetSettings } from './form-set-options.ts'

export const orderField = 'ORDER'
export const deleteField = 'DELETE'

/** Gives a form what its formset asks of it. `place` is that of a form of what was there before, `null` of an extra one. */
export function addSetFields(form: AnyForm, settings: FormSetSettings, place: number | null): void {
  const { canOrder, canDelete, canDeleteExtra } = settings
  if (canOrder) {
    const order = integer({ label: 'Order', required: false, ...(place === null ? {} : { initial: place + 1 }) })
    addField(form, orderField, order)
  }
  if (canDelete && (canDeleteExtra || place !== null)) {
    addField(form, deleteField, boolean({ label: gettextLazy('Delete'), required: false }))
  }
}

/** Adds a field to one form, `{{ form.DELETE }}` in templates. */
export function addField(form: AnyForm, name: string, field: FormField): void {
  const fields: Record<string, FormField> = form.fields
  fields[name] = field
  if (!(name in form)) Object.defineProperty(form, name, { configurable: true, get: () => form.get(name) })
}
