import type { Field } from './field.ts'

/** The pair of a field's `choices` that `value` belongs to. Dates, decimals and their like are told by what they say. */
export function choiceOf(field: Field, value: unknown): readonly [value: unknown, label: string] | undefined {
  const { choices } = field.options
  if (typeof value !== 'object' || value === null) return choices?.find(([choice]) => choice === value)
  const encoded = field.toSql(value)
  return choices?.find(([choice]) => choice === value || (choice !== null && field.toSql(choice) === encoded))
}

/** What people read for a value: its label where the field has choices, else the value as text, nothing for `null`. */
export function choiceLabel(field: Field, value: unknown): string {
  const choice = choiceOf(field, value)
  if (choice) return choice[1]
  return value === null || value === undefined ? '' : String(value)
}
