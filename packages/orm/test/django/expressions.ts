import { node, type Recorded } from './neutral.ts'

type Make = (...args: readonly unknown[]) => Recorded

const names = [
  ...(['Q', 'F', 'Value', 'Case', 'When', 'Exists', 'Subquery', 'OuterRef', 'Window'] as const),
  ...(['Count', 'Sum', 'Avg', 'Min', 'Max', 'StdDev', 'Variance'] as const),
  ...(['Cast', 'Coalesce', 'Collate', 'Greatest', 'JSONObject', 'Least', 'NullIf'] as const),
  ...([
    'Extract',
    'ExtractYear',
    'ExtractIsoYear',
    'ExtractQuarter',
    'ExtractMonth',
    'ExtractWeek',
    'ExtractDay',
  ] as const),
  ...([
    'ExtractWeekDay',
    'ExtractIsoWeekDay',
    'ExtractHour',
    'ExtractMinute',
    'ExtractSecond',
    'Now',
    'Trunc',
  ] as const),
  ...([
    'TruncYear',
    'TruncQuarter',
    'TruncMonth',
    'TruncWeek',
    'TruncDay',
    'TruncDate',
    'TruncTime',
    'TruncHour',
  ] as const),
  ...([
    'TruncMinute',
    'TruncSecond',
    'Abs',
    'ACos',
    'ASin',
    'ATan',
    'ATan2',
    'Ceil',
    'Cos',
    'Cot',
    'Degrees',
    'Exp',
  ] as const),
  ...(['Floor', 'Ln', 'Log', 'Mod', 'Pi', 'Power', 'Radians', 'Round', 'Sign', 'Sin', 'Sqrt', 'Tan', 'Chr'] as const),
  ...([
    'Concat',
    'Left',
    'Length',
    'Lower',
    'LPad',
    'LTrim',
    'MD5',
    'Ord',
    'Repeat',
    'Replace',
    'Reverse',
    'Right',
  ] as const),
  ...([
    'RPad',
    'RTrim',
    'SHA1',
    'SHA224',
    'SHA256',
    'SHA384',
    'SHA512',
    'StrIndex',
    'Substr',
    'Trim',
    'Upper',
  ] as const),
  ...(['CumeDist', 'DenseRank', 'FirstValue', 'Lag', 'LastValue', 'Lead', 'NthValue', 'Ntile', 'PercentRank'] as const),
  ...(['Rank', 'RowNumber', 'Prefetch', 'FilteredRelation'] as const),
]

const makers = Object.fromEntries(names.map((name) => [name, (...args: unknown[]) => node(name, ...args)])) as {
  readonly [N in (typeof names)[number]]: Make
}

/** What both sides call by the same name, to be noted down. */
export const { Q, F, Value, Case, When, Exists, Subquery, OuterRef, Window } = makers
export const { Count, Sum, Avg, Min, Max, StdDev, Variance } = makers
export const { Cast, Coalesce, Collate, Greatest, JSONObject, Least, NullIf, Prefetch, FilteredRelation } = makers
export const { Extract, ExtractYear, ExtractIsoYear, ExtractQuarter, ExtractMonth, ExtractWeek, ExtractDay } = makers
export const { ExtractWeekDay, ExtractIsoWeekDay, ExtractHour, ExtractMinute, ExtractSecond, Now } = makers
export const { Trunc, TruncYear, TruncQuarter, TruncMonth, TruncWeek, TruncDay, TruncDate, TruncTime } = makers
export const { TruncHour, TruncMinute, TruncSecond } = makers
export const { Abs, ACos, ASin, ATan, ATan2, Ceil, Cos, Cot, Degrees, Exp, Floor, Ln, Log, Mod, Pi, Power } = makers
export const { Radians, Round, Sign, Sin, Sqrt, Tan } = makers
export const { Chr, Concat, Left, Length, Lower, LPad, LTrim, MD5, Ord, Repeat, Replace, Reverse, Right, RPad } = makers
export const { RTrim, SHA1, SHA224, SHA256, SHA384, SHA512, StrIndex, Substr, Trim, Upper } = makers
export const { CumeDist, DenseRank, FirstValue, Lag, LastValue, Lead, NthValue, Ntile, PercentRank, Rank, RowNumber } =
  makers

/** What a value is read and written as: `field('integer')`. */
export const field = (
  kind: 'integer' | 'float' | 'text' | 'decimal' | 'boolean' | 'date' | 'dateTime' | 'time' | 'duration',
): Recorded => node('field', kind)
