import type { Database, SqlValue } from '../backends/database.ts'
import { placeholder } from '../backends/operations.ts'
import { FieldError } from '../errors.ts'
import { isDatabaseDefault } from '../fields/database-default.ts'
import type { Field } from '../fields/field.ts'
import { withColumn, withValues } from '../query/build/build-query.ts'
import { NodeBuilder } from '../query/build/node-builder.ts'
import { partsOf } from '../query/build/node-traits.ts'
import { compileExpression } from '../query/compile/compile-expression.ts'
import { rowContext } from '../query/compile/compile-schema.ts'
import { parametersOf, selectRows, statementOf } from '../query/execute/select.ts'
import { updateRows } from '../query/execute/update-rows.ts'
import { Expression } from '../query/expressions/expression.ts'
import type { ExpressionNode } from '../query/expressions/node.ts'
import { type Fragment, fragment, join, sql } from '../query/fragment.ts'
import { rootQuery } from '../query/query.ts'
import { type EncodedRow, takeReturned } from './encode-row.ts'
import type { WritePlan } from './write-plan.ts'

type Values = Record<string, unknown>

/** Whether the database is to compute some of these fields. */
export function hasExpressions(values: Values, fields: readonly Field[]): boolean {
  for (let index = 0; index < fields.length; index++) {
    const value = values[fields[index]!.attribute]
    if (typeof value === 'object' && value instanceof Expression) return true
  }
  return false
}

function isComputed(value: unknown): boolean {
  return value instanceof Expression || isDatabaseDefault(value)
}

/** UPDATE of a row some of whose values are expressions; what the database computed is read back. Tells whether there is such a row. */
export async function updateByExpressions(
  values: Values,
  plan: WritePlan,
  encoded: EncodedRow,
  written: readonly number[],
  db: Database,
): Promise<boolean> {
  const { meta } = plan
  const key = values[meta.pk.attribute]
  const at = (field: Field) => ({ steps: [], field, relation: undefined })
  const own = withColumn(rootQuery(meta.model), at(meta.pk), [key])
  const version = plan.fields[plan.versionAt]
  const query = version ? withColumn(own, at(version), [values[version.attribute]]) : own
  const fields = written.map((index) => plan.fields[index]!)
  const assigned = fields.map((field) => [field.name, newValue(field, values[field.attribute])])
  if ((await updateRows(query, Object.fromEntries(assigned), db)) === 0) return false
  const computed = fields.filter((field) => isComputed(values[field.attribute]))
  const names = [
    ...computed.map(({ attribute }) => attribute),
    ...plan.generated.map((index) => plan.fields[index]!.attribute),
  ]
  const [stored] = (await selectRows(withValues({ ...own, ordering: [] }, names), db)) as Values[]
  for (const name of names) {
    const field = meta.field(name)!
    values[field.attribute] = stored?.[name]
    encoded[meta.fields.indexOf(field)] = field.toSql(stored?.[name] ?? null)
  }
  return true
}

/** In an UPDATE, the default of the database is what it is made of: SQLite has no word for it there. */
function newValue(field: Field, value: unknown): unknown {
  return isDatabaseDefault(value) ? field.options.dbDefault : value
}

/** INSERT of a row some of whose values are expressions; what the database computed is set on the row. */
export async function insertByExpressions(
  values: Values,
  plan: WritePlan,
  encoded: EncodedRow,
  missing: readonly number[],
  db: Database,
): Promise<void> {
  const { meta, operations } = plan
  const builder = new NodeBuilder(rootQuery(meta.model), `create of ${meta.name}`)
  const context = rowContext(meta, db.vendor)
  const written = plan.writtenBut(missing)
  const parts = written.map((field): Fragment => {
    const value = values[field.attribute]
    if (value instanceof Expression) return compileExpression(context, withoutColumns(builder.expression(value), field))
    builder.values.push(encoded[meta.fields.indexOf(field)]!)
    return fragment(operations.assigned(field.kind, placeholder), [{ at: builder.values.length - 1, map: undefined }])
  })
  const computed = meta.fields.flatMap((field, index) => (values[field.attribute] instanceof Expression ? [index] : []))
  const returning = [...new Set([...missing, ...computed, ...plan.generated])]
  const columns = (fields: readonly Field[]) =>
    fragment(fields.map(({ column }) => operations.quote(column)).join(', '))
  const compiled = statementOf(
    operations,
    sql`INSERT INTO ${fragment(operations.quote(meta.table))} (${columns(written)}) VALUES (${join(parts, ', ')}) RETURNING ${columns(returning.map((index) => meta.fields[index]!))}`,
    returning.some((index) => meta.fields[index]!.readsBigints),
  )
  const [raw] = await db.returning(compiled.statement, parametersOf(compiled, builder.values) as SqlValue[])
  takeReturned(values, plan, encoded, { returning }, raw!)
}

/** A new row has no columns yet that could be computed with. */
function withoutColumns(node: ExpressionNode, field: Field): ExpressionNode {
  const visit = (each: ExpressionNode): void => {
    if (each.type === 'column' || each.type === 'aggregate' || each.type === 'window') {
      throw new FieldError(
        `The value of '${field.name}' for a new row is made of columns, which a row that is yet to be inserted does not have.`,
      )
    }
    for (const part of partsOf(each)) visit(part)
  }
  visit(node)
  return node
}
