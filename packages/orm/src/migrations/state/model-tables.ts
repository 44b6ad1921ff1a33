import { columnIndexName } from '../../backends/constraint-name.ts'
import { backendOf } from '../../backends/known-backends.ts'
import { operationsFor } from '../../backends/operations-for.ts'
import type { ColumnSchema, IndexSchema, TableSchema } from '../../backends/schema.ts'
import { AutoField } from '../../fields/auto-field.ts'
import type { Field, Vendor } from '../../fields/field.ts'
import type { ModelMeta } from '../../models/model-meta.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import { columnDefault, columnGenerated } from './column-sql.ts'
import { constraintSchemas } from './constraint-schema.ts'

/** The table of a model as its fields and options describe it, with the names that Django gives. */
export function modelTable(meta: ModelMeta, vendor: Vendor): TableSchema {
  const table = fieldsTable(meta, vendor)
  const { indexes, uniques, checks, exclusions } = constraintSchemas(meta, vendor)
  const comment = vendor === 'postgresql' ? meta.options.tableComment : undefined
  return {
    ...table,
    indexes: [...table.indexes, ...indexes],
    uniques,
    checks,
    exclusions,
    ...(comment === undefined ? {} : { comment }),
  }
}

/** The table of pairs of a many-to-many. Its pairs are unique, on SQLite by an index, as Django makes them. */
export function pairTable(through: ModelMeta, vendor: Vendor): TableSchema {
  const table = fieldsTable(through, vendor)
  const pair = table.columns.slice(1, 3).map((column) => column.name)
  if (vendor === 'postgresql') {
    const name = columnIndexName(table.name, pair, '_uniq', longestPostgresName)
    return { ...table, uniques: [{ name, columns: pair }] }
  }
  const unique: IndexSchema = {
    name: columnIndexName(table.name, pair, '_uniq'),
    columns: pair.map((name) => ({ name, descending: false })),
    unique: true,
  }
  return { ...table, indexes: [unique, ...table.indexes] }
}

function fieldsTable(meta: ModelMeta, vendor: Vendor): TableSchema {
  const indexed = meta.fields.filter((field) => field.dbIndex && !field.unique)
  return {
    name: meta.table,
    columns: meta.fields.map((field) => columnSchema(meta, field, vendor)),
    indexes: [
      ...indexed.map(({ column }) => columnIndex(meta.table, column, vendor)),
      ...(vendor === 'postgresql' ? meta.fields.flatMap((field) => patternIndexes(meta.table, field)) : []),
    ],
    uniques: [],
    checks: [],
    exclusions: [],
  }
}

function columnIndex(table: string, column: string, vendor: Vendor): IndexSchema {
  const name = columnIndexName(table, [column], '', vendor === 'postgresql' ? longestPostgresName : undefined)
  return { name, columns: [{ name: column, descending: false }], unique: false }
}

const longestPostgresName = 63

/** With most collations PostgreSQL's usual index of text does not answer LIKE: a second one does, as Django makes it. */
function patternIndexes(table: string, field: Field): IndexSchema[] {
  const opclass = /^(varchar|text)(?:\(\d+\))?$/.exec(columnType(field, 'postgresql'))?.[1]
  if (opclass === undefined || !(field.dbIndex || field.unique)) return []
  const name = columnIndexName(table, [field.column], '_like', longestPostgresName)
  return [
    { name, columns: [{ name: field.column, descending: false, opclass: `${opclass}_pattern_ops` }], unique: false },
  ]
}

function columnSchema(meta: ModelMeta, field: Field, vendor: Vendor): ColumnSchema {
  const numbered = field instanceof AutoField
  return {
    name: field.column,
    type: columnType(field, vendor),
    null: field.null,
    primaryKey: field.primaryKey,
    autoIncrement: numbered,
    unique: field.unique && !field.primaryKey,
    check: columnCheck(field, vendor),
    references:
      field instanceof ForeignKeyField && field.dbConstraint
        ? { table: field.target.table, column: field.target.pk.column }
        : undefined,
    ...columnDefault(meta, field, vendor),
    ...columnGenerated(meta, field, vendor),
    ...columnTexts(field, vendor),
  }
}

/** A key compares text as the column does that it leads to. */
function columnTexts(field: Field, vendor: Vendor): Pick<ColumnSchema, 'collation' | 'comment'> {
  const { dbCollation: collation } = keyOf(field).options as { dbCollation?: string }
  const { dbComment: comment } = field.options as { dbComment?: string }
  return {
    ...(collation === undefined ? {} : { collation }),
    ...(comment === undefined || vendor !== 'postgresql' ? {} : { comment }),
  }
}

/** How wide the numbers of keys are; SQLite counts in one type alone. */
const numberTypes = { bigAuto: 'bigint', smallAuto: 'smallint' } as const

/** A key to a numbered row is as wide as the numbers, but does not count. */
function columnType(field: Field, vendor: Vendor): string {
  const backend = backendOf(vendor)
  if (backend.columnType) return backend.columnType(keyOf(field))
  if (!(field instanceof ForeignKeyField)) return field.columnType(vendor)
  const { pk } = field.target
  if (pk instanceof ForeignKeyField) return columnType(pk, vendor)
  if (pk.factory in numberTypes) return numberTypes[pk.factory as 'bigAuto']
  return pk.columnType(vendor).replace(' unsigned', '')
}

/** The field itself, or the key that a foreign key holds. */
function keyOf(field: Field): Field {
  return field instanceof ForeignKeyField ? keyOf(field.target.pk) : field
}

function columnCheck(field: Field, vendor: Vendor): string | undefined {
  const column = operationsFor(vendor).quote(field.column)
  if (field.generated) return undefined
  if (field.factory.startsWith('positive')) return `${column} >= 0`
  if (vendor === 'sqlite' && field.kind === 'json' && !(field instanceof ForeignKeyField))
    return `(JSON_VALID(${column}) OR ${column} IS NULL)`
  return undefined
}
