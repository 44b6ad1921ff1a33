import { type ZodType, z } from 'zod'
import { CheckboxInput } from '../widgets/checkbox-input.ts'
import { NullBooleanSelect } from '../widgets/select.ts'
import type { Widget } from '../widgets/widget.ts'
import type { FieldOptions } from './field-options.ts'
import { FormField } from './form-field.ts'

export interface BooleanOptions extends FieldOptions<boolean> {}
export interface NullBooleanOptions extends FieldOptions<boolean | null> {}

const no: ReadonlySet<unknown> = new Set(['false', 'False', '0', 'off', ''])
const yes: ReadonlySet<unknown> = new Set([true, 'true', 'True', '1', 'on'])

/** A box to tick. Where it is required it has to be ticked: use `{ required: false }` for a choice. Django's `BooleanField`. */
export class BooleanField extends FormField<boolean> {
  protected override defaultWidget(): Widget {
    return new CheckboxInput()
  }

  protected override schema(): ZodType {
    return z.unknown().transform((value) => (no.has(value) ? false : Boolean(value)))
  }

  override isEmpty(_value: unknown): boolean {
    return false
  }

  override clean(raw: unknown): boolean {
    const value = this.convert(raw) as boolean
    if (!value && this.required) this.fail('required')
    this.runValidators(value)
    return value
  }
}

/** Yes, no or unknown. Django's `NullBooleanField`. */
export class NullBooleanField extends FormField<boolean | null> {
  protected override defaultWidget(): Widget {
    return new NullBooleanSelect()
  }

  protected override schema(): ZodType {
    return z.unknown().transform((value) => (yes.has(value) ? true : value === false || no.has(value) ? false : null))
  }

  /** Unknown is an answer. */
  override isEmpty(_value: unknown): boolean {
    return false
  }

  override clean(raw: unknown): boolean | null {
    const value = raw === '' ? null : (this.convert(raw) as boolean | null)
    this.runValidators(value)
    return value
  }
}

/** A box to tick. */
export function boolean(options: BooleanOptions = {}): FormField<boolean> {
  return new BooleanField('boolean', options)
}

/** Yes, no or unknown. */
export function nullBoolean(options: NullBooleanOptions = {}): FormField<boolean | null> {
  return new NullBooleanField('nullBoolean', options)
}
