/** What stands before JSON that has marks in it. No JSON begins so. */
export const tagPrefix = '~'

/** The member by which an object stands for something else. */
export const mark = '$'

/** What JSON does not hold, as an object: its kind, and its text. An object that has a member `$` of its own is marked as well. */
export interface Marked {
  readonly [mark]: string
  readonly of: unknown
}

type TemporalKind = { readonly prototype: object; from(text: string): object }

const temporal: Readonly<Record<string, TemporalKind>> = {
  Instant: Temporal.Instant,
  ZonedDateTime: Temporal.ZonedDateTime,
  PlainDateTime: Temporal.PlainDateTime,
  PlainDate: Temporal.PlainDate,
  PlainTime: Temporal.PlainTime,
  PlainYearMonth: Temporal.PlainYearMonth,
  PlainMonthDay: Temporal.PlainMonthDay,
  Duration: Temporal.Duration,
}

/** The name of the kind of a Temporal object; `undefined` for anything else. */
export function nameOfTemporal(value: object): string | undefined {
  const prototype = Object.getPrototypeOf(value)
  return Object.keys(temporal).find((name) => temporal[name]!.prototype === prototype)
}

export function temporalOf(name: string, text: string): object | undefined {
  return Object.hasOwn(temporal, name) ? temporal[name]!.from(text) : undefined
}
