import type { Pending } from '@nuages/foundation'
import type { Text } from '@nuages/i18n'

/** A value to choose, and what the page calls it. */
export type Choice<V = unknown> = readonly [value: V, label: Text]

/** Choices under a heading. */
export type ChoiceGroup<V = unknown> = readonly [label: Text, choices: readonly Choice<V>[]]

export type Choices<V = unknown> = readonly (Choice<V> | ChoiceGroup<V>)[]

/** Choices, a function that is asked each time, or what has to be loaded first. */
export type ChoicesSource<V = unknown> = Choices<V> | (() => Choices<V>) | Pending

/** The values of choices, grouped or not, or of a function that gives them. */
export type ChoiceValue<C> = C extends () => infer R
  ? ChoiceValue<R>
  : C extends readonly (infer Entry)[]
    ? Entry extends readonly [unknown, readonly (infer Inner)[]]
      ? Inner extends readonly [infer V, unknown]
        ? V
        : never
      : Entry extends readonly [infer V, unknown]
        ? V
        : never
    : never

export function isGroup(entry: Choice | ChoiceGroup): entry is ChoiceGroup {
  return Array.isArray(entry[1])
}

/** All choices in one list. */
export function flatChoices(choices: Choices): readonly Choice[] {
  return choices.flatMap((entry) => (isGroup(entry) ? entry[1] : [entry as Choice]))
}
