import { dateText, localDateTimeText, timeText } from '../temporal/temporal-text.ts'
import { Input } from './input.ts'

/** `<input type="date">` */
export class DateInput extends Input {
  readonly inputType = 'date'

  override formatValue(value: unknown): unknown {
    return dateText(value)
  }
}

/** `<input type="time">` */
export class TimeInput extends Input {
  readonly inputType = 'time'

  override formatValue(value: unknown): unknown {
    return timeText(value)
  }
}

/** `<input type="datetime-local">`: a moment as it is in the active time zone. */
export class DateTimeInput extends Input {
  readonly inputType = 'datetime-local'

  override formatValue(value: unknown): unknown {
    return localDateTimeText(value)
  }
}
