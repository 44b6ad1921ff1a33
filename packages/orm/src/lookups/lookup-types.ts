import type { Decimal } from 'decimal.js'
import type { FieldFile } from '../fields/files/field-file.ts'
import type { Accepted } from '../models/create-input.ts'
import type { QuerySource } from '../query/query.ts'

/** What is shown in place of a type where a name in a query is wrong. */
export interface PathError<Message extends string> {
  readonly error: Message
}

type Present<T> = Exclude<T, null>

interface AnyLookups<T> {
  exact: Accepted<T>
  in: readonly Accepted<Present<T>>[] | QuerySource
  isnull: boolean
}

interface OrderedLookups<T> extends AnyLookups<T> {
  gt: Accepted<Present<T>>
  gte: Accepted<Present<T>>
  lt: Accepted<Present<T>>
  lte: Accepted<Present<T>>
  range: readonly [from: Accepted<Present<T>>, to: Accepted<Present<T>>]
}

interface TextLookups<T> extends OrderedLookups<T> {
  iexact: string | Extract<T, null>
  contains: string
  icontains: string
  startswith: string
  istartswith: string
  endswith: string
  iendswith: string
  regex: string
  iregex: string
  search: string
}

interface CalendarParts {
  year: number
  isoYear: number
  quarter: number
  month: number
  day: number
  week: number
  weekDay: number
  isoWeekDay: number
}

interface ClockParts {
  hour: number
  minute: number
  second: number
}

interface MomentParts extends CalendarParts, ClockParts {
  date: Temporal.PlainDate
  time: Temporal.PlainTime
}

interface ListParts<E> {
  len: number
  [place: `${number}`]: E
}

interface ListLookups<T, E> extends AnyLookups<T>, ListParts<E> {
  contains: readonly E[]
  containedBy: readonly E[]
  overlap: readonly E[]
}

/** The parts that a value of type `T` has, and what they are. */
export type PartsOf<T> = [Present<T>] extends [Temporal.Instant]
  ? MomentParts
  : [Present<T>] extends [Temporal.PlainDate]
    ? CalendarParts
    : [Present<T>] extends [Temporal.PlainTime]
      ? ClockParts
      : [Present<T>] extends [readonly (infer E)[]]
        ? ListParts<E>
        : {}

/** The lookups that a column of type `T` takes, and the type of their values. */
export type LookupsOf<T> = [Present<T>] extends [string | FieldFile]
  ? TextLookups<T>
  : [Present<T>] extends [number | bigint | boolean | Decimal]
    ? OrderedLookups<T>
    : [Present<T>] extends [Temporal.Instant]
      ? OrderedLookups<T> & MomentParts
      : [Present<T>] extends [Temporal.PlainDate]
        ? OrderedLookups<T> & CalendarParts
        : [Present<T>] extends [Temporal.PlainTime]
          ? OrderedLookups<T> & ClockParts
          : [Present<T>] extends [Temporal.Duration]
            ? OrderedLookups<T>
            : [Present<T>] extends [readonly (infer E)[]]
              ? ListLookups<T, E>
              : AnyLookups<T>

/** The value that a column of type `T` is compared with under `Names`: `'gte'`, `'year'`, `'year__gte'`. */
export type LookupValue<T, Names extends string> = Names extends keyof LookupsOf<T>
  ? LookupsOf<T>[Names]
  : Names extends `${infer Part}__${infer Rest}`
    ? Part extends keyof PartsOf<T>
      ? LookupValue<PartsOf<T>[Part], Rest>
      : PathError<`no lookup '${Part}'`>
    : PathError<`no lookup '${Names}'`>
