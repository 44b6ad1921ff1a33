import type { ColumnSchema } from '../../backends/schema.ts'
import type { Field, Vendor } from '../../fields/field.ts'
import { GeneratedField } from '../../fields/generated-field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { schemaExpression, schemaValue } from '../../query/compile/compile-schema.ts'
import { Expression } from '../../query/expressions/expression.ts'

/** The DEFAULT of a column, where its field has one that the database gives. */
export function columnDefault(meta: ModelMeta, field: Field, vendor: Vendor): Pick<ColumnSchema, 'default'> {
  if (!field.hasDbDefault) return {}
  const { dbDefault } = field.options
  if (!(dbDefault instanceof Expression)) return { default: schemaValue(field, vendor, dbDefault) }
  return { default: schemaExpression(meta, vendor, dbDefault, `the dbDefault of '${field.name}'`).sql }
}

/** What computes a column, where its field is a generated one. */
export function columnGenerated(meta: ModelMeta, field: Field, vendor: Vendor): Pick<ColumnSchema, 'generated'> {
  if (!(field instanceof GeneratedField)) return {}
  const { sql } = schemaExpression(meta, vendor, field.expression, `the expression of '${field.name}'`)
  return { generated: { sql, stored: field.dbPersist } }
}
