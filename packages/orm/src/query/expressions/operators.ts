import { FieldError } from '../../errors.ts'
import type { Field, FieldKind } from '../../fields/field.ts'
import { sql } from '../fragment.ts'
import type { ExpressionNode } from './node.ts'
import { outputs } from './output-fields.ts'
import { isUntyped } from './output-of.ts'
import { type SqlFunction, sqlFunction } from './sql-function.ts'

export type Operator =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'modulo'
  | 'power'
  | 'bitand'
  | 'bitor'
  | 'bitxor'
  | 'bitleftshift'
  | 'bitrightshift'

/** A dialect that lacks one, or writes it in another way, has an entry under `operator:<name>`. */
const symbols: Readonly<Record<Operator, string>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  modulo: '%',
  power: '^',
  bitand: '&',
  bitor: '|',
  bitxor: '#',
  bitleftshift: '<<',
  bitrightshift: '>>',
}

const numbers: readonly FieldKind[] = ['integer', 'bigint', 'float', 'decimal']

/** What an operator is between these operands. Throws `FieldError` where it has no meaning. */
export function operators(operator: Operator, args: readonly ExpressionNode[]): SqlFunction {
  // What has no type of its own, as NULL or a path of the query around, is taken for what stands beside it.
  const [left, right] = args.map((arg, index) => kindOf(arg, args[1 - index]!)) as [FieldKind, FieldKind]
  const temporal = temporalOperator(operator, left, right)
  if (temporal) return temporal
  const output =
    numeric(left, right) ?? (left === right ? (isUntyped(args[0]!) ? args[1]! : args[0]!).output : undefined)
  if (output === undefined) throw new FieldError(`Cannot ${operator} ${left} and ${right}: use Cast() on one of them.`)
  return plain(operator, output)
}

function kindOf(node: ExpressionNode, beside: ExpressionNode): FieldKind {
  if (!isUntyped(node)) return node.output.kind
  return isUntyped(beside) ? 'integer' : beside.output.kind
}

function numeric(left: FieldKind, right: FieldKind): Field | undefined {
  if (!numbers.includes(left) || !numbers.includes(right)) return undefined
  const kind = numbers[Math.max(numbers.indexOf(left), numbers.indexOf(right))] as 'integer'
  // A float beside a decimal is a decimal, as the wider of the two.
  return outputs[kind]
}

const known = new Map<string, SqlFunction>()

function once(key: string, make: () => SqlFunction): SqlFunction {
  let fn = known.get(key)
  if (!fn) {
    fn = make()
    known.set(key, fn)
  }
  return fn
}

function plain(operator: Operator, output: Field): SqlFunction {
  const symbol = sql.raw(` ${symbols[operator]} `)
  return once(`${operator} ${output.kind}`, () =>
    sqlFunction({
      id: `operator:${operator}`,
      name: operator,
      output,
      sql: ({ args: [left, right] }) => sql`(${left!}${symbol}${right!})`,
    }),
  )
}

const moments: ReadonlySet<FieldKind> = new Set(['date', 'time', 'dateTime'])

/** Moments and durations: a dialect has entries under `duration:add`, `duration:subtract` and `duration:between`. */
function temporalOperator(operator: Operator, left: FieldKind, right: FieldKind): SqlFunction | undefined {
  const sameLine = left === right || (left !== 'time' && right !== 'time')
  if (operator === 'subtract' && moments.has(left) && moments.has(right) && sameLine) {
    return once('between', () => sqlFunction({ id: 'duration:between', name: operator, output: outputs.duration }))
  }
  if (operator !== 'add' && operator !== 'subtract') return undefined
  const [moment, length] = operator === 'add' && left === 'duration' ? [right, left] : [left, right]
  if (!moments.has(moment) || length !== 'duration') return undefined
  // A date and some hours are a point in time.
  const output = moment === 'time' ? outputs.time : outputs.dateTime
  return once(`${operator} ${left} ${right}`, () => sqlFunction({ id: `duration:${operator}`, name: operator, output }))
}
