import { gettext } from '@nuages/i18n'
import { Decimal } from 'decimal.js'
import type { ZodType } from 'zod'
import type { Attributes } from '../rendering/attributes.ts'
import { NumberInput } from '../widgets/input.ts'
import type { Widget } from '../widgets/widget.ts'
import type { Message, UnlessRequired } from './field-options.ts'
import { converting, found } from './findings.ts'
import { numberPattern } from './float-field.ts'
import type { FormField } from './form-field.ts'
import { NumberField, type NumberOptions } from './number-field.ts'

export interface DecimalOptions<Required extends boolean = boolean>
  extends NumberOptions<Decimal, Required, Decimal.Value> {
  /** How many digits there may be in all. */
  readonly maxDigits?: number
  /** How many of them after the point. */
  readonly decimalPlaces?: number
}

/** More digits than anybody means: `1e999999999` is ten characters, and a gigabyte when it is written out. */
const mostDigits = 1000

/** A decimal number. Django's `DecimalField`. */
export class DecimalField<T = Decimal> extends NumberField<T, Decimal.Value> {
  readonly maxDigits: number | undefined
  readonly decimalPlaces: number | undefined

  constructor(options: DecimalOptions = {}) {
    super('decimal', options, ['maxDigits', 'decimalPlaces'])
    this.maxDigits = options.maxDigits
    this.decimalPlaces = options.decimalPlaces
  }

  protected override schema(): ZodType {
    const { minValue, maxValue, stepSize } = this
    let schema: ZodType<Decimal> = converting(toDecimal)
    const check = (
      accepts: (value: Decimal) => boolean,
      code: string,
      params: Record<string, string | number>,
    ): void => {
      schema = schema.refine(accepts, found(code, params))
    }
    this.checkDigits(check)
    if (minValue !== undefined) check((value) => value.gte(minValue), 'min_value', { limit: String(minValue) })
    if (maxValue !== undefined) check((value) => value.lte(maxValue), 'max_value', { limit: String(maxValue) })
    if (stepSize !== undefined) {
      const params = { step: String(stepSize), offset: String(minValue ?? '') }
      check((value) => isMultiple(value, minValue ?? 0, stepSize), 'step_size', params)
    }
    return schema
  }

  private checkDigits(
    check: (accepts: (value: Decimal) => boolean, code: string, params: Record<string, number>) => void,
  ): void {
    const { maxDigits, decimalPlaces } = this
    if (maxDigits !== undefined) {
      check((value) => wholeDigits(value) + value.decimalPlaces() <= maxDigits, 'max_digits', { limit: maxDigits })
    }
    if (decimalPlaces !== undefined) {
      check((value) => value.decimalPlaces() <= decimalPlaces, 'max_decimal_places', { limit: decimalPlaces })
    }
    if (maxDigits !== undefined && decimalPlaces !== undefined) {
      const limit = maxDigits - decimalPlaces
      check((value) => wholeDigits(value) <= limit, 'max_whole_digits', { limit })
    }
  }

  /** With as many places as the field has, since a price is 24.90; never with an exponent, which a number input would show. */
  protected override valueText(value: unknown): string {
    if (!Decimal.isDecimal(value)) return String(value)
    return value.toFixed(Math.max(value.decimalPlaces(), this.decimalPlaces ?? 0))
  }

  override widgetAttributes(widget: Widget): Attributes {
    if (!(widget instanceof NumberInput)) return {}
    const places = this.decimalPlaces
    const step = places === undefined ? 'any' : new Decimal(10).pow(-places).toFixed()
    return { ...super.widgetAttributes(widget), step: this.stepSize === undefined ? step : String(this.stepSize) }
  }

  protected override defaultMessages(): Readonly<Record<string, Message>> {
    return {
      ...super.defaultMessages(),
      max_digits: ({ limit }) => gettext('At most {limit} digits are allowed.', { limit }),
      max_decimal_places: ({ limit }) => gettext('At most {limit} digits are allowed after the point.', { limit }),
      max_whole_digits: ({ limit }) => gettext('At most {limit} digits are allowed before the point.', { limit }),
    }
  }
}

function toDecimal(value: unknown): Decimal | undefined {
  const text =
    typeof value === 'number' || typeof value === 'bigint' || Decimal.isDecimal(value) ? String(value) : value
  if (typeof text !== 'string' || text.length > mostDigits || !numberPattern.test(text)) return undefined
  const decimal = new Decimal(text)
  return decimal.isFinite() && wholeDigits(decimal) <= mostDigits && decimal.decimalPlaces() <= mostDigits
    ? decimal
    : undefined
}

function wholeDigits(value: Decimal): number {
  return value.isZero() ? 0 : Math.max(0, value.e + 1)
}

function isMultiple(value: Decimal, offset: Decimal.Value, step: Decimal.Value): boolean {
  const Exact = Decimal.clone({ precision: 2 * mostDigits })
  return new Exact(value).minus(offset).mod(step).isZero()
}

/** A decimal number. */
export function decimal<const Required extends boolean = true>(
  options: DecimalOptions<Required> = {},
): FormField<Decimal | UnlessRequired<Required>> {
  return new DecimalField(options)
}
