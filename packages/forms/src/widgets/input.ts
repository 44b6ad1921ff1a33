import type { Attributes } from '../rendering/attributes.ts'
import { Widget, type WidgetContext } from './widget.ts'

/** An `<input>`. Django's `Input`. */
export abstract class Input extends Widget {
  abstract readonly inputType: string
  readonly templateName: string = 'widgets/input.html'

  override getContext(name: string, value: unknown, attrs: Attributes): WidgetContext {
    return { ...super.getContext(name, value, attrs), type: this.inputType }
  }
}

export class TextInput extends Input {
  readonly inputType: string = 'text'
}

export class NumberInput extends Input {
  readonly inputType = 'number'
}

export class HiddenInput extends Input {
  readonly inputType = 'hidden'

  override get isHidden(): boolean {
    return true
  }
}
