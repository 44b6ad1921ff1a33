import { ImproperlyConfigured } from '@nuages/foundation'
import { operationsFor } from '../../backends/operations-for.ts'
import type { CheckSchema, ExclusionSchema, IndexColumn, IndexSchema, UniqueSchema } from '../../backends/schema.ts'
import type { Vendor } from '../../fields/field.ts'
import type { ExclusionConstraint, IndexExpression, UniqueConstraint } from '../../models/constraints.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { schemaCondition, schemaExpression } from '../../query/compile/compile-schema.ts'
import { sql } from '../../query/fragment.ts'
import { type ConstraintState, columnOf, type IndexState, indexColumn } from './model-state.ts'

/** What the indexes and constraints of a model are in a database. */
export interface ConstraintSchemas {
  readonly indexes: readonly IndexSchema[]
  readonly uniques: readonly UniqueSchema[]
  readonly checks: readonly CheckSchema[]
  readonly exclusions: readonly ExclusionSchema[]
}

/**
 * What the database can keep of a model's indexes and constraints. As with Django, a unique constraint with a condition,
 * expressions or more columns is a unique index, and what a database has no word for it is not asked for: a check says so.
 */
export function constraintSchemas(meta: ModelMeta, vendor: Vendor): ConstraintSchemas {
  const indexes = (meta.indexes as readonly IndexState[]).map((index) => indexSchema(meta, vendor, index))
  const uniques: UniqueSchema[] = []
  const checks: CheckSchema[] = []
  const exclusions: ExclusionSchema[] = []
  for (const constraint of meta.constraints as readonly ConstraintState[]) {
    const { name } = constraint
    if (constraint.type === 'check') {
      checks.push({ name, sql: schemaCondition(meta, vendor, constraint.condition, `the constraint '${name}'`) })
    } else if (constraint.type === 'exclude') {
      if (vendor === 'postgresql') exclusions.push(exclusionSchema(meta, constraint))
    } else if (isIndex(constraint)) indexes.push({ ...indexSchema(meta, vendor, constraint), unique: true })
    else if (isKept(constraint, vendor)) uniques.push(uniqueSchema(meta, constraint))
  }
  return { indexes, uniques, checks, exclusions }
}

type NamedUnique = UniqueConstraint & { readonly name: string }

function isIndex({ expressions, condition, include, opclasses }: UniqueConstraint): boolean {
  return (expressions ?? condition ?? include ?? opclasses) !== undefined
}

/** SQLite checks what is unique at once, and takes rows with NULL for different. */
function isKept({ deferrable, nullsDistinct }: UniqueConstraint, vendor: Vendor): boolean {
  return vendor === 'postgresql' || (deferrable === undefined && nullsDistinct !== false)
}

function uniqueSchema(meta: ModelMeta, { name, fields, deferrable, nullsDistinct }: NamedUnique): UniqueSchema {
  return {
    name,
    columns: fields!.map((field) => columnOf(meta, field)),
    ...(deferrable === undefined ? {} : { deferrable }),
    ...(nullsDistinct === false ? { nullsDistinct } : {}),
  }
}

function indexSchema(meta: ModelMeta, vendor: Vendor, index: IndexState | NamedUnique): IndexSchema {
  const { name, fields, expressions, condition, include, opclasses } = index
  if ('using' in index && index.using === 'search') return searchSchema(meta, vendor, index)
  const where = `the index '${name}'`
  const column = (field: string) => columnOf(meta, field)
  const isPostgres = vendor === 'postgresql'
  const columns = fields
    ? fields.map((field) => indexColumn(field, column))
    : expressions!.map((expression) => expressionColumn(meta, vendor, expression, where))
  return {
    name,
    unique: false,
    columns: opclasses && isPostgres ? columns.map((each, at) => ({ ...each, opclass: opclasses[at]! })) : columns,
    ...(condition === undefined ? {} : { condition: schemaCondition(meta, vendor, condition, where) }),
    ...(include === undefined || !isPostgres ? {} : { include: include.map(column) }),
    ...('using' in index && index.using !== undefined && index.using !== 'btree' && isPostgres
      ? { using: index.using }
      : {}),
    ...('nullsDistinct' in index && index.nullsDistinct === false && isPostgres ? { nullsDistinct: false } : {}),
  }
}

/** PostgreSQL keeps the words of each column as an expression; SQLite in a table, whose rows are named by the key. */
function searchSchema(meta: ModelMeta, vendor: Vendor, { name, fields }: IndexState): IndexSchema {
  const names = fields!.map((field) => columnOf(meta, field))
  const { quote, wordsOf } = operationsFor(vendor)
  if (wordsOf) {
    const words = names.map((column) => wordsOf(sql.raw(quote(column))).sql)
    const columns = words.map((each) => ({ name: each, isExpression: true as const, descending: false }))
    return { name, unique: false, columns, using: 'gin' }
  }
  if (!wholeNumbers.has(meta.pk.kind)) {
    throw new ImproperlyConfigured(
      `The index '${name}' of ${meta.name} is one of words, which SQLite has for models whose key is a whole number; ${meta.pk.name} is none.`,
    )
  }
  const columns = names.map((column) => ({ name: column, descending: false }))
  return { name, unique: false, columns, include: [meta.pk.column], using: 'search' }
}

const wholeNumbers: ReadonlySet<string> = new Set(['integer', 'bigint'])

function expressionColumn(meta: ModelMeta, vendor: Vendor, expression: IndexExpression, where: string): IndexColumn {
  const { sql, isColumn, column, descending } = schemaExpression(meta, vendor, expression, where)
  return isColumn ? { name: column, descending } : { name: sql, isExpression: true, descending }
}

function exclusionSchema(meta: ModelMeta, constraint: ExclusionConstraint): ExclusionSchema {
  const { name, expressions, using = 'gist', condition, include, deferrable } = constraint
  const where = `the constraint '${name}'`
  return {
    name,
    using,
    parts: expressions.map(([expression, operator, opclass]) => {
      const { sql, isColumn } = schemaExpression(meta, 'postgresql', expression, where)
      return { sql: isColumn ? sql : `(${sql})`, operator, ...(opclass === undefined ? {} : { opclass }) }
    }),
    ...(condition === undefined ? {} : { condition: schemaCondition(meta, 'postgresql', condition, where) }),
    ...(include === undefined ? {} : { include: include.map((field) => columnOf(meta, field)) }),
    ...(deferrable === undefined ? {} : { deferrable }),
  }
}
