import type { FormField } from '../fields/form-field.ts'
import type { FormFields } from './form-fields.ts'

/** Copies of the fields: those that `order` names first, the others in the order of their declaration. */
export function orderedFields(fields: FormFields, order: readonly string[]): Record<string, FormField> {
  const names = new Set([...order.filter((name) => Object.hasOwn(fields, name)), ...Object.keys(fields)])
  return Object.fromEntries(Array.from(names, (name) => [name, fields[name]!.copy()]))
}
