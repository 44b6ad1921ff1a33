import type { Field } from '../../fields/field.ts'
import { sql } from '../fragment.ts'
import { Aggregate, type AggregateOptions } from './aggregate.ts'
import type { OperandValue } from './expression.ts'
import type { ExpressionNode } from './node.ts'
import { outputs } from './output-fields.ts'
import { sqlFunction } from './sql-function.ts'

const count = sqlFunction({ id: 'COUNT', name: 'COUNT', output: outputs.integer })
const countRows = sqlFunction({ id: 'COUNT(*)', name: 'COUNT', output: outputs.integer, sql: () => sql`COUNT(*)` })
const sum = sqlFunction({ id: 'SUM', name: 'SUM', output: likeFirst })
const average = sqlFunction({ id: 'AVG', name: 'AVG', output: averageOf })
const least = sqlFunction({ id: 'MIN', name: 'MIN', output: likeFirst })
const greatest = sqlFunction({ id: 'MAX', name: 'MAX', output: likeFirst })

function likeFirst([first]: readonly ExpressionNode[]): Field {
  return first!.output
}

/** The mean of whole numbers is none; of decimals and durations it is one. */
function averageOf([first]: readonly ExpressionNode[]): Field {
  const { kind } = first!.output
  return kind === 'decimal' ? outputs.decimal : kind === 'duration' ? outputs.duration : outputs.float
}

/** How many rows a path leads to: `Count('posts')`; `Count('*')` counts rows. */
export function Count<const P extends string>(path: P, options?: AggregateOptions): Aggregate<number, P>
export function Count(argument: OperandValue, options?: AggregateOptions): Aggregate<number>
export function Count(argument: OperandValue, options: AggregateOptions = {}): Aggregate<number> {
  return argument === '*' ? new Aggregate(countRows, [], options) : new Aggregate(count, [argument], options)
}

/** The sum of a column; `null` over no rows. */
export function Sum(argument: OperandValue, options: AggregateOptions = {}): Aggregate {
  return new Aggregate(sum, [argument], options)
}

/** The mean of a column; `null` over no rows. */
export function Avg(argument: OperandValue, options: AggregateOptions = {}): Aggregate {
  return new Aggregate(average, [argument], options)
}

/** The least value of a column; `null` over no rows. */
export function Min(argument: OperandValue, options: AggregateOptions = {}): Aggregate {
  return new Aggregate(least, [argument], options)
}

/** The greatest value of a column; `null` over no rows. */
export function Max(argument: OperandValue, options: AggregateOptions = {}): Aggregate {
  return new Aggregate(greatest, [argument], options)
}
