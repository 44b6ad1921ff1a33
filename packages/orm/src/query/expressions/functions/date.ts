import { FieldError } from '../../../errors.ts'
import type { Field } from '../../../fields/field.ts'
import type { TransformName } from '../../../lookups/transform.ts'
import { FunctionCall } from '../function-call.ts'
import { outputs } from '../output-fields.ts'
import { type SqlFunction, sqlFunction } from '../sql-function.ts'
import type { Needs } from '../use-types.ts'
import type { Nullable, UsesOf, ValueOfArg } from '../value-types.ts'
import { builtIn, likeFirst } from './built-in.ts'
import type { Argument, Call } from './call-types.ts'
import { type ZoneOption, zoneFragment, zoneId } from './zone.ts'

/** A part of a date, as a number. */
export type CalendarPart = 'year' | 'isoYear' | 'quarter' | 'month' | 'day' | 'week' | 'weekDay' | 'isoWeekDay'
/** A part of a time, as a number. */
export type ClockPart = 'hour' | 'minute' | 'second'

const parts = new Map<string, SqlFunction>()

const partNames: ReadonlySet<string> = new Set<TransformName>([
  ...(['year', 'isoYear', 'quarter', 'month', 'day', 'week', 'weekDay', 'isoWeekDay'] as const),
  ...(['hour', 'minute', 'second', 'date', 'time'] as const),
])

/** The name stands in the text of a statement, so that only known ones get there. */
function checkName(name: unknown, known: ReadonlySet<string>, what: string): void {
  if (typeof name === 'string' && known.has(name)) return
  throw new FieldError(`${what}, got ${JSON.stringify(name) ?? String(name)}. Choices: ${[...known].join(', ')}.`)
}

function partFunction(part: TransformName, output: Field, zone: string | undefined): SqlFunction {
  checkName(part, partNames, 'Extract() takes a part of a date or time')
  const id = `part:${part}${zoneId(zone)}`
  let fn = parts.get(id)
  if (!fn) {
    fn = sqlFunction({
      id,
      name: part,
      output,
      sql(input) {
        const [lhs] = input.args
        const { sql, zoned } = input.operations.extract(part, lhs!.sql, input.fields[0]!.kind)
        return { sql, binds: zoned ? [...lhs!.binds, ...zoneFragment(input, zone).binds] : lhs!.binds }
      },
    })
    parts.set(id, fn)
  }
  return fn
}

type PartCall<A, Part extends string> = Call<number, A, Part extends ClockPart ? 'times' : 'dates', `Extract ${Part}`>

/** A part of a date or time as a number: `Extract('publishedAt', 'year')`. Django's `Extract`. */
export function Extract<const A extends Argument, const Part extends CalendarPart | ClockPart>(
  expression: A,
  part: Part,
  options: ZoneOption = {},
): PartCall<A, Part> {
  return new FunctionCall(partFunction(part, outputs.integer, options.tzinfo), [expression])
}

function extractor<const Part extends CalendarPart | ClockPart>(part: Part) {
  return <const A extends Argument>(expression: A, options: ZoneOption = {}): PartCall<A, Part> =>
    new FunctionCall(partFunction(part, outputs.integer, options.tzinfo), [expression])
}

/** Django's `ExtractYear`. */
export const ExtractYear = extractor('year')
/** The year of the ISO week. Django's `ExtractIsoYear`. */
export const ExtractIsoYear = extractor('isoYear')
/** Django's `ExtractQuarter`. */
export const ExtractQuarter = extractor('quarter')
/** Django's `ExtractMonth`. */
export const ExtractMonth = extractor('month')
/** Django's `ExtractDay`. */
export const ExtractDay = extractor('day')
/** The number of the ISO week. Django's `ExtractWeek`. */
export const ExtractWeek = extractor('week')
/** Sunday is 1, Saturday 7. Django's `ExtractWeekDay`. */
export const ExtractWeekDay = extractor('weekDay')
/** Monday is 1, Sunday 7. Django's `ExtractIsoWeekDay`. */
export const ExtractIsoWeekDay = extractor('isoWeekDay')
/** Django's `ExtractHour`. */
export const ExtractHour = extractor('hour')
/** Django's `ExtractMinute`. */
export const ExtractMinute = extractor('minute')
/** The whole second. Django's `ExtractSecond`. */
export const ExtractSecond = extractor('second')

/** The date of a point in time. Django's `TruncDate`. */
export function TruncDate<const A extends Argument>(
  expression: A,
  options: ZoneOption = {},
): Call<Temporal.PlainDate, A, 'points in time', 'TruncDate'> {
  return new FunctionCall(partFunction('date', outputs.date, options.tzinfo), [expression])
}

/** The time of day of a point in time. Django's `TruncTime`. */
export function TruncTime<const A extends Argument>(
  expression: A,
  options: ZoneOption = {},
): Call<Temporal.PlainTime, A, 'points in time', 'TruncTime'> {
  return new FunctionCall(partFunction('time', outputs.time, options.tzinfo), [expression])
}

export type TruncPeriod = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second'

export interface TruncOptions<T = unknown> extends ZoneOption {
  /** `date()` makes dates of points in time. Django's `output_field`. */
  readonly outputField?: Field<T>
}

const truncs = new Map<string, SqlFunction>()

const periods: ReadonlySet<string> = new Set<TruncPeriod>([
  ...(['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second'] as const),
])

function truncFunction(period: TruncPeriod, zone: string | undefined): SqlFunction {
  checkName(period, periods, 'Trunc() takes a period')
  // Not the id of the dialect's entry, which this one calls with the zone.
  const id = `trunc:${period}@${zoneId(zone)}`
  let fn = truncs.get(id)
  if (!fn) {
    fn = builtIn(id, 'TRUNC', likeFirst, (input) => {
      return input.operations.functions[`trunc:${period}`]!({
        ...input,
        args: [...input.args, zoneFragment(input, zone)],
      })
    })
    truncs.set(id, fn)
  }
  return fn
}

type KindOfPeriod<Period> = Period extends 'hour' | 'minute' | 'second' ? 'times' : 'dates'

type TruncCall<A, Period extends string, T> = FunctionCall<
  [T] extends [never] ? ValueOfArg<A> : Nullable<Exclude<T, null>, ValueOfArg<A>>,
  UsesOf<A> | Needs<ValueOfArg<A>, KindOfPeriod<Period>, `Trunc ${Period}`>
>

function truncate(expression: Argument, period: TruncPeriod, options: TruncOptions): FunctionCall {
  const { tzinfo, outputField } = options
  const isDate = (outputField as Field | undefined)?.kind === 'date'
  return new FunctionCall(truncFunction(period, tzinfo), [isDate ? dateOf(expression, tzinfo) : expression])
}

/** The date of what may be one already. */
function dateOf(expression: Argument, zone: string | undefined): FunctionCall {
  const fn = partFunction('date', outputs.date, zone)
  const same = builtIn('date', 'DATE', outputs.date, ({ args: [own] }) => own!)
  return new FunctionCall(([arg]) => (arg!.output.kind === 'date' ? same : fn), [expression])
}

/** The start of the period that a date or time is in: `Trunc('publishedAt', 'month')`. Django's `Trunc`. */
export function Trunc<const A extends Argument, const Period extends TruncPeriod, T = never>(
  expression: A,
  period: Period,
  options: TruncOptions<T> = {},
): TruncCall<A, Period, T> {
  return truncate(expression, period, options) as never
}

function truncator<const Period extends TruncPeriod>(period: Period) {
  return <const A extends Argument, T = never>(expression: A, options: TruncOptions<T> = {}): TruncCall<A, Period, T> =>
    truncate(expression, period, options) as never
}

/** Django's `TruncYear`. */
export const TruncYear = truncator('year')
/** Django's `TruncQuarter`. */
export const TruncQuarter = truncator('quarter')
/** Django's `TruncMonth`. */
export const TruncMonth = truncator('month')
/** The Monday. Django's `TruncWeek`. */
export const TruncWeek = truncator('week')
/** Django's `TruncDay`. */
export const TruncDay = truncator('day')
/** Django's `TruncHour`. */
export const TruncHour = truncator('hour')
/** Django's `TruncMinute`. */
export const TruncMinute = truncator('minute')
/** Django's `TruncSecond`. */
export const TruncSecond = truncator('second')

const now = builtIn('now', 'NOW', outputs.dateTime)

/** The moment at which the statement began, as the database's clock has it. Django's `Now`. */
export function Now(): FunctionCall<Temporal.Instant, never> {
  return new FunctionCall(now, [])
}
