import { currentTimeZone } from '@nuages/i18n'
import type { SqlValue } from '../backends/database.ts'
import {
  type Decoder,
  Field,
  type FieldOptions,
  type IsKey,
  type IsOptional,
  type OnlyKnown,
  type ValueOf,
  type Vendor,
} from './field.ts'
import {
  durationFromMicroseconds,
  firstYear,
  instantFromSql,
  instantToSql,
  lastYear,
  microseconds,
  timeToSql,
} from './temporal-text.ts'

export interface AutoNowOptions<T> extends FieldOptions<T> {
  /** Set to now at every save. */
  readonly autoNow?: boolean
  /** Set to now when the row is inserted. */
  readonly autoNowAdd?: boolean
}

abstract class AutoNowField extends Field {
  readonly autoNow: boolean
  readonly autoNowAdd: boolean

  constructor(factory: string, options: AutoNowOptions<never>) {
    super(factory, options, ['autoNow', 'autoNowAdd'])
    this.autoNow = options.autoNow ?? false
    this.autoNowAdd = options.autoNowAdd ?? false
    if ((this.autoNow || this.autoNowAdd) && options.editable === undefined) Object.assign(this, { editable: false })
  }

  protected abstract now(): unknown
  /** What text is read as, for messages. */
  protected abstract readonly form: string

  override get readsLate(): boolean {
    return true
  }

  override get hasDefault(): boolean {
    return super.hasDefault || this.autoNow || this.autoNowAdd
  }

  override valueForSave(current: unknown, add: boolean): unknown {
    return this.autoNow || (add && this.autoNowAdd) ? this.now() : current
  }

  override parse(value: unknown): unknown {
    if (typeof value !== 'string') return super.parse(value)
    try {
      return this.fromText(value)
    } catch {
      return this.refuse(value, this.form)
    }
  }

  protected abstract fromText(text: string): unknown
}

/** Whether the year has more than four digits, a sign, or is the year 0. */
function isBeyond(text: string): boolean {
  return text[4] !== '-' || text.startsWith('0000')
}

/** What stands behind a date where that is a part of a point in time. */
const timeOfDay = /[ T].*$/

export class DateField extends AutoNowField {
  readonly kind = 'date'
  readonly factory = 'date'
  protected readonly form = 'a date such as 2026-11-30'

  columnType(_vendor: Vendor): string {
    return 'date'
  }

  protected encode(value: unknown): SqlValue {
    if (!(value instanceof Temporal.PlainDate)) return this.refuse(value, 'a Temporal.PlainDate')
    const text = value.toString({ calendarName: 'never' })
    return isBeyond(text) ? this.refuse(value, `a date of the years ${firstYear} to ${lastYear}`) : text
  }

  override decoder(): Decoder {
    return (raw) => {
      const text = raw as string
      return Temporal.PlainDate.from(text.length === 10 ? text : text.replace(timeOfDay, ''))
    }
  }

  protected now(): unknown {
    return Temporal.Now.plainDateISO(currentTimeZone())
  }

  protected fromText(text: string): unknown {
    return Temporal.PlainDate.from(text)
  }
}

export class TimeField extends AutoNowField {
  readonly kind = 'time'
  readonly factory = 'time'
  protected readonly form = 'a time such as 14:30'

  columnType(_vendor: Vendor): string {
    return 'time'
  }

  protected encode(value: unknown): SqlValue {
    return value instanceof Temporal.PlainTime ? timeToSql(value) : this.refuse(value, 'a Temporal.PlainTime')
  }

  override decoder(): Decoder {
    return (raw) => Temporal.PlainTime.from(raw as string)
  }

  protected now(): unknown {
    return Temporal.Now.plainTimeISO(currentTimeZone()).round('microsecond')
  }

  protected fromText(text: string): unknown {
    return Temporal.PlainTime.from(text)
  }
}

/** A point in time, kept in UTC with microseconds. */
export class DateTimeField extends AutoNowField {
  readonly kind = 'dateTime'
  readonly factory = 'dateTime'
  protected readonly form = 'a date and time such as 2026-11-30 14:30'

  columnType(vendor: Vendor): string {
    return vendor === 'postgresql' ? 'timestamp with time zone' : 'datetime'
  }

  protected encode(value: unknown): SqlValue {
    if (!(value instanceof Temporal.Instant)) return this.refuse(value, 'a Temporal.Instant')
    const text = instantToSql(value)
    return isBeyond(text) ? this.refuse(value, `a time of the years ${firstYear} to ${lastYear} in UTC`) : text
  }

  override decoder(): Decoder {
    return (raw) => instantFromSql(raw as string)
  }

  protected now(): unknown {
    return Temporal.Now.instant().round({ smallestUnit: 'microsecond', roundingMode: 'trunc' })
  }

  /** Text without an offset is read in the active time zone, as a form sends it. */
  protected fromText(text: string): unknown {
    if (/(?:Z|[T ].+[+-]\d{2}(?::?\d{2})?)$/i.test(text)) return Temporal.Instant.from(text)
    return Temporal.PlainDateTime.from(text).toZonedDateTime(currentTimeZone()).toInstant()
  }
}

/** A length of time; where the database has no such type, microseconds, as with Django. */
export class DurationField extends Field {
  readonly kind = 'duration'
  readonly factory = 'duration'

  override get readsLate(): boolean {
    return true
  }

  columnType(vendor: Vendor): string {
    return vendor === 'postgresql' ? 'interval' : 'bigint'
  }

  protected encode(value: unknown): SqlValue {
    if (!(value instanceof Temporal.Duration)) this.refuse(value, 'a Temporal.Duration')
    try {
      return microseconds(value as Temporal.Duration)
    } catch {
      return this.refuse(value, 'a Temporal.Duration without years or months')
    }
  }

  override decoder(): Decoder {
    return (raw) => durationFromMicroseconds(raw as number | bigint)
  }

  override parse(value: unknown): unknown {
    if (typeof value !== 'string') return super.parse(value)
    try {
      return Temporal.Duration.from(value)
    } catch {
      return this.refuse(value, 'a duration such as PT1H30M (ISO 8601)')
    }
  }
}

/** A date without a time. */
export function date<const O extends AutoNowOptions<Temporal.PlainDate> = {}>(
  options?: O & OnlyKnown<O, AutoNowOptions<never>>,
): Field<ValueOf<Temporal.PlainDate, O>, IsOptional<O>, IsKey<O>> {
  return new DateField('date', (options ?? {}) as never) as never
}

/** A wall-clock time without a date. */
export function time<const O extends AutoNowOptions<Temporal.PlainTime> = {}>(
  options?: O & OnlyKnown<O, AutoNowOptions<never>>,
): Field<ValueOf<Temporal.PlainTime, O>, IsOptional<O>, IsKey<O>> {
  return new TimeField('time', (options ?? {}) as never) as never
}

/** A point in time. */
export function dateTime<const O extends AutoNowOptions<Temporal.Instant> = {}>(
  options?: O & OnlyKnown<O, AutoNowOptions<never>>,
): Field<ValueOf<Temporal.Instant, O>, IsOptional<O>, IsKey<O>> {
  return new DateTimeField('dateTime', (options ?? {}) as never) as never
}

/** A length of time of days or less: years and months have no fixed length. */
export function duration<const O extends FieldOptions<Temporal.Duration> = {}>(
  options?: O & OnlyKnown<O, FieldOptions>,
): Field<ValueOf<Temporal.Duration, O>, IsOptional<O>, IsKey<O>> {
  return new DurationField('duration', options ?? {}) as never
}
