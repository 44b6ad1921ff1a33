import { type Choices, type ChoicesSource, flatChoices } from '../choices/choices.ts'
import { type OptionGroup, optionGroups } from '../choices/option-groups.ts'
import type { ValueSource } from '../forms/value-source.ts'
import type { Attributes } from '../rendering/attributes.ts'
import { plainText } from '../rendering/plain-text.ts'
import { afterLoading } from '../rendering/settled.ts'
import { Widget, type WidgetContext } from './widget.ts'

/** What widgets of choices share. The choices are the field's, which gives them to the widget before it is used. */
export abstract class ChoiceWidget extends Widget {
  choices: ChoicesSource = []

  /** Whether several may be chosen. */
  get allowsMultiple(): boolean {
    return false
  }

  /** The choices now, or what they have to be loaded from. */
  protected currentChoices(): unknown {
    return typeof this.choices === 'function' ? this.choices() : this.choices
  }

  override getContext(name: string, value: unknown, attrs: Attributes): WidgetContext {
    const context = super.getContext(name, null, attrs)
    const groups = afterLoading([this.currentChoices(), value], (choices, loaded) =>
      this.groupsOf(choices as Choices, loaded, context.attrs),
    )
    return { ...context, groups }
  }

  protected groupsOf(choices: Choices, value: unknown, attrs: Attributes): readonly OptionGroup[] {
    return optionGroups(choices, this.selectedTexts(value), (index, selected) =>
      this.optionAttributes(attrs, index, selected),
    )
  }

  protected optionAttributes(_attrs: Attributes, _index: number, selected: boolean): Attributes {
    return { selected }
  }

  /** What is chosen, as it stands in the page. */
  protected selectedTexts(value: unknown): ReadonlySet<string> {
    if (!this.allowsMultiple) return new Set([plainText(value)])
    return new Set(
      Array.isArray(value) ? value.map(plainText) : value === null || value === undefined ? [] : [plainText(value)],
    )
  }

  override valueFromData(data: ValueSource, _files: ValueSource, name: string): unknown {
    return this.allowsMultiple ? data.getAll(name) : data.get(name)
  }

  /** Whether the first choice is that of nothing. */
  protected startsEmpty(): boolean {
    const choices = this.currentChoices()
    if (!Array.isArray(choices)) return (choices as { readonly startsEmpty?: boolean }).startsEmpty ?? false
    const [first] = choices as Choices
    return first !== undefined && !Array.isArray(first[1]) && plainText(flatChoices([first])[0]![0]) === ''
  }
}
