import { formatNumber, gettext } from '@nuages/i18n'
import type { z } from 'zod'
import type { Attributes } from '../rendering/attributes.ts'
import { NumberInput, TextInput } from '../widgets/input.ts'
import type { Widget } from '../widgets/widget.ts'
import { asciiDigits } from './ascii-digits.ts'
import type { FieldOptions, Message } from './field-options.ts'
import { found } from './findings.ts'
import { FormField } from './form-field.ts'

export interface NumberOptions<Value, Required extends boolean = boolean, Limit = Value>
  extends FieldOptions<Value, Required> {
  readonly minValue?: Limit
  readonly maxValue?: Limit
  /** Only multiples of it are taken, counted from `minValue` where there is one. */
  readonly stepSize?: Limit
}

const thousands = /^[+-]?\d{1,3}(?:,\d{3})+(?=$|\.)/

/** What fields of numbers share: limits, steps, digits of any script, and separators where they are localized. */
export abstract class NumberField<T, Limit = number> extends FormField<T> {
  readonly minValue: Limit | undefined
  readonly maxValue: Limit | undefined
  readonly stepSize: Limit | undefined

  constructor(factory: string, options: NumberOptions<unknown, boolean, Limit>, more: readonly string[] = []) {
    super(factory, options as FieldOptions<T>, ['minValue', 'maxValue', 'stepSize', ...more])
    this.minValue = options.minValue
    this.maxValue = options.maxValue
    this.stepSize = options.stepSize
    // A number input neither shows nor takes separators.
    if (this.localize && options.widget === undefined) this.widget = new TextInput({ inputmode: 'decimal' })
  }

  protected override defaultWidget(): Widget {
    return new NumberInput()
  }

  protected override prepare(raw: unknown): unknown {
    if (typeof raw !== 'string') return raw
    const text = asciiDigits(raw.trim())
    return this.localize && thousands.test(text) ? text.replaceAll(',', '') : text
  }

  override prepareValue(value: unknown): unknown {
    if (typeof value === 'string' || value === null || value === undefined) return value
    return this.localize ? (formatNumber(this.valueText(value), { grouping: true }) ?? value) : this.valueText(value)
  }

  override widgetAttributes(widget: Widget): Attributes {
    if (!(widget instanceof NumberInput)) return {}
    return { min: text(this.minValue), max: text(this.maxValue), step: text(this.stepSize) }
  }

  protected override defaultMessages(): Readonly<Record<string, Message>> {
    return {
      ...super.defaultMessages(),
      invalid: gettext('Enter a number.'),
      min_value: ({ limit }) => gettext('The least value is {limit}.', { limit }),
      max_value: ({ limit }) => gettext('The greatest value is {limit}.', { limit }),
      step_size: ({ step, offset }) =>
        offset === ''
          ? gettext('Enter a multiple of {step}.', { step })
          : gettext('Enter a multiple of {step}, counted from {offset}.', { step, offset }),
    }
  }
}

/** The limits and the step of a field, as checks of a number. */
export function boundedNumber(schema: z.ZodNumber, field: NumberField<unknown>): z.ZodNumber {
  const { minValue, maxValue, stepSize } = field
  let bounded = schema
  if (minValue !== undefined) bounded = bounded.min(minValue)
  if (maxValue !== undefined) bounded = bounded.max(maxValue)
  if (stepSize === undefined) return bounded
  const offset = minValue ?? 0
  return bounded.refine(
    (value) => isMultiple(value - offset, stepSize),
    found('step_size', { step: stepSize, offset: minValue ?? '' }),
  )
}

/** As near as floating-point numbers tell: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, step: number): boolean {
  const quotient = value / step
  return Math.abs(quotient - Math.round(quotient)) <= 1e-9 * Math.max(1, Math.abs(quotient))
}

function text(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value)
}
