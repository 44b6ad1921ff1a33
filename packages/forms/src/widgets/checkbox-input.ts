import type { ValueSource } from '../forms/value-source.ts'
import type { Attributes } from '../rendering/attributes.ts'
import { Input } from './input.ts'
import type { WidgetContext } from './widget.ts'

const words: Readonly<Record<string, boolean>> = { true: true, True: true, false: false, False: false }

/** `<input type="checkbox">`. A browser does not send one that is not ticked, so a missing one is `false`. */
export class CheckboxInput extends Input {
  readonly inputType = 'checkbox'

  override getContext(name: string, value: unknown, attrs: Attributes): WidgetContext {
    return super.getContext(name, value, { ...attrs, checked: isTicked(value) })
  }

  /** A value of its own, where it is not simply ticked or not. */
  override formatValue(value: unknown): unknown {
    return typeof value === 'boolean' || value === null || value === undefined ? '' : String(value)
  }

  override valueFromData(data: ValueSource, _files: ValueSource, name: string): unknown {
    const value = data.get(name)
    if (typeof value === 'string') return words[value] ?? value !== ''
    return Boolean(value)
  }

  override valueOmittedFromData(): boolean {
    return false
  }
}

function isTicked(value: unknown): boolean {
  return value !== false && value !== null && value !== undefined && value !== ''
}
