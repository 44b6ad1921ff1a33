import { textOf } from '@nuages/i18n'
import type { SafeString } from '@nuages/templates'
import { type Attributes, attributesHtml } from '../rendering/attributes.ts'
import { plainText } from '../rendering/plain-text.ts'
import { type Choice, type Choices, isGroup } from './choices.ts'

/** One option as a template sees it. */
export interface Option {
  readonly value: string
  readonly label: string
  readonly selected: boolean
  /** Of an option that is an input of its own. */
  readonly id: string
  readonly attributes: SafeString
}

/** Options under a heading; `''` where they have none. */
export interface OptionGroup {
  readonly label: string
  readonly options: readonly Option[]
}

/** What each option is shown with, beside its value. */
export type OptionAttributes = (index: number, selected: boolean) => Attributes

/** The options of `choices`, those that `selected` names marked. Neighbours without a heading share a group. */
export function optionGroups(
  choices: Choices,
  selected: ReadonlySet<string>,
  attributesOf: OptionAttributes,
): readonly OptionGroup[] {
  const groups: { label: string; options: Option[] }[] = []
  let index = 0
  const optionOf = ([value, label]: Choice): Option => {
    const text = plainText(value)
    const attributes = attributesOf(index++, selected.has(text))
    const id = plainText(attributes['id'])
    return {
      value: text,
      label: textOf(label),
      selected: selected.has(text),
      id,
      attributes: attributesHtml(attributes),
    }
  }
  for (const entry of choices) {
    const last = groups.at(-1)
    if (isGroup(entry)) groups.push({ label: textOf(entry[0]), options: entry[1].map(optionOf) })
    else if (last && last.label === '') last.options.push(optionOf(entry))
    else groups.push({ label: '', options: [optionOf(entry)] })
  }
  return groups
}
