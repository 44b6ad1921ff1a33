import { CaseExpression, WhenBranch } from '../../query/expressions/case.ts'
import { Combined, Expression, OrderBy } from '../../query/expressions/expression.ts'
import { PathExpression } from '../../query/expressions/f.ts'
import { FunctionCall } from '../../query/expressions/function-call.ts'
import * as functions from '../../query/expressions/functions/index.ts'
import { RawSqlExpression } from '../../query/expressions/raw-sql.ts'
import { ValueExpression } from '../../query/expressions/value.ts'
import { Condition, type ConditionPart } from '../../query/q.ts'
import { MigrationError } from '../errors.ts'
import { isSame } from './plain-form.ts'

/** An expression as the call that makes it: `Lower('title')`, or a method of another, `F('pages').add(1)`. */
export interface ExpressionCall {
  readonly name: string
  readonly args: readonly unknown[]
  /** What it is a method of. */
  readonly of?: object
}

/** Whether a value is a part of an expression, which has a call that makes it. */
export function isExpressionPart(value: unknown): value is Expression | OrderBy | WhenBranch {
  return value instanceof Expression || value instanceof OrderBy || value instanceof WhenBranch
}

/** The call that makes an expression. Throws `MigrationError` for what a migration cannot hold: a query in it, a function of one's own. */
export function callOf(expression: Expression | OrderBy | WhenBranch): ExpressionCall {
  if (expression instanceof PathExpression) return { name: 'F', args: [expression.path] }
  if (expression instanceof Condition) return conditionCall(expression)
  if (expression instanceof Combined) {
    return { of: expression.left, name: expression.operator, args: [expression.right] }
  }
  if (expression instanceof ValueExpression) return { name: 'Value', args: [expression.given, ...output(expression)] }
  if (expression instanceof FunctionCall) return functionCall(expression)
  if (expression instanceof CaseExpression) {
    const { branches, options } = expression
    return { name: 'Case', args: [...branches, ...(Object.keys(options).length > 0 ? [options] : [])] }
  }
  if (expression instanceof WhenBranch) return { name: 'When', args: [expression.condition, expression.result] }
  if (expression instanceof RawSqlExpression) {
    return { name: 'RawSQL', args: [expression.text, expression.params, { outputField: expression.output }] }
  }
  if (expression instanceof OrderBy) {
    const nulls = expression.nulls === 'first' ? { nullsFirst: true } : { nullsLast: true }
    const args = expression.nulls === undefined ? [] : [nulls]
    return { of: expression.expression, name: expression.descending ? 'desc' : 'asc', args }
  }
  throw new MigrationError(
    `A migration cannot hold ${expression.constructor.name}: constraints, indexes, computed columns and defaults are made of paths, values, conditions, Case and functions of one row.`,
  )
}

function output({ output: outputField }: ValueExpression<unknown>): object[] {
  return outputField ? [{ outputField }] : []
}

function conditionCall({ connector, children, negated }: Condition): ExpressionCall {
  if (negated) return { of: new Condition(connector, children), name: 'not', args: [] }
  if (children.length < 2) return { name: 'Q', args: [children[0] ?? {}] }
  const last = children.at(-1) as ConditionPart
  const rest = children.length === 2 ? children[0]! : new Condition(connector, children.slice(0, -1))
  const of = rest instanceof Expression ? rest : new Condition('AND', [rest])
  return { of, name: connector.toLowerCase(), args: [last] }
}

const byId = new Map(Object.keys(functions).map((name) => [name.toLowerCase(), name]))

/** A function of the ORM's own, by its name; it is tried, since some put their arguments in another order or form. */
function functionCall(call: FunctionCall): ExpressionCall {
  const { fn, args } = call
  const name = typeof fn === 'function' ? undefined : byId.get(fn.id.replace(/\W.*$/, '').toLowerCase())
  const make = name === undefined ? undefined : (functions as Record<string, unknown>)[name]
  if (name !== undefined && typeof make === 'function') {
    const made: unknown = tried(() => (make as (...args: unknown[]) => unknown)(...args))
    const same = made instanceof FunctionCall && made.fn === fn && isSame(made.args, args)
    if (same) return { name, args }
  }
  throw new MigrationError(
    `A migration cannot hold the function ${typeof fn === 'function' ? 'of this expression' : fn.name}: it takes built-in ones of simple arguments. Write it as RawSQL(…).`,
  )
}

function tried(make: () => unknown): unknown {
  try {
    return make()
  } catch {
    return undefined
  }
}
