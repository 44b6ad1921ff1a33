import { CaseExpression, WhenBranch } from '../../query/expressions/case.ts'
import { Combined, Expression, OrderBy } from '../../query/expressions/expression.ts'
import { PathExpression } from '../../query/expressions/f.ts'
import { FunctionCall } from '../../query/expressions/function-call.ts'
import { Condition, type ConditionPart } from '../../query/q.ts'

/** Gives names their new form, wherever an expression speaks of them. */
export type Rename = (path: string) => string

/** A path whose first name is a field's old one; of a foreign key, `isKey`, also that of its attribute. */
export function renaming(from: string, to: string, isKey: boolean): Rename {
  const names = new Map([[from, to], ...(isKey ? [[`${from}Id`, `${to}Id`] as const] : [])])
  // A name is whatever stands before the first `__`: letters of any alphabet, `$`, single underscores.
  return (path) => path.replace(/^(-?)(.+?)(?=__|$)/, (_all, sign, name) => sign + (names.get(name) ?? name))
}

/** An expression that speaks of a field by another name; what is none stays as it is. */
export function renameInExpression(value: unknown, rename: Rename): unknown {
  if (value instanceof PathExpression) return new PathExpression(rename(value.path))
  if (value instanceof Condition) return renameInCondition(value, rename)
  if (value instanceof Combined) {
    return new Combined(
      value.operator,
      renameInExpression(value.left, rename) as Expression,
      inOperand(value.right, rename),
    )
  }
  if (value instanceof FunctionCall)
    return new FunctionCall(
      value.fn,
      value.args.map((arg) => inArgument(arg, rename)),
    )
  if (value instanceof CaseExpression) {
    const { default: fallback, ...options } = value.options
    const branches = value.branches.map(
      ({ condition, result }) =>
        new WhenBranch(renameInConditions(condition, rename) as Condition, inArgument(result, rename)),
    )
    return new CaseExpression(branches, {
      ...options,
      ...(fallback === undefined ? {} : { default: inArgument(fallback, rename) }),
    })
  }
  if (value instanceof OrderBy) {
    const nulls = { nullsFirst: value.nulls === 'first', nullsLast: value.nulls === 'last' }
    return new OrderBy(renameInExpression(value.expression, rename) as Expression, value.descending, nulls)
  }
  return value
}

/** Conditions as `filter` takes them, or an expression that is true or false. */
function renameInConditions(value: unknown, rename: Rename): unknown {
  if (value instanceof Expression || typeof value !== 'object' || value === null)
    return renameInExpression(value, rename)
  return Object.fromEntries(
    Object.entries(value).map(([path, item]) => [rename(path), renameInExpression(item, rename)]),
  )
}

function renameInCondition({ connector, children, negated }: Condition, rename: Rename): Condition {
  return new Condition(
    connector,
    children.map((child) => renameInConditions(child, rename) as ConditionPart),
    negated,
  )
}

/** In a function, text is a path. */
function inArgument<T>(value: T, rename: Rename): T {
  return (typeof value === 'string' ? rename(value) : renameInExpression(value, rename)) as T
}

function inOperand<T>(value: T, rename: Rename): T {
  return renameInExpression(value, rename) as T
}

interface NamesFields {
  readonly fields?: readonly string[]
  readonly expressions?: readonly unknown[]
  readonly condition?: unknown
  readonly include?: readonly string[]
}

/** An index or a constraint that speaks of a field by another name. */
export function renameInOption<T extends object>(option: T, rename: Rename): T {
  const { fields, expressions, condition, include } = option as NamesFields
  const inExpressions = (item: unknown): unknown =>
    // An exclusion has its operators beside its expressions.
    Array.isArray(item) ? [inArgument(item[0], rename), ...item.slice(1)] : inArgument(item, rename)
  return {
    ...option,
    ...(fields === undefined ? {} : { fields: fields.map(rename) }),
    ...(expressions === undefined ? {} : { expressions: expressions.map(inExpressions) }),
    ...(condition === undefined ? {} : { condition: renameInConditions(condition, rename) }),
    ...(include === undefined ? {} : { include: include.map(rename) }),
  }
}

/** The names of fields that an index or a constraint speaks of. */
export function fieldsIn(option: object): Set<string> {
  const names = new Set<string>()
  renameInOption(option, (path) => {
    names.add(path.replace(/^-/, '').split('__')[0]!)
    return path
  })
  return names
}
