import { type ZodType, z } from 'zod'
import type { Message, OnlyKnown, UnlessRequired } from './field-options.ts'
import type { FormField } from './form-field.ts'
import { boundedNumber, NumberField, type NumberOptions } from './number-field.ts'

export interface IntegerOptions extends NumberOptions<number> {}

const wholeNumber = /^[+-]?\d+(?:\.0*)?$/

/** A whole number that a JavaScript number holds exactly. Django's `IntegerField`. */
export class IntegerField<T = number> extends NumberField<T> {
  protected override schema(): ZodType {
    const number = z.union([z.number(), z.bigint(), z.string().regex(wholeNumber)]).transform(Number)
    return number.pipe(boundedNumber(z.number().int(), this as NumberField<unknown>))
  }

  protected override defaultMessages(): Readonly<Record<string, Message>> {
    return { ...super.defaultMessages(), invalid: 'Enter a whole number.' }
  }
}

/** A whole number. */
export function integer<const O extends IntegerOptions = {}>(
  options?: O & OnlyKnown<O, IntegerOptions>,
): FormField<UnlessRequired<number, O>> {
  return new IntegerField<UnlessRequired<number, O>>('integer', (options ?? {}) as never)
}
