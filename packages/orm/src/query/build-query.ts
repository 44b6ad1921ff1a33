import { FieldError, QueryError } from '../errors.ts'
import { lookups } from '../lookups/lookup.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import { ForeignKeyField } from '../relations/foreign-key.ts'
import { ReverseField } from '../relations/reverse.ts'
import type { Aggregate } from './expression.ts'
import { type ColumnPath, columnPath, namesOf, unknownName } from './lookup-path.ts'
import { readOrdering } from './ordering.ts'
import { Condition, type Conditions } from './q.ts'
import { annotationsOf, isSliced, type Query, type RelatedTree, type SelectedValue } from './query.ts'
import type { WhereCondition } from './where.ts'
import { WhereBuilder } from './where-builder.ts'

function refuseSlice(query: Query, doing: string): void {
  if (isSliced(query))
    throw new QueryError(`Cannot ${doing} once a slice has been taken of ${query.meta.name}'s queryset.`)
}

/** One `filter` (or `exclude`, negated). */
export function withFilter(
  query: Query,
  conditions: readonly (Conditions | Condition)[],
  negated: boolean,
  sticky = false,
): Query {
  refuseSlice(query, negated ? 'exclude' : 'filter')
  for (const condition of conditions) {
    if (typeof condition === 'object' && condition !== null) continue
    throw new FieldError(
      `${negated ? 'exclude' : 'filter'} takes conditions such as { name: 'x' }, not ${String(condition)}.`,
    )
  }
  const given = conditions.filter((condition) => condition instanceof Condition || Object.keys(condition).length > 0)
  if (given.length === 0) return query
  const builder = new WhereBuilder(query)
  builder.shape = `${query.shape}${sticky ? '^' : ' '}`
  const where = builder.group(new Condition('AND', given, negated))
  return {
    ...query,
    shape: builder.shape,
    values: builder.values,
    steps: [...query.steps, { type: 'filter', where, sticky }],
  }
}

/** Rows whose column is one of these values, where no name leads to the column: what relations ask. */
export function withColumn(query: Query, path: ColumnPath, values: readonly unknown[], sticky = false): Query {
  const lookup = lookups.get('in')!
  const { operator, params } = lookup.compare(path.field, values)
  const at = query.values.length
  const condition: WhereCondition = {
    type: 'condition',
    path: { ...path, transforms: [], lookup },
    annotation: undefined,
    operator,
    folded: false,
    at,
    count: params.length,
    subquery: undefined,
  }
  const tables = path.steps.map(({ to, toField }) => `${to.label}.${toField.name}`).join('>')
  return {
    ...query,
    shape: `${query.shape}${sticky ? '^' : ' '}c(${tables}>${path.field.name}:${operator}${params.length})`,
    values: [...query.values, ...params],
    steps: [
      ...query.steps,
      { type: 'filter', where: { type: 'group', connector: 'AND', negated: false, children: [condition] }, sticky },
    ],
  }
}

export function withOrdering(query: Query, names: readonly string[]): Query {
  refuseSlice(query, 'order')
  const ordering = readOrdering(query.meta, names, annotationsOf(query))
  return { ...query, ordering, reversed: false, shape: `${query.shape} o(${names.join()})` }
}

export function withReverse(query: Query): Query {
  refuseSlice(query, 'reverse')
  return { ...query, reversed: !query.reversed, shape: `${query.shape} rev` }
}

/** A part of a part counts from the start of that part. */
export function withSlice(query: Query, start: number, end: number | undefined): Query {
  for (const bound of [start, end]) {
    if (bound !== undefined && (!Number.isSafeInteger(bound) || bound < 0)) {
      throw new QueryError(
        `slice takes whole numbers from 0 up, got ${bound}. Reverse the ordering to count from the end.`,
      )
    }
  }
  const low = query.high === undefined ? query.low + start : Math.min(query.low + start, query.high)
  const wanted = end === undefined ? query.high : query.low + end
  const high = query.high === undefined || wanted === undefined ? wanted : Math.min(wanted, query.high)
  return { ...query, low, high: high === undefined ? undefined : Math.max(high, low) }
}

export function withDistinct(query: Query, distinct: boolean): Query {
  refuseSlice(query, 'make distinct')
  return { ...query, distinct, shape: `${query.shape} d${distinct ? 1 : 0}` }
}

/** Relations that lead to one row at most, and theirs: `'author__mentor'`. */
export function withRelated(query: Query, paths: readonly string[]): Query {
  let { related } = query
  for (const path of paths) related = addRelated(related, query.meta, namesOf(path, 'selectRelated'), path)
  return { ...query, related, shape: `${query.shape} s(${paths.join()})` }
}

function addRelated(tree: RelatedTree, meta: ModelMeta, names: readonly string[], path: string): RelatedTree {
  const [name, ...rest] = names as [string, ...string[]]
  const relation = meta.relation(name)
  const single = relation instanceof ForeignKeyField || (relation instanceof ReverseField && relation.isSingle)
  if (!single) {
    if (!meta.member(name)) throw unknownName(meta, name, `selectRelated '${path}'`)
    const hint = relation ? ` It leads to many rows: use prefetchRelated('${path}').` : ''
    throw new FieldError(`${meta.name}.${name} is no relation to one row (in selectRelated '${path}').${hint}`)
  }
  const below = tree[name] ?? {}
  return { ...tree, [name]: rest.length === 0 ? below : addRelated(below, relation.target, rest, path) }
}

/** Plain values in place of instances; without names, every column. */
export function withValues(query: Query, names: readonly string[]): Query {
  const annotations = annotationsOf(query)
  const chosen =
    names.length > 0 ? names : [...query.meta.fields.map((field) => field.attribute), ...annotations.keys()]
  const selected = chosen.map((name): SelectedValue => {
    if (annotations.has(name)) return { name, source: { annotation: name } }
    return { name, source: columnPath(query.meta, name, `values '${name}'`) }
  })
  return { ...query, selected, shape: `${query.shape} v(${chosen.join()})` }
}

const annotationName = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u

/** Computed values beside the columns; after `values`, an aggregate groups by what was selected. */
export function withAnnotations(query: Query, aggregates: Readonly<Record<string, Aggregate>>): Query {
  refuseSlice(query, 'annotate')
  let next = query
  for (const [name, aggregate] of Object.entries(aggregates)) {
    if (!annotationName.test(name) || name.includes('__')) {
      throw new FieldError(`An annotation's name must be an identifier without '__', got '${name}'.`)
    }
    if (query.meta.member(name)) {
      throw new FieldError(
        `The annotation '${name}' conflicts with a field of ${query.meta.name}: choose another name.`,
      )
    }
    const expression = aggregate.resolve(query.meta)
    const distinct = aggregate.distinct ? 'distinct ' : ''
    const selected = next.selected && [...next.selected, { name, source: { annotation: name } }]
    const groupBy = next.groupBy ?? (query.selected?.filter(({ source }) => !('annotation' in source)) || 'key')
    next = {
      ...next,
      selected,
      groupBy,
      steps: [...next.steps, { type: 'annotation', name, expression }],
      shape: `${next.shape} a(${name}=${aggregate.name} ${distinct}${aggregate.path})`,
    }
  }
  return next
}
