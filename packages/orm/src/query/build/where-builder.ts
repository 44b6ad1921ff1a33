import { FieldError, FieldValueError, QueryError } from '../../errors.ts'
import { CompositeKeyField } from '../../fields/composite-key-field.ts'
import type { Comparison } from '../../lookups/lookup.ts'
import { yearRange } from '../../lookups/year-range.ts'
import { Expression } from '../expressions/expression.ts'
import type { ExpressionNode } from '../expressions/node.ts'
import { type LookupPath, lookupPath, readLookup } from '../lookup-path.ts'
import { type BooleanExpression, Condition, type ConditionPart, type Conditions } from '../q.ts'
import { asQuery, isQuerySource, type Query } from '../query.ts'
import type { WhereCondition, WhereGroup, WhereNode } from '../where.ts'
import { compositeCondition } from './composite-condition.ts'
import { keyOfRelated } from './key-of-related.ts'
import type { NodeBuilder } from './node-builder.ts'
import { readStart, transformed } from './read-path.ts'
import { shapeOfPath } from './shape-of-path.ts'

/** Reads conditions into a tree, setting their values and the text of their shape apart. */
export function buildWhere(builder: NodeBuilder, condition: BooleanExpression | Conditions): WhereGroup {
  return group(builder, condition instanceof Condition ? condition : new Condition('AND', [condition]))
}

const signs = { AND: '&(', OR: '|(', XOR: '^(' }

function group(builder: NodeBuilder, condition: Condition): WhereGroup {
  const { connector, negated } = condition
  if (!Object.hasOwn(signs, connector)) throw new FieldError(`Conditions are joined by AND, OR or XOR.`)
  builder.shape += `${negated ? '!' : ''}${signs[connector]}`
  const children = condition.children.flatMap((child) => part(builder, child, connector))
  builder.shape += ')'
  return { type: 'group', connector, negated, children }
}

function part(builder: NodeBuilder, child: ConditionPart, around: Condition['connector']): WhereNode[] {
  if (child instanceof Condition) return [group(builder, child)]
  if (child instanceof Expression) return [expression(builder, child)]
  if (typeof child !== 'object' || child === null) {
    throw new FieldError(`${builder.doing} takes conditions such as { name: 'x' }, not ${String(child)}.`)
  }
  // The conditions of one object hold together, whatever joins it to others.
  const children = Object.keys(child).map((key) => buildCondition(builder, key, child[key]))
  if (around === 'AND' || children.length <= 1) return children
  builder.shape += `;${children.length}`
  return [{ type: 'group', connector: 'AND', negated: false, children }]
}

function expression(builder: NodeBuilder, child: Expression): WhereNode {
  builder.shape += 'e:'
  const node = builder.expression(child)
  if (node.output.kind === 'boolean' || node.type === 'outer') return { type: 'expression', node }
  throw new FieldError(
    `${builder.doing} takes an expression that is true or false, not one of type ${node.output.kind}: compare it in a condition.`,
  )
}

/** What a key of a condition says: the left side and the lookup. */
interface Key {
  readonly lhs: ExpressionNode
  readonly path: LookupPath
  readonly isColumn: boolean
}

function readKey(builder: NodeBuilder, key: string): Key {
  const { query } = builder
  if (query.annotations.size === 0 && query.filteredRelations.size === 0)
    return plainKey(builder, lookupPath(query.meta, key))
  const where = `${builder.doing} '${key}'`
  const names = key.split('__')
  const { node, column, rest } = readStart(query, names, where)
  if (column && query.filteredRelations.size === 0) return plainKey(builder, lookupPath(query.meta, key))
  const name = names[names.length - rest.length - 1]!
  const path = readLookup(column ?? { steps: [], field: node.output, relation: undefined }, rest, where, name)
  return { lhs: transformed(builder, node, path.transforms), path, isColumn: column !== undefined }
}

function plainKey(builder: NodeBuilder, path: LookupPath): Key {
  const column: ExpressionNode = { type: 'column', path, output: path.field }
  return { lhs: transformed(builder, column, path.transforms), path, isColumn: true }
}

function buildCondition(builder: NodeBuilder, key: string, value: unknown): WhereNode {
  if (value === undefined) {
    throw new FieldValueError(key, 'a value (undefined never means "no filter": leave the key out, or use null)', value)
  }
  builder.shape += `${shapeOfPath(key)}:`
  const { lhs, path, isColumn } = readKey(builder, key)
  if (path.field instanceof CompositeKeyField) return compositeKey(builder, path, path.field, key, value)
  const condition: WhereCondition = {
    type: 'condition',
    lhs,
    column: isColumn ? path : undefined,
    operator: path.lookup.name as WhereCondition['operator'],
    own: path.lookup.own?.sql,
    folded: false,
    at: builder.values.length,
    count: 0,
    rhs: undefined,
    subquery: undefined,
  }
  if (isQuerySource(value)) return subquery(builder, condition, path, key, value[asQuery]())
  if (holdsExpression(value)) return computed(builder, condition, path, key, value)
  return compared(builder, condition, path, key, value)
}

/** A key of several fields is asked by these. */
function compositeKey(
  builder: NodeBuilder,
  path: LookupPath,
  field: CompositeKeyField,
  key: string,
  value: unknown,
): WhereGroup {
  const { lookup, relation } = path
  const names = key.split('__')
  if (names.at(-1) === lookup.name && names.length > 1) names.pop()
  if (!relation || names.at(-1) === 'pk') names.pop()
  const prefix = names.map((name) => `${name}__`).join('')
  const own = relation ? keyOfRelated(relation, lookup.name, value, key) : value
  return group(builder, compositeCondition(field, lookup.name, own, prefix))
}

/** With values that are known. */
function compared(
  builder: NodeBuilder,
  condition: WhereCondition,
  path: LookupPath,
  key: string,
  value: unknown,
): WhereCondition {
  const { lookup } = path
  const comparison = comparisonOf(path, key, value)
  const { operator, params, folded = false } = comparison
  for (const param of params) builder.values.push(param)
  builder.shape += `${lookup.own?.id ?? operator}${folded ? '~' : ''}${params.length},`
  const { lhs } = condition
  const inner = comparison.dropsTransform && lhs.type === 'call' ? lhs.args[0]! : lhs
  // A lookup that writes itself may come down to a comparison of the dialect's: with null to IS NULL.
  const own = operator === 'own' ? condition.own : undefined
  return { ...condition, lhs: inner, own, operator, folded, count: params.length }
}

function holdsExpression(value: unknown): boolean {
  return value instanceof Expression || (Array.isArray(value) && value.some((item) => item instanceof Expression))
}

/** With what the database computes; values among it go through the field of the left side. */
function computed(
  builder: NodeBuilder,
  condition: WhereCondition,
  { lookup, relation }: LookupPath,
  key: string,
  value: unknown,
): WhereCondition {
  const { name } = lookup
  const isList = name === 'in' || name === 'range'
  if (isList !== Array.isArray(value) || (name === 'range' && (value as unknown[]).length !== 2)) {
    throw new FieldValueError(key, isList ? 'a list' : 'one expression', value)
  }
  if (name === 'isnull') throw new FieldValueError(key, "true or false (lookup 'isnull')", value)
  const { output } = condition.lhs
  const items = (isList ? value : [value]) as readonly unknown[]
  builder.shape += `${lookup.own?.id ?? name}=`
  const rhs = items.map((item) => {
    if (item instanceof Expression) return builder.expression(item)
    return builder.value(relation ? keyOfRelated(relation, 'exact', item, key) : item, output)
  })
  builder.shape += ','
  return { ...condition, rhs }
}

const scalar: ReadonlySet<string> = new Set(['exact', 'gt', 'gte', 'lt', 'lte'])

function subquery(
  builder: NodeBuilder,
  condition: WhereCondition,
  { relation, lookup }: LookupPath,
  key: string,
  query: Query,
): WhereCondition {
  if (lookup.name !== 'in' && !scalar.has(lookup.name)) {
    throw new FieldError(`'${key}' takes no queryset as its value: '__in' does, and comparisons with one value.`)
  }
  if (query.selected && query.selected.length !== 1) {
    throw new QueryError(`A queryset given to '${key}' must select one value: values('…') with one name.`)
  }
  if (relation && !query.selected && query.meta !== relation) {
    throw new FieldValueError(key, `rows of ${relation.name}`, `rows of ${query.meta.name}`)
  }
  if (lookup.name === 'exact' && query.high !== query.low + 1) {
    throw new QueryError(`A queryset given to '${key}' must be one row: slice(0, 1), or use '${key}__in'.`)
  }
  builder.shape += lookup.name
  const { at } = builder.subquery(query, 'in')
  return { ...condition, at, count: query.values.length, subquery: query }
}

/** What a value comes to under a lookup. `dropsTransform`: it is compared with what the last transform was made of. */
export type ComparedValue = Comparison & { readonly dropsTransform?: true }

/** What a key of a condition and its value, where that is known, come to. Throws `FieldValueError`. */
export function comparisonOf(path: LookupPath, key: string, value: unknown): ComparedValue {
  try {
    return compare(path, path.relation ? keyOfRelated(path.relation, path.lookup.name, value, key) : value)
  } catch (error) {
    // The key of a relation and the output of an expression have names that the caller did not write.
    const isForeign = error instanceof FieldValueError && !key.split('__').includes(error.field)
    throw isForeign ? error.under(key) : error
  }
}

function compare(path: LookupPath, value: unknown): ComparedValue {
  const last = path.transforms.at(-1)
  if (!last) return path.lookup.compare(path.field, value)
  const input: LookupPath['field'] = path.transforms.at(-2)?.output ?? path.field
  if (last.fn.id === 'part:year' && value !== null) {
    const range = yearRange(input, path.lookup.compare(last.output, value).operator, value)
    if (range) return { ...range, dropsTransform: true }
  }
  return path.lookup.compare(last.output, value)
}
