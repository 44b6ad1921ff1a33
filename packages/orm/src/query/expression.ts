import type { Field } from '../fields/field.ts'
import { FloatField, IntegerField } from '../fields/number-fields.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import { type ColumnPath, columnPath } from './lookup-path.ts'

export type AggregateName = 'COUNT' | 'SUM' | 'AVG' | 'MIN' | 'MAX'

/** What an annotation computes, over a column that a query has resolved. */
export interface Expression {
  readonly type: 'aggregate'
  readonly name: AggregateName
  readonly distinct: boolean
  readonly path: ColumnPath
  /** What it gives, as a field: how the value is read, and which lookups it takes. */
  readonly output: Field
}

/** An aggregate as a caller writes it, not tied to a model yet. `Kind` says what it gives, `P` is the path. */
export class Aggregate<Kind extends AggregateName = AggregateName, P extends string = string> {
  declare readonly kind: Kind
  readonly name: Kind
  readonly path: P
  readonly distinct: boolean

  constructor(name: Kind, path: P, distinct: boolean) {
    this.name = name
    this.path = path
    this.distinct = distinct
  }

  resolve(meta: ModelMeta): Expression {
    const path = columnPath(meta, this.path, `${this.name}('${this.path}')`)
    return { type: 'aggregate', name: this.name, distinct: this.distinct, path, output: outputOf(this.name, path) }
  }
}

const count = new IntegerField('integer', {}).bind('count')
const average = new FloatField('float', { null: true }).bind('average')

function outputOf(name: AggregateName, path: ColumnPath): Field {
  if (name === 'COUNT') return count
  return name === 'AVG' ? average : path.field
}

export interface AggregateOptions {
  /** Each value once. */
  readonly distinct?: boolean
}

/** How many rows a path leads to: `Count('posts')`. */
export function Count<const P extends string>(path: P, options: AggregateOptions = {}): Aggregate<'COUNT', P> {
  return new Aggregate('COUNT', path, options.distinct ?? false)
}

/** The sum of a column; `null` over no rows. */
export function Sum<const P extends string>(path: P, options: AggregateOptions = {}): Aggregate<'SUM', P> {
  return new Aggregate('SUM', path, options.distinct ?? false)
}

/** The mean of a column; `null` over no rows. */
export function Avg<const P extends string>(path: P, options: AggregateOptions = {}): Aggregate<'AVG', P> {
  return new Aggregate('AVG', path, options.distinct ?? false)
}

/** The least value of a column; `null` over no rows. */
export function Min<const P extends string>(path: P): Aggregate<'MIN', P> {
  return new Aggregate('MIN', path, false)
}

/** The greatest value of a column; `null` over no rows. */
export function Max<const P extends string>(path: P): Aggregate<'MAX', P> {
  return new Aggregate('MAX', path, false)
}
