import type { Field } from '../../../fields/field.ts'
import { DurationField } from '../../../fields/temporal-fields.ts'
import { durationFromMicroseconds } from '../../../fields/temporal-text.ts'
import type { PartUses } from '../../q.ts'
import { Aggregate, type AggregateOptions } from '../aggregate.ts'
import type { ExpressionNode } from '../node.ts'
import { outputs } from '../output-fields.ts'
import { ValueExpression } from '../value.ts'
import type { FirstOf, List, Numeric, UsesOf, ValueKinds, ValueOfArg, ValueOfOperand } from '../value-types.ts'
import { builtIn, likeFirst } from './built-in.ts'
import type { Argument, UsesArguments } from './call-types.ts'
import { listOf } from './list-output.ts'

/** What an aggregate takes; `W` are the conditions of its filter, `D` is what it gives for no rows. */
export interface Options<W, D> extends Omit<AggregateOptions, 'filter' | 'default'> {
  /** Only the rows that answer: `Count('books', { filter: { books__pages__gt: 300 } })`. */
  readonly filter?: W
  /** What there is in place of `null` where there are no rows. */
  readonly default?: D
}

export type FilterUses<W> = [W] extends [never] ? never : PartUses<W>
export type Defaulted<V, D> = [D] extends [never] ? V | null : FirstOf<readonly [V | null, ValueOfOperand<D>]>

/** A mean of durations has parts of microseconds. */
class MeanDurationField extends DurationField {
  override decoder() {
    return (raw: unknown) => durationFromMicroseconds(typeof raw === 'bigint' ? raw : Math.round(raw as number))
  }
}

const meanDuration = new MeanDurationField('duration', { null: true }).bind('value')

function mean([value]: readonly ExpressionNode[]): Field {
  const { kind } = value!.output
  return kind === 'decimal' ? outputs.decimal : kind === 'duration' ? meanDuration : outputs.float
}

const countAll = builtIn('count:*', 'COUNT', outputs.integer, () => ({ sql: 'COUNT(*)', binds: [] }))
const count = builtIn('count', 'COUNT', outputs.integer)
const sum = builtIn('sum', 'SUM', likeFirst)
const avg = builtIn('avg', 'AVG', mean)
const min = builtIn('min', 'MIN', likeFirst)
const max = builtIn('max', 'MAX', likeFirst)
const anyValue = builtIn('anyValue', 'ANY_VALUE', likeFirst)

/** How many rows a path leads to, or has values: `Count('posts')`; `Count('*')` counts all rows. Django's `Count`. */
export function Count<const A extends Argument, const W extends object = never>(
  expression: A,
  options: Options<W, never> = {},
): Aggregate<number, (A extends '*' ? never : UsesArguments<A, 'values', 'Count'>) | FilterUses<W>> {
  return expression === '*' ? aggregate(countAll, [], options) : aggregate(count, [expression], options)
}

function aggregate<V, U>(fn: Aggregate['fn'], args: readonly unknown[], options: object): Aggregate<V, U> {
  return new Aggregate(fn, args as Aggregate['args'], options)
}

/** An aggregate that gives what its argument is. */
function likeArgument<const Kind extends keyof ValueKinds, const Name extends string>(
  _kind: Kind,
  _name: Name,
  fn: Aggregate['fn'],
) {
  return <const A extends Argument, const W extends object = never, const D = never>(
    expression: A,
    options: Options<W, D> = {},
  ): Aggregate<Defaulted<ValueOfArg<A>, D>, UsesArguments<A, Kind, Name> | FilterUses<W>> =>
    aggregate(fn, [expression], options)
}

/** The sum of a column; `null` over no rows. Django's `Sum`. */
export const Sum = likeArgument('numbers or durations', 'Sum', sum)
/** The least value of a column; `null` over no rows. Django's `Min`. */
export const Min = likeArgument('values that have an order', 'Min', min)
/** The greatest value of a column; `null` over no rows. Django's `Max`. */
export const Max = likeArgument('values that have an order', 'Max', max)
/** Any value that is not NULL; `null` over no rows. Django's `AnyValue`. */
export const AnyValue = likeArgument('values', 'AnyValue', anyValue)
/** The whole numbers joined bit by bit with AND. Django's `BitAnd`. */
export const BitAnd = likeArgument('whole numbers', 'BitAnd', builtIn('bitAnd', 'BIT_AND', likeFirst))
/** The whole numbers joined bit by bit with OR. Django's `BitOr`. */
export const BitOr = likeArgument('whole numbers', 'BitOr', builtIn('bitOr', 'BIT_OR', likeFirst))
/** The whole numbers joined bit by bit with XOR. Django's `BitXor`. */
export const BitXor = likeArgument('whole numbers', 'BitXor', builtIn('bitXor', 'BIT_XOR', likeFirst))
/** Whether all are true. Django's `BoolAnd`. */
export const BoolAnd = likeArgument('booleans', 'BoolAnd', builtIn('boolAnd', 'BOOL_AND', outputs.boolean))
/** Whether one is true. Django's `BoolOr`. */
export const BoolOr = likeArgument('booleans', 'BoolOr', builtIn('boolOr', 'BOOL_OR', outputs.boolean))

/** The mean of a column: a float, a decimal of decimals, a duration of durations; `null` over no rows. Django's `Avg`. */
export function Avg<const A extends Argument, const W extends object = never, const D = never>(
  expression: A,
  options: Options<W, D> = {},
): Aggregate<Defaulted<Numeric<ValueOfArg<A>>, D>, UsesArguments<A, 'numbers or durations', 'Avg'> | FilterUses<W>> {
  return aggregate(avg, [expression], options)
}

export interface SampleOption {
  /** Of a sample of the rows rather than of all there are. */
  readonly sample?: boolean
}

const spreads = {
  population: [builtIn('stdDevPop', 'STDDEV_POP', mean), builtIn('varPop', 'VAR_POP', mean)],
  sample: [builtIn('stdDevSamp', 'STDDEV_SAMP', mean), builtIn('varSamp', 'VAR_SAMP', mean)],
} as const

function spread<const Name extends string>(_name: Name, at: 0 | 1) {
  return <const A extends Argument, const W extends object = never, const D = never>(
    expression: A,
    { sample = false, ...options }: Options<W, D> & SampleOption = {},
  ): Aggregate<Defaulted<Numeric<ValueOfArg<A>>, D>, UsesArguments<A, 'numbers', Name> | FilterUses<W>> =>
    aggregate(spreads[sample ? 'sample' : 'population'][at], [expression], options)
}

/** The standard deviation; `null` over no rows, and of a sample of one. Django's `StdDev`. */
export const StdDev = spread('StdDev', 0)
/** The variance; `null` over no rows, and of a sample of one. Django's `Variance`. */
export const Variance = spread('Variance', 1)

const stringAgg = builtIn('stringAgg', 'STRING_AGG', outputs.text)
const arrayAgg = builtIn('arrayAgg', 'ARRAY_AGG', ([value]) => listOf(value!.output))

/**
 * The texts in one, with a delimiter between them: `StringAgg('name', ', ', { orderBy: 'name' })`. NULL is left out; no text
 * at all is `null`. The delimiter is a text, not a path. Django's `StringAgg`.
 */
export function StringAgg<const A extends Argument, const W extends object = never, const D = never>(
  expression: A,
  delimiter: string,
  options: Options<W, D> = {},
): Aggregate<Defaulted<string, D>, UsesArguments<A, 'text', 'StringAgg'> | FilterUses<W>> {
  return aggregate(stringAgg, [expression, new ValueExpression(delimiter, {})], options)
}

/** The values as an array, with NULL among them; `null` over no rows. Django's `ArrayAgg`, on SQLite as well. */
export function ArrayAgg<const A extends Argument, const W extends object = never>(
  expression: A,
  options: Options<W, never> = {},
): Aggregate<List<ValueOfArg<A>> | null, UsesArguments<A, 'values', 'ArrayAgg'> | UsesOf<A> | FilterUses<W>> {
  return aggregate(arrayAgg, [expression], options)
}
