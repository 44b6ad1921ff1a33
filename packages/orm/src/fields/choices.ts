import { LazyText, type Text, textOf } from '@nuages/i18n'
import type { Field } from './field.ts'

export type Choice<Value = unknown> = readonly [value: Value, label: Text]

/** Choices under a heading. */
export type ChoiceGroup<Value = unknown> = readonly [heading: Text, choices: readonly Choice<Value>[]]

/**
 * What a field takes as choices: pairs of value and label, such pairs under headings, or an object whose keys are the values
 * and whose values are the labels: `{ draft: 'Draft', published: 'Published' }`.
 */
export type Choices<Value = unknown> =
  | readonly (Choice<Value> | ChoiceGroup<Value>)[]
  | { readonly [value in Value extends string | number ? Value : never]?: Text }

/** The union of the values of choices. */
export type ChoiceValue<C> = C extends readonly (infer Entry)[]
  ? Entry extends readonly [infer Value, infer Label]
    ? Label extends readonly (readonly [infer Inner, unknown])[]
      ? Inner
      : Value
    : never
  : keyof C

/** Choices as pairs, those under headings among the others. Keys of an object are numbers where the field holds numbers. */
export function flatChoices(choices: object, isNumeric: boolean): readonly Choice[] {
  return groupedChoices(choices, isNumeric).flatMap((entry) => (isGroup(entry) ? entry[1] : [entry]))
}

/** Choices as they are shown: pairs, and headings with pairs. */
export function groupedChoices(choices: object, isNumeric: boolean): readonly (Choice | ChoiceGroup)[] {
  if (Array.isArray(choices)) return choices
  return Object.entries(choices as Readonly<Record<string, Text>>).map(([value, label]) => [
    isNumeric ? Number(value) : value,
    label instanceof LazyText ? label : String(label),
  ])
}

export function isGroup(entry: Choice | ChoiceGroup): entry is ChoiceGroup {
  return Array.isArray(entry[1])
}

/** The pair of a field's `choices` that `value` belongs to. Dates, decimals and their like are told by what they say. */
export function choiceOf(field: Field, value: unknown): Choice | undefined {
  const { choices } = field.options
  if (typeof value !== 'object' || value === null) return choices?.find(([choice]) => choice === value)
  const encoded = field.toSql(value)
  return choices?.find(([choice]) => choice === value || (choice !== null && field.toSql(choice) === encoded))
}

/** What people read for a value: its label where the field has choices, else the value as text, nothing for `null`. */
export function choiceLabel(field: Field, value: unknown): string {
  const choice = choiceOf(field, value)
  if (choice) return textOf(choice[1])
  return value === null || value === undefined ? '' : String(value)
}
