import { FieldError, QueryError } from '../../errors.ts'
import type { Field } from '../../fields/field.ts'
import type { Slot } from '../../lookups/lookup.ts'
import { Expression, type OperandValue, OrderBy } from '../expressions/expression.ts'
import { nullFunction, withDefault } from '../expressions/fixed-functions.ts'
import type { ConditionNode, ExpressionNode, OrderTerm, OuterNode } from '../expressions/node.ts'
import { outputOfValue, outputs, textOfField } from '../expressions/output-fields.ts'
import type { SqlFunction } from '../expressions/sql-function.ts'
import { ValueExpression } from '../expressions/value.ts'
import type { BooleanExpression, Conditions } from '../q.ts'
import { isSliced, type OuterName, type Query } from '../query.ts'
import type { WhereGroup } from '../where.ts'
import { holdsOwnAggregate, traitsOf } from './node-traits.ts'
import { readOrderTerms } from './ordering.ts'
import { readPath } from './read-path.ts'
import { shapeOfPath } from './shape-of-path.ts'
import { buildWhere } from './where-builder.ts'

/**
 * Resolves what a caller wrote against the model of a query: paths become columns, values go into `values`, and `shape`
 * grows by a text that is the same for what differs in values alone. Expressions call it from `resolve`.
 */
export class NodeBuilder {
  readonly query: Query
  readonly values: Slot[]
  shape = ''
  /** The paths of queries around this one that were met. */
  readonly outerNames: OuterName[]
  /** Where it is used, for messages: `annotate`. */
  readonly doing: string

  constructor(query: Query, doing: string) {
    this.query = query
    this.doing = doing
    this.values = [...query.values]
    this.outerNames = [...query.outerNames]
  }

  /** What has been built, as a part of a query. */
  get built(): Pick<Query, 'values' | 'shape' | 'outerNames'> {
    return { values: this.values, shape: `${this.query.shape} ${this.shape}`, outerNames: this.outerNames }
  }

  /** The column, part of a date or annotation that a path names. Throws `FieldError`. */
  path(path: string): ExpressionNode {
    const node = readPath(this, path, this.doing)
    this.shape += `F${shapeOfPath(path)};`
    return node
  }

  /** A value to bind. `field` says how it is written, where its own type does not. */
  value(value: unknown, field?: Field): ExpressionNode {
    const output = field ? this.output(field) : outputOfValue(value)
    if (value === undefined) throw new FieldError(`A value in ${this.doing} is undefined: leave it out, or use null.`)
    if (value === null && !output) return this.call(nullFunction, [])
    if (!output) {
      throw new FieldError(
        `A value in ${this.doing} is of a type that is no column's: use Value(…, { outputField: json() }).`,
      )
    }
    const at = this.values.length
    this.values.push(output.toSql(value))
    this.shape += field ? 'v' : `v${output.kind}`
    return { type: 'value', at, output }
  }

  /** An expression as it is; anything else is a value. */
  literal(value: OperandValue): Expression {
    return value instanceof Expression ? value : new ValueExpression(value, {})
  }

  /** An argument of a function: a string is a path. */
  argument(argument: OperandValue): ExpressionNode {
    return typeof argument === 'string' ? this.path(argument) : this.expression(this.literal(argument))
  }

  arguments(list: readonly OperandValue[]): ExpressionNode[] {
    this.shape += '('
    const nodes = list.map((argument) => {
      const node = this.argument(argument)
      this.shape += ','
      return node
    })
    this.shape += ')'
    return nodes
  }

  expression(expression: Expression): ExpressionNode {
    if (expression instanceof Expression) return expression.resolve(this)
    throw new FieldError(`${this.doing} takes an expression such as F('…') or Lower('…'), got ${String(expression)}.`)
  }

  call(
    fn: SqlFunction | ((args: readonly ExpressionNode[]) => SqlFunction),
    list: readonly OperandValue[],
  ): ExpressionNode {
    const args = this.arguments(list)
    const chosen = typeof fn === 'function' ? fn(args) : fn
    this.shape += `@${chosen.id}`
    return { type: 'call', fn: chosen, args, output: chosen.output(args) }
  }

  withDefault(node: ExpressionNode, fallback: OperandValue): ExpressionNode {
    const isValue = !(fallback instanceof Expression)
    const other = isValue ? this.value(fallback, node.output) : this.expression(fallback)
    this.shape += '??'
    return { type: 'call', fn: withDefault, args: [node, other], output: node.output }
  }

  where(condition: BooleanExpression | Conditions): WhereGroup {
    return buildWhere(this, condition)
  }

  condition(condition: BooleanExpression | Conditions): ConditionNode {
    return { type: 'condition', where: this.where(condition), output: outputs.boolean }
  }

  ordering(terms: readonly (string | OrderBy | Expression)[]): OrderTerm[] {
    this.shape += 'o('
    const ordering = terms.flatMap((term) => {
      const read = this.#orderTerms(term)
      // A direction stands in front of a path, and behind an expression.
      this.shape += ','
      return read
    })
    this.shape += ')'
    return ordering
  }

  #orderTerms(term: string | OrderBy | Expression): OrderTerm[] {
    if (term instanceof OrderBy) return [term.resolve(this)]
    if (typeof term === 'string') return readOrderTerms(this, term)
    return [{ descending: false, by: this.expression(term) }]
  }

  /** Takes a query into this one; gives where its values start. Its outer paths become paths of this. */
  subquery(inner: Query, use: 'value' | 'exists' | 'in'): { readonly query: Query; readonly at: number } {
    if (inner.selected && inner.selected.length !== 1 && use !== 'exists') {
      throw new QueryError(
        `A queryset used as a value in ${this.doing} must select one value: values('…') with one name.`,
      )
    }
    for (const { name, level } of inner.outerNames) {
      if (level > 1) this.outerNames.push({ name, level: level - 1 })
      else readPath(this, name, 'OuterRef')
    }
    const at = this.values.length
    for (const value of inner.values) this.values.push(value)
    this.shape += `${use}<${inner.meta.label} ${inner.shape}${isSliced(inner) ? ` ${inner.low}-${inner.high ?? ''}` : ''}>`
    return { query: inner, at }
  }

  outer(name: string, level: number): OuterNode {
    this.outerNames.push({ name, level })
    this.shape += `^${level}${shapeOfPath(name)};`
    return { type: 'outer', name, level, output: outputs.text }
  }

  /** A field that a caller chose to read a value by. */
  output(field: Field): Field {
    this.shape += `:${textOfField(field)}`
    return field.name === '' ? boundOnce(field) : field
  }

  /** What a query's one value is read as. */
  outputOfQuery(query: Query): Field {
    return query.selected?.[0]?.node.output ?? query.meta.pk
  }

  /** Whether an aggregate may not be computed of a node: `aggregate` computes over rows that are grouped already. */
  isAggregated(node: ExpressionNode): boolean {
    return this.doing === 'aggregate' ? holdsOwnAggregate(node) : traitsOf(node).aggregate
  }
}

const bound = new WeakMap<Field, Field>()

function boundOnce(field: Field): Field {
  let known = bound.get(field)
  if (!known) {
    known = field.bind('value')
    bound.set(field, known)
  }
  return known
}
