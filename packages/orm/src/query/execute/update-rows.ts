import type { Database } from '../../backends/database.ts'
import { placeholder } from '../../backends/operations.ts'
import { operationsFor } from '../../backends/operations-for.ts'
import { FieldError, FieldValueError } from '../../errors.ts'
import type { Field } from '../../fields/field.ts'
import { VersionField } from '../../fields/version-field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { keyOf } from '../build/key-of-related.ts'
import { NodeBuilder } from '../build/node-builder.ts'
import { traitsOf } from '../build/node-traits.ts'
import { refuseCompound, refuseOuter } from '../build/query-state.ts'
import { compileExpression } from '../compile/compile-expression.ts'
import { compileSelect, updateContext } from '../compile/compile-select.ts'
import { Expression } from '../expressions/expression.ts'
import { F } from '../expressions/f.ts'
import type { ExpressionNode } from '../expressions/node.ts'
import { type Fragment, fragment, join, sql, wrap } from '../fragment.ts'
import { unknownName } from '../lookup-path.ts'
import { asQuery, isQuerySource, type Query } from '../query.ts'
import { compiledOnce, parametersOf, statementOf } from './select.ts'

/** A column and what it becomes: a value, whose place in the values is `at`, or an expression. */
interface Assignment {
  readonly field: Field
  readonly at: number
  readonly node: ExpressionNode | undefined
}

/**
 * Sets columns of all rows of a query; returns how many there were. Throws `FieldError` for a name that is no column, and
 * for an expression over relations or aggregates, which no row could be set by.
 */
export async function updateRows(query: Query, values: object, db: Database): Promise<number> {
  refuseOuter(query)
  refuseCompound(query, 'update')
  const builder = new NodeBuilder(query, 'update')
  const assignments = Object.entries(countingVersion(query.meta, values)).map(([name, value]) => {
    return assign(builder, name, value)
  })
  for (const [at, { field }] of assignments.entries()) {
    if (assignments.findIndex((other) => other.field === field) === at) continue
    throw new FieldError(
      `update() of ${query.meta.name} sets ${field.name} twice: as '${field.name}' and as '${field.attribute}'.`,
    )
  }
  if (query.empty || assignments.length === 0) return 0
  const compiled = compiledOnce(query.meta, db.vendor, 'update', `${builder.shape} where ${query.shape}`, () => {
    const operations = operationsFor(db.vendor)
    const context = updateContext(query, operations)
    const set = assignments.map(({ field, at, node }) => {
      const value = node ? compileExpression(context, node) : fragment(placeholder, [{ at, map: undefined }])
      const written = node ? value : fragment(operations.assigned(field.kind, value.sql), value.binds)
      return wrap(`${operations.quote(field.column)} = `, written, '')
    })
    if (!context.joins.isSingle) throw joined(query)
    const table = fragment(operations.quote(query.meta.table))
    return statementOf(operations, sql`UPDATE ${table} SET ${join(set, ', ')}${whereKeys(query, db)}`)
  })
  const { changes } = await db.run(compiled.statement, parametersOf(compiled, builder.values))
  return changes
}

/** Whoever holds one of the rows must learn that it has changed. */
function countingVersion(meta: ModelMeta, values: object): object {
  const version = meta.fields.find((field) => field instanceof VersionField)
  if (!version || version.name in values || Object.keys(values).length === 0) return values
  return { ...values, [version.name]: F(version.name).add(1) }
}

/** Deletes the rows of a query in one statement, without looking at what points to them. */
export async function deleteDirectly(query: Query, db: Database): Promise<number> {
  if (query.empty) return 0
  const compiled = compiledOnce(query.meta, db.vendor, 'delete', query.shape, () => {
    const operations = operationsFor(db.vendor)
    return statementOf(
      operations,
      sql`DELETE FROM ${fragment(operations.quote(query.meta.table))}${whereKeys(query, db)}`,
    )
  })
  const { changes } = await db.run(compiled.statement, parametersOf(compiled, query.values))
  return changes
}

/** `WHERE id IN (…)`, or the query's own conditions where they need no other table; nothing for all rows. */
function whereKeys(query: Query, db: Database): Fragment {
  if (query.steps.length === 0) return fragment('')
  const operations = operationsFor(db.vendor)
  const { quote } = operations
  const { sql: text } = compileSelect({ ...query, ordering: [] }, operations, 'key')
  const table = quote(query.meta.table)
  const keys = query.meta.keyFields.map(({ column }) => quote(column))
  const start = `SELECT ${keys.map((key) => `${table}.${key}`).join(', ')} FROM ${table} WHERE `
  const isPlain = !query.distinct && query.groupBy === undefined && text.sql.startsWith(start)
  if (isPlain) return fragment(` WHERE ${text.sql.slice(start.length)}`, text.binds)
  const key = keys.length === 1 ? keys[0]! : `(${keys.join(', ')})`
  return fragment(` WHERE ${key} IN (${text.sql})`, text.binds)
}

function assign(builder: NodeBuilder, name: string, given: unknown): Assignment {
  const { meta } = builder.query
  const field = meta.field(name)
  if (!field && meta.member(name)) {
    throw new FieldError(`${meta.name}.${name} is no column: update() sets columns of ${meta.name}'s own table.`)
  }
  if (!field) throw unknownName(meta, name, 'update')
  if (given === undefined) throw new FieldValueError(name, 'a value', given)
  if (field.generated) throw new FieldValueError(name, 'left out: the database computes it', given)
  builder.shape += `${field.name}=`
  const at = builder.values.length
  if (given instanceof Expression || isQuerySource(given)) {
    const node = given instanceof Expression ? builder.expression(given) : subquery(builder, given[asQuery]())
    const { aggregate, window } = traitsOf(node)
    if (aggregate) throw new FieldError(`update() takes no aggregate (${meta.name}.${name}): use Subquery(…).`)
    if (window) throw new FieldError(`update() takes no window function (${meta.name}.${name}).`)
    builder.shape += ','
    return { field, at, node }
  }
  const value = field instanceof ForeignKeyField ? keyOf(field.target, given, name) : given
  builder.values.push(field.toSql(value))
  builder.shape += ','
  return { field, at, node: undefined }
}

function subquery(builder: NodeBuilder, inner: Query): ExpressionNode {
  const { query, at } = builder.subquery(inner, 'value')
  return { type: 'subquery', query, at, output: builder.outputOfQuery(query) }
}

function joined({ meta }: Query): FieldError {
  return new FieldError(
    `update() of ${meta.name} takes columns of its own table alone, not paths over relations: use Subquery(…) with OuterRef('pk').`,
  )
}
