import { database } from '../backends/registry.ts'
import { isDatabaseDefault } from '../fields/database-default.ts'
import type { Field } from '../fields/field.ts'
import { GeneratedField } from '../fields/generated-field.ts'
import type { Row } from '../models/row.ts'
import { stateOf } from '../models/row.ts'
import { metaOf } from '../models/save-row.ts'
import { NodeBuilder } from '../query/build/node-builder.ts'
import { rowContext } from '../query/compile/compile-schema.ts'
import { compileConditionValue } from '../query/compile/compile-where.ts'
import { parametersOf, statementOf } from '../query/execute/select.ts'
import type { Expression } from '../query/expressions/expression.ts'
import type { ColumnNode, ExpressionNode } from '../query/expressions/node.ts'
import { outputs } from '../query/expressions/output-fields.ts'
import { sqlFunction } from '../query/expressions/sql-function.ts'
import { sql } from '../query/fragment.ts'
import type { ColumnPath } from '../query/lookup-path.ts'
import { mapColumns, mapWhere } from '../query/map-columns.ts'
import { BooleanExpression, type Conditions } from '../query/q.ts'
import { rootQuery } from '../query/query.ts'

type Values = Record<string, unknown>

/** The column of the row's own table: of a relation, its key. */
function ownField({ steps, field }: ColumnPath): Field {
  return steps[0]?.fromField ?? field
}

/** What a row has under the column of a node: its value, or what computes it of the row's others. */
function ownValue(builder: NodeBuilder, row: Row, { path }: ColumnNode): ExpressionNode {
  const field = ownField(path)
  if (!(field instanceof GeneratedField))
    return builder.value((row as unknown as Values)[field.attribute] ?? null, field)
  return mapColumns(builder.expression(field.expression), (node) => ownValue(builder, row, node))
}

/** The operator that must not be true of a constraint's expression in another row and the same in this one. */
function comparing(operator: string): ReturnType<typeof sqlFunction> {
  const between = sql.raw(` ${operator} `)
  return sqlFunction({
    id: `constraint:${operator}`,
    name: operator,
    output: outputs.boolean,
    sql: ({ args: [theirs, own] }) => sql`${theirs!}${between}${own!}`,
  })
}

/** Rows whose expression stands in a relation to that of one row: `=`, or what an exclusion says. */
export class RelatedByOperator extends BooleanExpression {
  readonly #row: Row
  readonly #expression: string | Expression
  readonly #operator: string

  constructor(row: Row, expression: string | Expression, operator: string) {
    super()
    this.#row = row
    this.#expression = expression
    this.#operator = operator
  }

  resolve(builder: NodeBuilder): ExpressionNode {
    const theirs = builder.argument(this.#expression)
    builder.shape += `constraint${this.#operator}`
    const own = mapColumns(builder.argument(this.#expression), (node) => ownValue(builder, this.#row, node))
    return { type: 'call', fn: comparing(this.#operator), args: [theirs, own], output: outputs.boolean }
  }
}

/** Whether a condition holds of a row as it stands in memory; `null` where it cannot be told, as of NULL. The database is asked. */
export async function holdsFor(row: Row, condition: BooleanExpression | Conditions): Promise<boolean | null> {
  const meta = metaOf(row)
  const db = database(stateOf(row).alias)
  const builder = new NodeBuilder(rootQuery(meta.model), 'a constraint')
  const where = mapWhere(builder.where(condition), (node) => ownValue(builder, row, node))
  const context = rowContext(meta, db.vendor)
  const fragment = compileConditionValue(context, where)
  const compiled = statementOf(context.operations, sql`SELECT ${fragment}`)
  const [found] = await db.all(compiled.statement, parametersOf(compiled, builder.values))
  const [answer] = found!
  return answer === null || answer === undefined ? null : Boolean(answer)
}

/** Whether the value of an expression is known to be NULL: such rows are like no others. */
export async function isNullFor(row: Row, expression: string | Expression): Promise<boolean> {
  const isNull = new IsNull(expression)
  return (await holdsFor(row, isNull)) === true
}

class IsNull extends BooleanExpression {
  readonly #expression: string | Expression

  constructor(expression: string | Expression) {
    super()
    this.#expression = expression
  }

  resolve(builder: NodeBuilder): ExpressionNode {
    return { type: 'call', fn: nullTest, args: [builder.argument(this.#expression)], output: outputs.boolean }
  }
}

const nullTest = sqlFunction({
  id: 'constraint:null',
  name: 'IS NULL',
  output: outputs.boolean,
  sql: ({ args: [value] }) => sql`${value!} IS NULL`,
})

/** The fields that conditions and expressions of a constraint speak of. */
export function fieldsOf(
  row: Row,
  expressions: readonly (string | Expression)[],
  condition: BooleanExpression | Conditions | undefined,
): Set<string> {
  const names = new Set<string>()
  const builder = new NodeBuilder(rootQuery(metaOf(row).model), 'a constraint')
  const note = (node: ColumnNode): ExpressionNode => {
    names.add(ownField(node.path).name)
    return node
  }
  for (const expression of expressions) mapColumns(builder.argument(expression), note)
  if (condition) mapWhere(builder.where(condition), note)
  return names
}

/** Whether the database is yet to give one of these fields its value. */
export function awaitsDefault(row: Row, fields: Iterable<string>): boolean {
  const meta = metaOf(row)
  for (const name of fields) {
    const field = meta.field(name)
    if (field && isDatabaseDefault((row as unknown as Values)[field.attribute])) return true
  }
  return false
}
