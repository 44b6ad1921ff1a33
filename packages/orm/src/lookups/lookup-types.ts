import type { Decimal } from 'decimal.js'
import type { FieldFile } from '../fields/files/field-file.ts'
import type { JsonValue } from '../fields/json-field.ts'
import type { Accepted } from '../models/create-input.ts'
import type { QuerySource } from '../query/query.ts'
import type { CustomLookups, CustomTransforms } from './custom-lookups.ts'

/** What is shown in place of a type where a name in a query is wrong. */
export interface PathError<Message extends string> {
  readonly error: Message
}

type Present<T> = Exclude<T, null>

/** What has no parts of its own. */
type Scalar = string | number | bigint | boolean | Decimal | FieldFile | Temporal.Duration | Uint8Array

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

/** What a document is compared with by its own lookups; those of text and numbers are about what a key leads to. */
interface DocumentLookups<T> extends AnyLookups<T> {
  contains: unknown
  containedBy: unknown
  hasKey: string
  hasKeys: readonly string[]
  hasAnyKeys: readonly string[]
}

/** A document of no declared type: whatever stands in it may be compared. */
interface OpenLookups extends DocumentLookups<JsonValue> {
  iexact: string
  icontains: string
  startswith: string
  istartswith: string
  endswith: string
  iendswith: string
  regex: string
  iregex: string
  gt: JsonValue
  gte: JsonValue
  lt: JsonValue
  lte: JsonValue
  range: readonly [from: JsonValue, to: JsonValue]
}

/** The members of a document by their keys; one that is not there is null. */
type MembersOf<T> = T extends object ? { [K in keyof T & string]-?: Exclude<T[K], undefined> | null } : {}

/** The parts that a value of type `T` has, and what they are. */
export type PartsOf<T> = unknown extends T
  ? { [key: string]: JsonValue }
  : [Present<T>] extends [Temporal.Instant]
    ? MomentParts
    : [Present<T>] extends [Temporal.PlainDate]
      ? CalendarParts
      : [Present<T>] extends [Temporal.PlainTime]
        ? ClockParts
        : [Present<T>] extends [readonly (infer E)[]]
          ? ListParts<E>
          : [Present<T>] extends [Scalar]
            ? {}
            : JsonValue extends T
              ? { [key: string]: JsonValue }
              : MembersOf<Present<T>>

/** The lookups that a column of type `T` takes, and the type of their values. */
export type LookupsOf<T> = unknown extends T
  ? OpenLookups
  : [Present<T>] extends [string | FieldFile]
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
                ? Present<T> extends readonly [unknown, ...unknown[]]
                  ? OrderedLookups<T>
                  : ListLookups<T, E>
                : [Present<T>] extends [Uint8Array]
                  ? AnyLookups<T>
                  : JsonValue extends T
                    ? OpenLookups
                    : DocumentLookups<T>

/** The value that a column of type `T` is compared with under `Names`: `'gte'`, `'year'`, `'year__gte'`. */
export type LookupValue<T, Names extends string> = Names extends keyof LookupsOf<T>
  ? LookupsOf<T>[Names]
  : Names extends `${infer Part}__${infer Rest}`
    ? Part extends keyof PartsOf<T>
      ? LookupValue<PartsOf<T>[Part], Rest>
      : Transformed<T, Part> extends PathError<string>
        ? Transformed<T, Part>
        : LookupValue<Transformed<T, Part>, Rest>
    : Names extends keyof PartsOf<T>
      ? Accepted<PartsOf<T>[Names]>
      : Custom<T, Names>

/** What a transform of the project's own makes of a value of type `T`. */
export type Transformed<T, Name extends string> = Name extends keyof CustomTransforms<Present<T>>
  ? [CustomTransforms<Present<T>>[Name]] extends [never]
    ? PathError<`no lookup '${Name}'`>
    : CustomTransforms<Present<T>>[Name]
  : PathError<`no lookup '${Name}'`>

/** What a lookup of the project's own takes, or what a transform of its own is compared with. */
type Custom<T, Name extends string> = Name extends keyof CustomLookups<Present<T>>
  ? [CustomLookups<Present<T>>[Name]] extends [never]
    ? PathError<`no lookup '${Name}'`>
    : CustomLookups<Present<T>>[Name]
  : Transformed<T, Name>
