import { placeholder } from '../../backends/operations.ts'
import { operationsFor } from '../../backends/operations-for.ts'
import type { SqlValue } from '../../backends/statement.ts'
import { FieldError } from '../../errors.ts'
import type { Field, Vendor } from '../../fields/field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { NodeBuilder } from '../build/node-builder.ts'
import { type Expression, OrderBy } from '../expressions/expression.ts'
import type { Bind, Fragment } from '../fragment.ts'
import type { ColumnPath } from '../lookup-path.ts'
import type { BooleanExpression, Conditions } from '../q.ts'
import { rootQuery } from '../query.ts'
import type { CompileContext } from './compile-context.ts'
import { compileExpression } from './compile-expression.ts'
import { updateContext } from './compile-select.ts'
import { compileConditionValue } from './compile-where.ts'

/** What a schema takes of an expression: its SQL for one row of the table, values pasted as literals, columns unqualified. */
export interface SchemaSql {
  readonly sql: string
  /** What reads its value. */
  readonly output: Field
  /** It is a column and nothing else; `column` is its name. */
  readonly isColumn: boolean
  readonly column: string
  readonly descending: boolean
}

/** The SQL of an expression, or of a field's name, in a constraint, index or column. Throws `FieldError`. */
export function schemaExpression(
  meta: ModelMeta,
  vendor: Vendor,
  expression: string | Expression | OrderBy,
  where: string,
): SchemaSql {
  const builder = new NodeBuilder(rootQuery(meta.model), where)
  const bare = expression instanceof OrderBy ? expression.expression : expression
  const node = builder.argument(bare)
  const sql = literal(meta, vendor, builder, where, (context) => compileExpression(context, node))
  const descending = expression instanceof OrderBy && expression.descending
  const column = node.type === 'column' ? ownColumn(node.path) : ''
  return { sql, output: node.output, isColumn: column !== '', column, descending }
}

/** Of a relation, the column that holds its key. */
function ownColumn({ steps, field }: ColumnPath): string {
  return (steps[0]?.fromField ?? field).column
}

/** The SQL of a condition on a row of the table. Throws `FieldError`. */
export function schemaCondition(
  meta: ModelMeta,
  vendor: Vendor,
  condition: BooleanExpression | Conditions,
  where: string,
): string {
  const builder = new NodeBuilder(rootQuery(meta.model), where)
  const group = builder.where(condition)
  return literal(meta, vendor, builder, where, (context) => compileConditionValue(context, group))
}

/** A value as a literal of a field, in a DEFAULT. */
export function schemaValue(field: Field, vendor: Vendor, value: unknown): string {
  const operations = operationsFor(vendor)
  return paste({ sql: operations.assigned(field.kind, placeholder), binds: [{ at: 0, map: undefined }] }, vendor, [
    field.toSql(value),
  ])
}

/** Where an expression of one row stands by itself, in no query. */
export function rowContext(meta: ModelMeta, vendor: Vendor): CompileContext {
  return updateContext(rootQuery(meta.model), operationsFor(vendor))
}

function literal(
  meta: ModelMeta,
  vendor: Vendor,
  builder: NodeBuilder,
  where: string,
  compile: (context: CompileContext) => Fragment,
): string {
  const context = rowContext(meta, vendor)
  const { operations, joins } = context
  const fragment = compile(context)
  const table = operations.quote(joins.base)
  if ([...joins.aliases()].length > 0) {
    throw new FieldError(
      `${where} of ${meta.name} reaches over a relation: the database looks at one row of one table.`,
    )
  }
  return paste({ ...fragment, sql: fragment.sql.replaceAll(`${table}.`, '') }, vendor, builder.values)
}

/** Puts values in the place of their placeholders: schema statements take no parameters. */
function paste({ sql, binds }: Fragment, vendor: Vendor, values: readonly unknown[]): string {
  let index = 0
  return sql.replaceAll(placeholder, () => operationsFor(vendor).literal(boundValue(binds[index++]!, values)))
}

function boundValue(bind: Bind, values: readonly unknown[]): SqlValue {
  if ('value' in bind) return bind.value()
  const slot = (at: number): SqlValue => {
    const value = values[at]
    return typeof value === 'function' ? (value as () => SqlValue)() : (value as SqlValue)
  }
  if ('list' in bind) return bind.list(Array.from({ length: bind.count }, (_, n) => slot(bind.at + n)))
  return bind.map ? bind.map(slot(bind.at)) : slot(bind.at)
}
