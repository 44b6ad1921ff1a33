import { FieldError, FieldValueError, QueryError } from '../errors.ts'
import type { Slot } from '../lookups/lookup.ts'
import { yearRange } from '../lookups/year-range.ts'
import type { Expression } from './expression.ts'
import { keyOfRelated } from './key-of-related.ts'
import { type LookupPath, lookupPath, readLookup } from './lookup-path.ts'
import { Condition, type Conditions } from './q.ts'
import { annotationsOf, asQuery, isQuerySource, type Query } from './query.ts'
import type { WhereCondition, WhereGroup, WhereNode } from './where.ts'

const none: ReadonlyMap<string, Expression> = new Map()

/** Reads conditions into a tree, setting their values and the text of their shape apart. */
export class WhereBuilder {
  readonly values: Slot[]
  shape = ''
  readonly #query: Query
  readonly #annotations: ReadonlyMap<string, Expression>

  constructor(query: Query) {
    this.#query = query
    this.#annotations = query.steps.some(({ type }) => type === 'annotation') ? annotationsOf(query) : none
    this.values = [...query.values]
  }

  group(condition: Condition): WhereGroup {
    this.shape += condition.negated ? '!' : ''
    this.shape += condition.connector === 'AND' ? '&(' : '|('
    const children: WhereNode[] = []
    for (const child of condition.children) {
      if (child instanceof Condition) children.push(this.group(child))
      else children.push(...this.#conditions(child, condition.connector))
    }
    this.shape += ')'
    return { type: 'group', connector: condition.connector, negated: condition.negated, children }
  }

  /** The conditions of one object hold together, whatever joins it to others. */
  #conditions(conditions: Conditions, around: 'AND' | 'OR'): WhereNode[] {
    const children = Object.keys(conditions).map((key) => this.#condition(key, conditions[key]))
    if (around === 'AND' || children.length <= 1) return children
    this.shape += `;${children.length}`
    return [{ type: 'group', connector: 'AND', negated: false, children }]
  }

  #condition(key: string, value: unknown): WhereCondition {
    if (value === undefined) {
      throw new FieldValueError(
        key,
        'a value (undefined never means "no filter": leave the key out, or use null)',
        value,
      )
    }
    const { path, annotation } = this.#path(key)
    this.shape += `${key}:`
    if (isQuerySource(value)) return this.#subquery(path, annotation, key, value[asQuery]())
    const comparison = compare(path, path.relation ? keyOfRelated(path.relation, path.lookup.name, value, key) : value)
    const { operator, params, folded = false } = comparison
    const at = this.values.length
    for (const param of params) this.values.push(param)
    this.shape += `${operator}${folded ? '~' : ''}${params.length},`
    const dropsTransform = path.transforms.length > 0 && comparison.dropsTransform
    const effective = dropsTransform ? { ...path, transforms: path.transforms.slice(0, -1) } : path
    return {
      type: 'condition',
      path: effective,
      annotation,
      operator,
      folded,
      at,
      count: params.length,
      subquery: undefined,
    }
  }

  #path(key: string): { path: LookupPath; annotation: string | undefined } {
    if (this.#annotations.size === 0) return { path: lookupPath(this.#query.meta, key), annotation: undefined }
    const [first, ...rest] = key.split('__') as [string, ...string[]]
    const expression = this.#annotations.get(first)
    if (!expression) return { path: lookupPath(this.#query.meta, key), annotation: undefined }
    const column = { steps: [], field: expression.output, relation: undefined }
    return { path: readLookup(column, rest, `filter '${key}'`), annotation: first }
  }

  #subquery(path: LookupPath, annotation: string | undefined, key: string, query: Query): WhereCondition {
    if (path.lookup.name !== 'in') {
      throw new FieldError(`Only '__in' takes a queryset as its value, not '${key}'.`)
    }
    if (query.selected && query.selected.length !== 1) {
      throw new QueryError(`A queryset given to '${key}' must select one value: values('…') with one name.`)
    }
    if (path.relation && !query.selected && query.meta !== path.relation) {
      throw new FieldValueError(key, `rows of ${path.relation.name}`, `rows of ${query.meta.name}`)
    }
    const at = this.values.length
    for (const value of query.values) this.values.push(value)
    this.shape += `in<${query.meta.label} ${query.shape} ${query.low}-${query.high ?? ''}>`
    const count = query.values.length
    return { type: 'condition', path, annotation, operator: 'in', folded: false, at, count, subquery: query }
  }
}

function compare(
  path: LookupPath,
  value: unknown,
): ReturnType<LookupPath['lookup']['compare']> & { dropsTransform?: true } {
  const last = path.transforms.at(-1)
  if (!last) return path.lookup.compare(path.field, value)
  const input: LookupPath['field'] = path.transforms.at(-2)?.output ?? path.field
  if (last.name === 'year' && value !== null) {
    const range = yearRange(input, path.lookup.compare(last.output, value).operator, value)
    if (range) return { ...range, dropsTransform: true }
  }
  return path.lookup.compare(last.output, value)
}
