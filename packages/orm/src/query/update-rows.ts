import type { Database, SqlValue } from '../backends/database.ts'
import { placeholder } from '../backends/operations.ts'
import { operationsFor } from '../backends/operations-for.ts'
import { FieldError, FieldValueError } from '../errors.ts'
import type { Field } from '../fields/field.ts'
import type { ModelMeta } from '../models/model-meta.ts'
import { ForeignKeyField } from '../relations/foreign-key.ts'
import { compileSelect } from './compile-select.ts'
import { type Bind, fragment, join } from './fragment.ts'
import { keyOf } from './key-of-related.ts'
import { unknownName } from './lookup-path.ts'
import type { Query } from './query.ts'
import { compiledOnce, parametersOf } from './select.ts'

/** Sets columns of all rows of a query; returns how many there were. Throws `FieldError` for a name that is no column. */
export async function updateRows(query: Query, values: object, db: Database): Promise<number> {
  const assignments = Object.entries(values).map(([name, value]) => assignment(query.meta, name, value))
  if (query.empty || assignments.length === 0) return 0
  const shape = `${assignments.map(({ field }) => field.name).join()} where ${query.shape}`
  const compiled = compiledOnce(query.meta, db.vendor, 'update', shape, () => {
    const operations = operationsFor(db.vendor)
    const { quote, assigned } = operations
    const set = assignments
      .map(({ field }) => `${quote(field.column)} = ${assigned(field.kind, placeholder)}`)
      .join(', ')
    const binds = assignments.map((_, index): Bind => ({ at: query.values.length + index, map: undefined }))
    const whole = join([fragment(`UPDATE ${quote(query.meta.table)} SET ${set}`, binds), whereKeys(query, db)], '')
    return { statement: { sql: operations.finish(whole.sql) }, binds: whole.binds }
  })
  const parameters = parametersOf(compiled, [...query.values, ...assignments.map(({ value }) => value)])
  const { changes } = await db.run(compiled.statement, parameters)
  return changes
}

/** Deletes the rows of a query in one statement, without looking at what points to them. */
export async function deleteDirectly(query: Query, db: Database): Promise<number> {
  if (query.empty) return 0
  const compiled = compiledOnce(query.meta, db.vendor, 'delete', query.shape, () => {
    const operations = operationsFor(db.vendor)
    const whole = join([fragment(`DELETE FROM ${operations.quote(query.meta.table)}`), whereKeys(query, db)], '')
    return { statement: { sql: operations.finish(whole.sql) }, binds: whole.binds }
  })
  const { changes } = await db.run(compiled.statement, parametersOf(compiled, query.values))
  return changes
}

/** `WHERE id IN (…)`, or the query's own conditions where they need no other table; nothing for all rows. */
function whereKeys(query: Query, db: Database): ReturnType<typeof fragment> {
  if (query.steps.length === 0) return fragment('')
  const operations = operationsFor(db.vendor)
  const { quote } = operations
  const { sql } = compileSelect({ ...query, ordering: [] }, operations, 'key')
  const start = `SELECT ${quote(query.meta.table)}.${quote(query.meta.pk.column)} FROM ${quote(query.meta.table)} WHERE `
  const isPlain = !query.distinct && query.groupBy === undefined && sql.sql.startsWith(start)
  if (isPlain) return fragment(` WHERE ${sql.sql.slice(start.length)}`, sql.binds)
  return fragment(` WHERE ${quote(query.meta.pk.column)} IN (${sql.sql})`, sql.binds)
}

function assignment(meta: ModelMeta, name: string, value: unknown): { field: Field; value: SqlValue } {
  const field = meta.field(name)
  if (!field && meta.member(name)) {
    throw new FieldError(`${meta.name}.${name} is no column: update() sets columns of ${meta.name}'s own table.`)
  }
  if (!field) throw unknownName(meta, name, 'update')
  if (value === undefined) throw new FieldValueError(name, 'a value', value)
  const plain = field instanceof ForeignKeyField ? keyOf(field.target, value, name) : value
  return { field, value: field.toSql(plain) }
}
