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

/** `<input type="text">` */
export class TextInput extends Input {
  readonly inputType: string = 'text'
}

/** `<input type="number">` */
export class NumberInput extends Input {
  readonly inputType = 'number'
}

/** `<input type="email">` */
export class EmailInput extends Input {
  readonly inputType = 'email'
}

/** `<input type="url">` */
export class URLInput extends Input {
  readonly inputType = 'url'
}

/** `<input type="search">` */
export class SearchInput extends Input {
  readonly inputType = 'search'
}

/** `<input type="tel">` */
export class TelInput extends Input {
  readonly inputType = 'tel'
}

/** `<input type="color">` */
export class ColorInput extends Input {
  readonly inputType = 'color'
}

/** `<input type="hidden">` */
export class HiddenInput extends Input {
  readonly inputType = 'hidden'

  override get isHidden(): boolean {
    return true
  }
}

/** `<input type="password">`. What was sent is not shown again unless `renderValue` says so. */
export class PasswordInput extends Input {
  readonly inputType = 'password'
  readonly renderValue: boolean

  constructor(attrs: Attributes = {}, options: { readonly renderValue?: boolean } = {}) {
    super(attrs)
    this.renderValue = options.renderValue ?? false
  }

  override getContext(name: string, value: unknown, attrs: Attributes): WidgetContext {
    return super.getContext(name, this.renderValue ? value : null, attrs)
  }
}
