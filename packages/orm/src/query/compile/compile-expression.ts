import { placeholder } from '../../backends/operations.ts'
import { FieldError } from '../../errors.ts'
import { readStart, walkTransforms } from '../build/read-path.ts'
import type {
  AggregateNode,
  CallNode,
  CaseNode,
  ColumnNode,
  ExpressionNode,
  OuterNode,
  RawNode,
  WindowNode,
} from '../expressions/node.ts'
import { type FunctionInput, functionSql } from '../expressions/sql-function.ts'
import { type Fragment, fragment, join, sql, wrap } from '../fragment.ts'
import type { CompileContext, Lift } from './compile-context.ts'

/** The SQL of an expression. */
export function compileExpression(context: CompileContext, node: ExpressionNode): Fragment {
  const { lift } = context
  if (lift && isLeaf(node, lift)) return lift.column(compileExpression({ ...context, lift: undefined }, node), node)
  switch (node.type) {
    case 'column':
      return compileColumn(context, node)
    case 'annotation':
      return compileAnnotation(context, node.of)
    case 'value': {
      const value = context.operations.typed(node.output.kind, placeholder)
      return fragment(value, [{ at: node.at + context.offset, map: undefined }])
    }
    case 'call':
      return compileCall(context, node)
    case 'aggregate':
      return compileAggregate(context, node)
    case 'window':
      return compileWindow(context, node)
    case 'case':
      return compileCase(context, node)
    case 'condition':
      return wrap('(', context.compilers.condition(context, node.where), ')')
    case 'subquery':
      return wrap('(', context.compilers.subquery(context, node.query, node.at, 'value'), ')')
    case 'exists':
      return wrap('EXISTS(', context.compilers.subquery(context, node.query, node.at, 'exists'), ')')
    case 'outer':
      return compileOuter(context, node)
    case 'raw':
      return compileRaw(context, node)
    case 'moved':
      return compileExpression({ ...context, offset: context.offset + node.by }, node.node)
  }
}

const parts: ReadonlySet<ExpressionNode['type']> = new Set(['value', 'call', 'case', 'condition', 'moved'])

/** What another SELECT around the rows can only know by a column of them. */
function isLeaf({ type }: ExpressionNode, { aggregates }: Lift): boolean {
  if (type === 'aggregate') return aggregates
  return !parts.has(type)
}

function compileColumn(context: CompileContext, node: ColumnNode): Fragment {
  const reference = context.joins.column(node.path, context.reusable)
  for (const alias of reference.joins) context.used?.add(alias)
  return fragment(context.joins.quote(reference))
}

/** An annotation takes the joins of the place where it was made, so that its SQL is kept from there. */
export function compileAnnotation(context: CompileContext, node: ExpressionNode): Fragment {
  const { annotations } = context
  let known = annotations.get(node)
  if (!known) {
    known = compileExpression({ ...context, reusable: undefined, used: undefined }, node)
    annotations.set(node, known)
  }
  return known
}

function inputOf(context: CompileContext, { args, output }: CallNode | AggregateNode): FunctionInput {
  return {
    args: args.map((arg) => compileExpression(context, arg)),
    fields: args.map((arg) => arg.output),
    output,
    operations: context.operations,
    distinct: false,
    order: undefined,
  }
}

function compileCall(context: CompileContext, node: CallNode): Fragment {
  if (node.fn.isWindow) throw new FieldError(`${node.fn.name}() is computed over a window: put it in Window(…).`)
  return functionSql(node.fn, context.vendor, inputOf(context, node))
}

function compileAggregate(context: CompileContext, node: AggregateNode): Fragment {
  const { fn, output, distinct, filter, orderBy } = node
  const order = orderBy.length > 0 ? join(context.compilers.terms(context, orderBy), ', ') : undefined
  const call = functionSql(fn, context.vendor, { ...inputOf(context, node), distinct, order })
  const whole = filter ? sql`${call} FILTER (WHERE ${context.compilers.condition(context, filter)})` : call
  return fragment(context.operations.aggregated(fn.name, whole.sql, output.kind), whole.binds)
}

function compileWindow(context: CompileContext, node: WindowNode): Fragment {
  const { of, partitionBy, orderBy, frame } = node
  const input = inputOf(context, of)
  const call =
    of.type === 'aggregate'
      ? compileAggregate({ ...context, operations: { ...context.operations, aggregated: (_name, own) => own } }, of)
      : functionSql(of.fn, context.vendor, input)
  const parts: Fragment[] = []
  if (partitionBy.length > 0) {
    parts.push(
      wrap(
        'PARTITION BY ',
        join(
          partitionBy.map((each) => compileExpression(context, each)),
          ', ',
        ),
        '',
      ),
    )
  }
  if (orderBy.length > 0) parts.push(wrap('ORDER BY ', join(context.compilers.terms(context, orderBy), ', '), ''))
  if (frame !== undefined) parts.push(fragment(frame))
  const over = sql`${call} OVER (${join(parts, ' ')})`
  if (of.type !== 'aggregate') return over
  return fragment(context.operations.aggregated(of.fn.name, over.sql, of.output.kind), over.binds)
}

function compileCase(context: CompileContext, node: CaseNode): Fragment {
  const otherwise = node.otherwise && compileExpression(context, node.otherwise)
  if (node.branches.length === 0) return otherwise ?? fragment('NULL')
  const branches = node.branches.map(({ when, then }) => {
    return sql`WHEN ${context.compilers.condition(context, when)} THEN ${compileExpression(context, then)}`
  })
  return sql`CASE ${join(branches, ' ')} ELSE ${otherwise ?? fragment('NULL')} END`
}

/** A path of a query around this one, which is known only now. */
function compileOuter(context: CompileContext, node: OuterNode): Fragment {
  let around: CompileContext | undefined = context
  for (let level = node.level; level > 0; level--) around = around?.outer
  if (!around) throw new FieldError(`OuterRef('${node.name}') stands in no other query.`)
  const where = `OuterRef('${node.name}')`
  const { node: start, column, rest } = readStart(around.query, node.name.split('__'), where)
  return compileExpression({ ...around, lift: undefined }, walkTransforms(start, column, rest, where))
}

function compileRaw(context: CompileContext, node: RawNode): Fragment {
  const parts: Fragment[] = []
  for (const [index, piece] of node.pieces.entries()) {
    parts.push(fragment(piece))
    const arg = node.args[index]
    if (arg) parts.push(compileExpression(context, arg))
  }
  return wrap('(', join(parts, ''), ')')
}
