import type { Attributes } from '../rendering/attributes.ts'
import { localDateTimeText } from '../temporal/temporal-text.ts'
import { HiddenInput } from './input.ts'
import { MultiWidget } from './multi-widget.ts'
import { DateInput, TimeInput } from './temporal-inputs.ts'
import type { Widget } from './widget.ts'

abstract class DateAndTime extends MultiWidget {
  decompress(value: unknown): readonly unknown[] {
    const [date = '', time = ''] = localDateTimeText(value).split('T')
    return [date, time]
  }
}

/** A date input and a time input. */
export class SplitDateTimeWidget extends DateAndTime {
  constructor(attrs: Attributes = {}, parts: { readonly date?: Widget; readonly time?: Widget } = {}) {
    super(
      [parts.date ?? new DateInput({ 'aria-label': 'Date' }), parts.time ?? new TimeInput({ 'aria-label': 'Time' })],
      attrs,
    )
  }
}

/** The same, hidden. */
export class SplitHiddenDateTimeWidget extends DateAndTime {
  constructor(attrs: Attributes = {}) {
    super([new HiddenInput(), new HiddenInput()], attrs)
  }
}
