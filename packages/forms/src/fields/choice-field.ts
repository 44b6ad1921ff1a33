import { gettext } from '@nuages/i18n'
import { ValidationError } from '@nuages/orm'
import type { ZodType } from 'zod'
import { type Choices, type ChoicesSource, type ChoiceValue, flatChoices } from '../choices/choices.ts'
import { plainText } from '../rendering/plain-text.ts'
import { ChoiceWidget } from '../widgets/choice-widget.ts'
import { MultipleHiddenInput } from '../widgets/multiple-hidden-input.ts'
import { Select, SelectMultiple } from '../widgets/select.ts'
import type { Widget } from '../widgets/widget.ts'
import type { FieldOptions, Message, UnlessRequired } from './field-options.ts'
import { converting, Refusal } from './findings.ts'
import { FormField } from './form-field.ts'

type Messages = Readonly<Record<string, Message>>
type Given = Choices | (() => Choices)

export interface ChoiceOptions<C extends Given = Given, Empty = unknown, Required extends boolean = boolean>
  extends FieldOptions<unknown, Required> {
  /** Pairs of value and label, groups of such, or a function that gives them each time. */
  readonly choices: C
  /** What no choice becomes. Default `''`; of several, the empty list. */
  readonly emptyValue?: Empty
}

export interface TypedChoiceOptions<V = unknown, Empty = unknown, Required extends boolean = boolean>
  extends ChoiceOptions<Given, Empty, Required> {
  /** Makes the value of what was sent: `Number`. What it throws is `invalid_choice`. */
  readonly coerce: (text: string) => V
}

/** One of several values. The value is the choice's own: of `[[1, 'One']]` the number 1. Django's `ChoiceField`. */
export class ChoiceField<T = unknown> extends FormField<T> {
  choices: Given
  readonly coerce: ((text: string) => unknown) | undefined
  override readonly emptyValue: unknown

  constructor(factory: string, options: ChoiceOptions & { readonly coerce?: (text: string) => unknown }) {
    super(factory, options as FieldOptions<T>, ['choices', 'emptyValue', 'coerce'])
    this.choices = options.choices
    this.coerce = options.coerce
    this.emptyValue = options.emptyValue === undefined ? '' : options.emptyValue
  }

  protected override defaultWidget(): Widget {
    return new Select()
  }

  override prepareWidget(widget: Widget): Widget {
    if (widget instanceof ChoiceWidget) widget.choices = this.choices as ChoicesSource
    return super.prepareWidget(widget)
  }

  protected override schema(): ZodType {
    return converting((value) => this.chosen(value))
  }

  /** The choices may be changed on a form's copy of the field, so no schema of theirs is kept. */
  protected override convert(given: unknown): unknown {
    this.built = undefined
    return super.convert(given)
  }

  private chosen(value: unknown): unknown {
    const choices = typeof this.choices === 'function' ? this.choices() : this.choices
    const found = flatChoices(choices).find(([choice]) => plainText(choice) === plainText(value))
    const refusal = new Refusal('invalid_choice', { value: plainText(value).slice(0, 200) })
    if (!found) return refusal
    return this.coerce ? (coerced(this.coerce, plainText(found[0])) ?? refusal) : found[0]
  }

  protected override canonical(given: unknown): string {
    return plainText(given)
  }

  protected override defaultMessages(): Messages {
    return {
      ...super.defaultMessages(),
      invalid_choice: ({ value }) => gettext("'{value}' is none of the choices.", { value }),
    }
  }
}

function coerced(coerce: (text: string) => unknown, text: string): unknown {
  try {
    const value = coerce(text)
    return Number.isNaN(value) ? undefined : value
  } catch (error) {
    if (error instanceof ValidationError) throw error
    return undefined
  }
}

/** Any number of several values. Django's `MultipleChoiceField`. */
export class MultipleChoiceField<T = readonly unknown[]> extends ChoiceField<T> {
  constructor(factory: string, options: ChoiceOptions & { readonly coerce?: (text: string) => unknown }) {
    super(factory, { ...options, emptyValue: options.emptyValue ?? [] })
  }

  protected override defaultWidget(): Widget {
    return new SelectMultiple()
  }

  override hiddenWidget(): Widget {
    return new MultipleHiddenInput()
  }

  /** Each choice once, however often it was sent. */
  protected override convert(given: unknown): unknown {
    if (!Array.isArray(given)) this.fail('invalid_list')
    const texts = new Map((given as unknown[]).map((value) => [plainText(value), value]))
    return Array.from(texts.values(), (value) => super.convert(value))
  }

  override hasChanged(initial: unknown, data: unknown): boolean {
    if (this.disabled) return false
    const before = textSet(initial)
    const after = textSet(data)
    return before.size !== after.size || before.isSubsetOf(after) === false
  }

  protected override defaultMessages(): Messages {
    return { ...super.defaultMessages(), invalid_list: gettext('This has to be a list of values.') }
  }
}

function textSet(values: unknown): Set<string> {
  if (values === null || values === undefined) return new Set()
  return new Set((Array.isArray(values) ? values : [values]).map(plainText))
}

/** One of several values, in a `Select`. */
export function choice<const C extends Given, const Empty = '', const Required extends boolean = true>(
  options: ChoiceOptions<C, Empty, Required>,
): FormField<ChoiceValue<C> | UnlessRequired<Required, Empty>> {
  return new ChoiceField('choice', options)
}

/** One of several values, made into another type by `coerce`. */
export function typedChoice<V, const Empty = '', const Required extends boolean = true>(
  options: TypedChoiceOptions<V, Empty, Required>,
): FormField<V | UnlessRequired<Required, Empty>> {
  return new ChoiceField('typedChoice', options)
}

/** Any number of several values, in a `SelectMultiple`. */
export function multipleChoice<const C extends Given, const Empty = never, const Required extends boolean = true>(
  options: ChoiceOptions<C, Empty, Required>,
): FormField<ChoiceValue<C>[] | UnlessRequired<Required, Empty>> {
  return new MultipleChoiceField('multipleChoice', options)
}

/** Any number of several values, each made into another type by `coerce`. */
export function typedMultipleChoice<V, const Empty = never, const Required extends boolean = true>(
  options: TypedChoiceOptions<V, Empty, Required>,
): FormField<V[] | UnlessRequired<Required, Empty>> {
  return new MultipleChoiceField('typedMultipleChoice', options)
}
