import { type ZodType, z } from 'zod'
import type { Attributes } from '../rendering/attributes.ts'
import { NumberInput } from '../widgets/input.ts'
import type { Widget } from '../widgets/widget.ts'
import type { UnlessRequired } from './field-options.ts'
import type { FormField } from './form-field.ts'
import { boundedNumber, NumberField, type NumberOptions } from './number-field.ts'

export interface FloatOptions<Required extends boolean = boolean> extends NumberOptions<number, Required> {}

/** A number as text: digits, a point, an exponent. */
export const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** A finite floating-point number. Django's `FloatField`. */
export class FloatField<T = number> extends NumberField<T> {
  protected override schema(): ZodType {
    const number = z.union([z.number(), z.bigint(), z.string().regex(numberPattern)]).transform(Number)
    return number.pipe(boundedNumber(z.number(), this as NumberField<unknown>))
  }

  override widgetAttributes(widget: Widget): Attributes {
    if (!(widget instanceof NumberInput)) return {}
    return { ...super.widgetAttributes(widget), step: this.stepSize ?? 'any' }
  }
}

/** A floating-point number. */
export function float<const Required extends boolean = true>(
  options: FloatOptions<Required> = {},
): FormField<number | UnlessRequired<Required>> {
  return new FloatField('float', options)
}
