import type { Attributes } from '../rendering/attributes.ts'
import { plainText } from '../rendering/plain-text.ts'
import { ChoiceWidget } from './choice-widget.ts'
import type { WidgetContext } from './widget.ts'

/** Choices as inputs of their own, each with its label. */
abstract class ChoiceInputs extends ChoiceWidget {
  readonly templateName: string = 'widgets/choice_inputs.html'
  abstract readonly inputType: string

  override get useFieldset(): boolean {
    return true
  }

  /** The whole has a legend; each of its labels names its own input. */
  override idForLabel(_id: string): string {
    return ''
  }

  override getContext(name: string, value: unknown, attrs: Attributes): WidgetContext {
    const context = super.getContext(name, value, attrs)
    return {
      ...context,
      type: this.inputType,
      id: plainText(context.attrs['id']),
      class: plainText(context.attrs['class']),
    }
  }

  protected override optionAttributes(attrs: Attributes, index: number, selected: boolean): Attributes {
    const { id } = attrs
    return { ...attrs, id: id ? `${id}_${index}` : null, checked: selected }
  }
}

/** Radio buttons. */
export class RadioSelect extends ChoiceInputs {
  readonly inputType = 'radio'
}

/** Checkboxes of which any number may be ticked. */
export class CheckboxSelectMultiple extends ChoiceInputs {
  readonly inputType = 'checkbox'

  override get allowsMultiple(): boolean {
    return true
  }

  /** A browser would ask for every one of them. */
  override useRequiredAttribute(): boolean {
    return false
  }

  override valueOmittedFromData(): boolean {
    return false
  }
}
