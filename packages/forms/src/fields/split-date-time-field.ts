import { gettext } from '@nuages/i18n'
import { localDateTimeText } from '../temporal/temporal-text.ts'
import { SplitDateTimeWidget, SplitHiddenDateTimeWidget } from '../widgets/split-date-time.ts'
import type { Widget } from '../widgets/widget.ts'
import type { Message, UnlessRequired } from './field-options.ts'
import type { FormField } from './form-field.ts'
import { MultiValueField, type MultiValueOptions } from './multi-value-field.ts'
import { DateField, DateTimeField, dateTimeMessages, TimeField } from './temporal-fields.ts'

export interface SplitDateTimeOptions<Required extends boolean = boolean>
  extends MultiValueOptions<Temporal.Instant, Required> {}

/** A moment, entered as a date and a time of its own. Django's `SplitDateTimeField`. */
export class SplitDateTimeField<T = Temporal.Instant> extends MultiValueField<T> {
  constructor(options: SplitDateTimeOptions = {}) {
    const messages = { errorMessages: options.errorMessages ?? {} }
    const parts = [new DateField('date', messages as never), new TimeField('time', messages as never)]
    super('splitDateTime', parts as readonly FormField[], options as MultiValueOptions<T>)
  }

  protected override defaultWidget(): Widget {
    return new SplitDateTimeWidget()
  }

  override hiddenWidget(): Widget {
    return new SplitHiddenDateTimeWidget()
  }

  /** Inputs show less than a moment holds: what nobody changed stays the very moment. */
  override async clean(raw: unknown, initial?: unknown): Promise<T> {
    const moment = asShown(raw, initial)
    if (!moment) return super.clean(raw, initial)
    this.runValidators(moment)
    return moment as T
  }

  protected compress(values: readonly unknown[]): unknown {
    const [day, clock] = values as [Temporal.PlainDate, Temporal.PlainTime]
    return new DateTimeField('dateTime', { errorMessages: this.errorMessages }).clean(day.toPlainDateTime(clock))
  }

  protected decompress(value: unknown): readonly unknown[] {
    return localDateTimeText(value).split('T')
  }

  override prepareValue(value: unknown): unknown {
    return Array.isArray(value) ? value : localDateTimeText(value)
  }

  protected override defaultMessages(): Readonly<Record<string, Message>> {
    return {
      ...super.defaultMessages(),
      ...dateTimeMessages(),
      invalid_date: gettext('Enter a date as year, month and day: 2026-07-31.'),
      invalid_time: gettext('Enter a time as hours and minutes: 14:30.'),
    }
  }
}

/** The moment that is there, where what was sent is what the page showed of it. */
function asShown(raw: unknown, initial: unknown): Temporal.Instant | undefined {
  if (raw instanceof Temporal.Instant) return raw
  const isShown =
    initial instanceof Temporal.Instant && Array.isArray(raw) && raw.join('T') === localDateTimeText(initial)
  return isShown ? initial : undefined
}

/** A moment, entered as a date and a time of its own. */
export function splitDateTime<const Required extends boolean = true>(
  options: SplitDateTimeOptions<Required> = {},
): FormField<Temporal.Instant | UnlessRequired<Required>> {
  return new SplitDateTimeField(options)
}
