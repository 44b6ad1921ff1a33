import { gettext } from '@nuages/i18n'
import { type ZodType, z } from 'zod'
import type { Message, UnlessRequired } from './field-options.ts'
import { found } from './findings.ts'
import type { FormField } from './form-field.ts'
import { boundedNumber, NumberField, type NumberOptions } from './number-field.ts'

export interface IntegerOptions<Required extends boolean = boolean> extends NumberOptions<number, Required> {}
export interface BigIntegerOptions<Required extends boolean = boolean> extends NumberOptions<bigint, Required> {}

const wholeNumber = /^[+-]?\d+(?:\.0*)?$/
/** More than any column holds, and few enough to be read at once. */
const longest = 400

/** A whole number that a JavaScript number holds exactly. Django's `IntegerField`. */
export class IntegerField<T = number> extends NumberField<T> {
  protected override schema(): ZodType {
    // Plus zero, so that -0 is 0.
    const number = z
      .union([z.number(), z.bigint(), z.string().regex(wholeNumber)])
      .transform((value) => Number(value) + 0)
    return number.pipe(boundedNumber(z.number().int(), this as NumberField<unknown>))
  }

  protected override defaultMessages(): Readonly<Record<string, Message>> {
    return { ...super.defaultMessages(), invalid: gettext('Enter a whole number.') }
  }
}

/** A whole number of any size, as `bigint`. */
export class BigIntegerField<T = bigint> extends NumberField<T, bigint> {
  protected override schema(): ZodType {
    const { minValue, maxValue, stepSize } = this
    const text = z.string().max(longest).regex(wholeNumber)
    const read = z.union([z.bigint(), z.number().int(), text.transform((digits) => digits.replace(/^\+|\.0*$/g, ''))])
    let bounded = z.bigint()
    if (minValue !== undefined) bounded = bounded.min(minValue)
    if (maxValue !== undefined) bounded = bounded.max(maxValue)
    if (stepSize !== undefined) {
      const params = found('step_size', { step: String(stepSize), offset: String(minValue ?? '') })
      bounded = bounded.refine((value) => (value - (minValue ?? 0n)) % stepSize === 0n, params)
    }
    return read.transform(BigInt).pipe(bounded)
  }

  protected override defaultMessages(): Readonly<Record<string, Message>> {
    return { ...super.defaultMessages(), invalid: gettext('Enter a whole number.') }
  }
}

/** A whole number. */
export function integer<const Required extends boolean = true>(
  options: IntegerOptions<Required> = {},
): FormField<number | UnlessRequired<Required>> {
  return new IntegerField('integer', options)
}

/** A whole number of any size. */
export function bigInteger<const Required extends boolean = true>(
  options: BigIntegerOptions<Required> = {},
): FormField<bigint | UnlessRequired<Required>> {
  return new BigIntegerField('bigInteger', options)
}
