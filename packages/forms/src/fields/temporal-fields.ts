import { currentTimeZone, gettext } from '@nuages/i18n'
import type { ZodType } from 'zod'
import { durationOf, durationText, microsecondsOf, parseDuration } from '../temporal/duration-text.ts'
import { momentsOf, parseDate, parseDateTime, parseTime, type WrittenMoment } from '../temporal/parse-temporal.ts'
import { dateText, localDateTimeText, timeText } from '../temporal/temporal-text.ts'
import { DateInput, DateTimeInput, TimeInput } from '../widgets/temporal-inputs.ts'
import type { Widget } from '../widgets/widget.ts'
import type { FieldOptions, Message, UnlessRequired } from './field-options.ts'
import { converting, Refusal } from './findings.ts'
import { FormField } from './form-field.ts'

export interface DateOptions<Required extends boolean = boolean> extends FieldOptions<Temporal.PlainDate, Required> {}
export interface TimeOptions<Required extends boolean = boolean> extends FieldOptions<Temporal.PlainTime, Required> {}
export interface DateTimeOptions<Required extends boolean = boolean> extends FieldOptions<Temporal.Instant, Required> {}
export interface DurationOptions<Required extends boolean = boolean>
  extends FieldOptions<Temporal.Duration, Required> {}

type Messages = Readonly<Record<string, Message>>

/** What fields of dates and times share: inputs show less than a value holds, so what nobody changed stays the very value. */
abstract class TemporalField<T> extends FormField<T> {
  protected override prepare(raw: unknown): unknown {
    return typeof raw === 'string' ? raw.trim() : raw
  }

  override clean(raw: unknown, initial?: unknown): T | Promise<T> {
    const isAsShown =
      typeof raw === 'string' && typeof initial === 'object' && raw.trim() === this.prepareValue(initial)
    return super.clean(isAsShown && raw.trim() !== '' ? initial : raw)
  }
}

/** A date of the years 1 to 9999. Django's `DateField`. */
export class DateField<T = Temporal.PlainDate> extends TemporalField<T> {
  protected override defaultWidget(): Widget {
    return new DateInput()
  }

  protected override schema(): ZodType {
    return converting((value) => {
      if (value instanceof Temporal.Instant) return value.toZonedDateTimeISO(currentTimeZone()).toPlainDate()
      if (value instanceof Temporal.PlainDateTime) return value.toPlainDate()
      return value instanceof Temporal.PlainDate ? value : parseDate(String(value))
    })
  }

  override prepareValue(value: unknown): unknown {
    return dateText(value)
  }

  protected override defaultMessages(): Messages {
    return { ...super.defaultMessages(), invalid: gettext('Enter a date as year, month and day: 2026-07-31.') }
  }
}

/** A time of day. Django's `TimeField`. */
export class TimeField<T = Temporal.PlainTime> extends TemporalField<T> {
  protected override defaultWidget(): Widget {
    return new TimeInput()
  }

  protected override schema(): ZodType {
    return converting((value) => (value instanceof Temporal.PlainTime ? value : parseTime(String(value))))
  }

  override prepareValue(value: unknown): unknown {
    return timeText(value)
  }

  protected override defaultMessages(): Messages {
    return { ...super.defaultMessages(), invalid: gettext('Enter a time as hours and minutes: 14:30.') }
  }
}

/** A moment: a date and a time in the active time zone. Django's `DateTimeField`. */
export class DateTimeField<T = Temporal.Instant> extends TemporalField<T> {
  protected override defaultWidget(): Widget {
    return new DateTimeInput()
  }

  protected override schema(): ZodType {
    return converting(toInstant)
  }

  override prepareValue(value: unknown): unknown {
    return localDateTimeText(value)
  }

  protected override defaultMessages(): Messages {
    return { ...super.defaultMessages(), ...dateTimeMessages() }
  }
}

/** What is wrong with a moment, in words. */
export function dateTimeMessages(): Messages {
  return {
    invalid: gettext('Enter a date and a time: 2026-07-31 14:30.'),
    ambiguous_timezone: ({ local, zone, times }) =>
      times === 0
        ? gettext('In {zone} the clocks never show {local}: they are put forward then.', { zone, local })
        : gettext('In {zone} the clocks show {local} twice: they are put back then. Choose another time.', {
            zone,
            local,
          }),
  }
}

function toInstant(value: unknown): Temporal.Instant | Refusal | undefined {
  const instant = value instanceof Temporal.Instant ? value : instantOf(writtenMoment(value))
  // What the database holds: in UTC, four digits of a year.
  return instant instanceof Temporal.Instant && !/^(?!0000)\d{4}-/.test(instant.toString()) ? undefined : instant
}

function writtenMoment(value: unknown): WrittenMoment | undefined {
  if (value instanceof Temporal.PlainDateTime) return { local: value, offset: undefined }
  if (value instanceof Temporal.PlainDate) return { local: value.toPlainDateTime(), offset: undefined }
  return parseDateTime(String(value))
}

function instantOf(written: WrittenMoment | undefined): Temporal.Instant | Refusal | undefined {
  if (!written) return undefined
  const { local, offset } = written
  if (offset !== undefined) return Temporal.Instant.from(`${local.toString()}${offset}`)
  const moments = momentsOf(local)
  if (moments.length === 1) return moments[0]!
  const shown = localDateTimeText(local).replace('T', ' ')
  return new Refusal('ambiguous_timezone', { local: shown, zone: currentTimeZone(), times: moments.length })
}

const longest = 2n ** 63n

/** A length of time: `3 04:05:06`, `04:05:06`, seconds, or ISO 8601. Django's `DurationField`. */
export class DurationField<T = Temporal.Duration> extends TemporalField<T> {
  protected override schema(): ZodType {
    return converting((value) => {
      const micros = value instanceof Temporal.Duration ? microsecondsOf(value) : parseDuration(String(value))
      if (micros === undefined) return undefined
      return micros >= longest || micros < -longest ? new Refusal('overflow') : durationOf(micros)
    })
  }

  override prepareValue(value: unknown): unknown {
    return value instanceof Temporal.Duration ? durationText(microsecondsOf(value)) : value
  }

  protected override defaultMessages(): Messages {
    return {
      ...super.defaultMessages(),
      invalid: gettext('Enter a length of time: 1 12:30:00 for a day, twelve hours and a half.'),
      overflow: gettext('At most 106,751,991 days are allowed.'),
    }
  }
}

/** A date without a time. */
export function date<const Required extends boolean = true>(
  options: DateOptions<Required> = {},
): FormField<Temporal.PlainDate | UnlessRequired<Required>> {
  return new DateField('date', options)
}

/** A time of day. */
export function time<const Required extends boolean = true>(
  options: TimeOptions<Required> = {},
): FormField<Temporal.PlainTime | UnlessRequired<Required>> {
  return new TimeField('time', options)
}

/** A moment, entered in the active time zone. */
export function dateTime<const Required extends boolean = true>(
  options: DateTimeOptions<Required> = {},
): FormField<Temporal.Instant | UnlessRequired<Required>> {
  return new DateTimeField('dateTime', options)
}

/** A length of time. */
export function duration<const Required extends boolean = true>(
  options: DurationOptions<Required> = {},
): FormField<Temporal.Duration | UnlessRequired<Required>> {
  return new DurationField('duration', options)
}
