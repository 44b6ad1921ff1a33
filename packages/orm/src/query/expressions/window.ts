import { FieldError } from '../../errors.ts'
import type { NodeBuilder } from '../build/node-builder.ts'
import { Aggregate } from './aggregate.ts'
import { Expression, type OperandValue, type OrderBy } from './expression.ts'
import type { CallNode, WindowNode } from './node.ts'
import type { UsesOfOrder, UsesOfPaths } from './use-types.ts'
import type { Valued } from './value-types.ts'

/** Where a frame begins or ends: rows before (below zero) or after, `0` the row itself, `null` the end of the partition. */
export type FrameBound = number | null

export interface Frame {
  /** `rows` counts rows, `range` goes by values, `groups` by sets of equal values. */
  readonly type: 'rows' | 'range' | 'groups'
  readonly start?: FrameBound
  readonly end?: FrameBound
  readonly exclude?: 'currentRow' | 'group' | 'ties' | 'noOthers'
}

export interface WindowOptions {
  readonly partitionBy?: OperandValue | readonly OperandValue[]
  readonly orderBy?: string | OrderBy | Expression | readonly (string | OrderBy | Expression)[]
  readonly frame?: Frame
}

export class WindowExpression<out V = unknown, out U = unknown> extends Expression<V, U> {
  readonly of: Expression
  readonly options: WindowOptions

  constructor(of: Expression, options: WindowOptions) {
    super()
    this.of = of
    this.options = options
  }

  resolve(builder: NodeBuilder): WindowNode {
    const { partitionBy = [], orderBy = [], frame } = this.options
    const of = this.of instanceof Aggregate ? this.of.resolveAggregate(builder) : builder.expression(this.of)
    if (of.type !== 'aggregate' && !(of.type === 'call' && of.fn.isWindow)) {
      throw new FieldError('Window() takes an aggregate or a window function such as RowNumber().')
    }
    builder.shape += 'over('
    const partition = builder.arguments(Array.isArray(partitionBy) ? partitionBy : [partitionBy as OperandValue])
    const order = builder.ordering(Array.isArray(orderBy) ? orderBy : [orderBy])
    const text = frame && frameText(frame)
    builder.shape += `${text ?? ''})`
    return {
      type: 'window',
      of: of as CallNode,
      partitionBy: partition,
      orderBy: order,
      frame: text,
      output: of.output,
    }
  }
}

/** A value computed over the rows around each row: `Window(RowNumber(), { partitionBy: 'author' })`. Django's `Window`. */
export function Window<
  V,
  U,
  const P extends WindowOptions['partitionBy'] = never,
  const O extends WindowOptions['orderBy'] = never,
>(
  of: Valued<V, U>,
  options: WindowOptions & { readonly partitionBy?: P; readonly orderBy?: O } = {},
): WindowExpression<V, U | UsesOfPaths<P> | UsesOfOrder<O>> {
  return new WindowExpression(of as Expression, options)
}

const types = { rows: 'ROWS', range: 'RANGE', groups: 'GROUPS' } as const
const exclusions = { currentRow: 'CURRENT ROW', group: 'GROUP', ties: 'TIES', noOthers: 'NO OTHERS' } as const

/** Only words and whole numbers get into the text. */
function frameText({ type, start = null, end = null, exclude }: Frame): string {
  const word = Object.hasOwn(types, type) ? types[type] : undefined
  const without = exclude === undefined ? '' : Object.hasOwn(exclusions, exclude) ? exclusions[exclude] : undefined
  if (word === undefined || without === undefined) {
    throw new FieldError(`A frame is of type rows, range or groups and excludes ${Object.keys(exclusions).join(', ')}.`)
  }
  const text = `${word} BETWEEN ${bound(start, 'PRECEDING')} AND ${bound(end, 'FOLLOWING')}`
  return without === '' ? text : `${text} EXCLUDE ${without}`
}

function bound(value: FrameBound, open: 'PRECEDING' | 'FOLLOWING'): string {
  if (value === null) return `UNBOUNDED ${open}`
  if (!Number.isSafeInteger(value)) throw new FieldError(`A frame's bounds are whole numbers or null, got ${value}.`)
  if (value === 0) return 'CURRENT ROW'
  return value < 0 ? `${-value} PRECEDING` : `${value} FOLLOWING`
}
