import { QueryError } from '../../../errors.ts'
import { FunctionCall } from '../function-call.ts'
import { outputs } from '../output-fields.ts'
import { commonOutput } from '../output-of.ts'
import { type SqlFunction, type SqlFunctionInit, sqlFunction } from '../sql-function.ts'
import type { UsesOf, ValueOfArg } from '../value-types.ts'
import { likeFirst } from './built-in.ts'
import type { AnyArgument, Argument, UsesArguments } from './call-types.ts'

// What is computed over a window: each makes sense inside of `Window(…)` alone.

function windowFunction(id: string, name: string, output: SqlFunctionInit['output']): SqlFunction {
  return sqlFunction({ id, name, output, isWindow: true })
}

const rowNumber = windowFunction('rowNumber', 'ROW_NUMBER', outputs.integer)
const rank = windowFunction('rank', 'RANK', outputs.integer)
const denseRank = windowFunction('denseRank', 'DENSE_RANK', outputs.integer)
const percentRank = windowFunction('percentRank', 'PERCENT_RANK', outputs.float)
const cumeDist = windowFunction('cumeDist', 'CUME_DIST', outputs.float)
const nTile = windowFunction('nTile', 'NTILE', outputs.integer)
const lag = windowFunction('lag', 'LAG', ([value, , other]) =>
  commonOutput(other ? [value!, other] : [value!], 'Lag()'),
)
const lead = windowFunction('lead', 'LEAD', ([value, , other]) =>
  commonOutput(other ? [value!, other] : [value!], 'Lead()'),
)
const firstValue = windowFunction('firstValue', 'FIRST_VALUE', likeFirst)
const lastValue = windowFunction('lastValue', 'LAST_VALUE', likeFirst)
const nthValue = windowFunction('nthValue', 'NTH_VALUE', likeFirst)

type Counted = FunctionCall<number, never>

/** The number of the row in its partition, from 1. Django's `RowNumber`. */
export const RowNumber = (): Counted => new FunctionCall(rowNumber, [])
/** The rank of the row, with gaps after equal ones. Django's `Rank`. */
export const Rank = (): Counted => new FunctionCall(rank, [])
/** The rank of the row, without gaps. Django's `DenseRank`. */
export const DenseRank = (): Counted => new FunctionCall(denseRank, [])
/** The rank as a part of the partition, from 0 to 1. Django's `PercentRank`. */
export const PercentRank = (): Counted => new FunctionCall(percentRank, [])
/** How much of the partition comes up to this row, above 0 up to 1. Django's `CumeDist`. */
export const CumeDist = (): Counted => new FunctionCall(cumeDist, [])

/** Which of so many parts of equal size the row is in. Django's `Ntile`. */
export function Ntile(parts = 1): Counted {
  return new FunctionCall(nTile, [positive(parts, 'Ntile() takes a number of parts')])
}

function positive(value: number, what: string): number {
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new QueryError(`${what}, 1 or more, got ${value}.`)
}

/** An expression of another row, or `Default` (NULL) where there is none. */
type Shifted<A, D, Name extends string> = FunctionCall<
  ValueOfArg<A> | ([D] extends [never] ? null : ValueOfArg<D>),
  UsesArguments<A, 'values', Name> | UsesOf<D>
>

/** The expression so many rows before. Django's `Lag`. */
export function Lag<const A extends Argument, const D extends AnyArgument = never>(
  expression: A,
  offset = 1,
  fallback?: D,
): Shifted<A, D, 'Lag'> {
  const by = positive(offset, 'Lag() takes an offset')
  return new FunctionCall(lag, fallback === undefined ? [expression, by] : [expression, by, fallback])
}

/** The expression so many rows after. Django's `Lead`. */
export function Lead<const A extends Argument, const D extends AnyArgument = never>(
  expression: A,
  offset = 1,
  fallback?: D,
): Shifted<A, D, 'Lead'> {
  const by = positive(offset, 'Lead() takes an offset')
  return new FunctionCall(lead, fallback === undefined ? [expression, by] : [expression, by, fallback])
}

type Framed<A, Name extends string> = FunctionCall<ValueOfArg<A> | null, UsesArguments<A, 'values', Name>>

/** The expression of the first row of the frame. Django's `FirstValue`. */
export function FirstValue<const A extends Argument>(expression: A): Framed<A, 'FirstValue'> {
  return new FunctionCall(firstValue, [expression])
}

/** The expression of the last row of the frame, which ends with this row unless told. Django's `LastValue`. */
export function LastValue<const A extends Argument>(expression: A): Framed<A, 'LastValue'> {
  return new FunctionCall(lastValue, [expression])
}

/** The expression of a row of the frame, counted from 1; NULL where it has fewer. Django's `NthValue`. */
export function NthValue<const A extends Argument>(expression: A, nth = 1): Framed<A, 'NthValue'> {
  return new FunctionCall(nthValue, [expression, positive(nth, 'NthValue() takes the number of a row')])
}
