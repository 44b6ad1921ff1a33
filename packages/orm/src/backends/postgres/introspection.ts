import type { ColumnSchema, IndexSchema, TableSchema, UniqueSchema } from '../schema.ts'
import type { RawRow, SqlValue } from '../statement.ts'
import { derivedNames } from './derived-names.ts'
import { readType } from './read-type.ts'

type Query = (sql: string, params: readonly SqlValue[]) => Promise<RawRow[]>

/** Tables that a name without a schema leads to, those of the database itself left out. */
const ownTables = `SELECT c.oid, c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  AND pg_table_is_visible(c.oid) ORDER BY c.relname COLLATE "C"`

export async function postgresTableNames(query: Query): Promise<string[]> {
  return (await query(ownTables, [])).map(([, name]) => String(name))
}

const columns = `SELECT a.attrelid, a.attname::text, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
    a.attidentity <> '' OR COALESCE(pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%', FALSE)
  FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = ANY($1::oid[]) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum`

/** The target of a foreign key is the last two columns. */
const constraints = `SELECT c.conrelid, c.conname::text, c.contype::text,
    (SELECT json_agg(a.attname ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number)::text,
    pg_get_expr(c.conbin, c.conrelid), t.relname::text, f.attname::text
  FROM pg_constraint c LEFT JOIN pg_class t ON t.oid = c.confrelid
  LEFT JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[1]
  WHERE c.conrelid = ANY($1::oid[]) AND c.contype IN ('p', 'u', 'f', 'c') ORDER BY c.conname COLLATE "C"`

/** Indexes that belong to no constraint, a row for each of their columns. */
const indexes = `SELECT i.indrelid, x.relname::text, i.indisunique, a.attname::text, (i.indoption[k.place - 1] & 1) = 1,
    CASE WHEN o.opcdefault THEN NULL ELSE o.opcname::text END
  FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
  CROSS JOIN generate_series(1, i.indnkeyatts) AS k (place)
  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.place - 1]
  JOIN pg_opclass o ON o.oid = i.indclass[k.place - 1]
  WHERE i.indrelid = ANY($1::oid[]) AND NOT i.indisprimary
  AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
  ORDER BY x.relname COLLATE "C", k.place`

/** The tables of a PostgreSQL database as they stand, by name. */
export async function introspectPostgres(query: Query): Promise<TableSchema[]> {
  const tables = await query(ownTables, [])
  const ids = `{${tables.map(([id]) => String(id)).join(',')}}`
  const found = { columns: await query(columns, [ids]), indexes: await query(indexes, [ids]) }
  const read = (await query(constraints, [ids])).map(readConstraint)
  return tables.map(([id, name]) => {
    const own = ([table]: RawRow) => String(table) === String(id)
    return readTable(String(name), {
      columns: found.columns.filter(own),
      indexes: found.indexes.filter(own),
      constraints: read.filter((constraint) => constraint.tableId === String(id)),
    })
  })
}

interface Constraint {
  readonly tableId: string
  readonly name: string
  readonly kind: string
  readonly columns: readonly string[]
  readonly check: string
  readonly references: ColumnSchema['references']
}

function readConstraint([table, name, kind, own, check, target, column]: RawRow): Constraint {
  return {
    tableId: String(table),
    name: String(name),
    kind: String(kind),
    columns: JSON.parse(String(own ?? '[]')),
    check: String(check ?? ''),
    references: kind === 'f' ? { table: String(target), column: String(column) } : undefined,
  }
}

interface Found {
  readonly columns: readonly RawRow[]
  readonly indexes: readonly RawRow[]
  readonly constraints: readonly Constraint[]
}

function readTable(name: string, found: Found): TableSchema {
  const isOwn = (constraint: Constraint) => isColumns(name, constraint)
  const of = (kind: string, column: string) =>
    found.constraints.find((one) => one.kind === kind && isOwn(one) && one.columns[0] === column)
  const key = found.constraints.find(({ kind }) => kind === 'p')?.columns ?? []
  return {
    name,
    columns: found.columns.map(([, column, type, isNull, numbered]): ColumnSchema => {
      const own = String(column)
      return {
        name: own,
        type: readType(String(type)),
        null: Boolean(isNull),
        primaryKey: key.includes(own),
        autoIncrement: Boolean(numbered),
        unique: of('u', own) !== undefined,
        check: readCheck(of('c', own)),
        references: of('f', own)?.references,
      }
    }),
    indexes: readIndexes(found.indexes),
    uniques: found.constraints
      .filter((one) => one.kind === 'u' && !isOwn(one))
      .map((one): UniqueSchema => ({ name: one.name, columns: one.columns })),
    checks: [],
    exclusions: [],
  }
}

/**
 * Whether a constraint is one of its column's own rather than one that was named: told by the name that PostgreSQL or Django
 * gives it, and by that which it had before its table took another name.
 */
function isColumns(table: string, { kind, name, columns: own }: Constraint): boolean {
  if (own.length !== 1) return false
  if (kind === 'f') return true
  const derived = derivedNames(kind === 'u' ? 'u' : 'c', table, own)
  if (derived.some((one) => name === one || (/^\d+$/.test(name.slice(one.length)) && name.startsWith(one)))) return true
  return kind === 'u' && /_(?:key|[\da-f]{8}_uniq)$/.test(name)
}

function readIndexes(rows: readonly RawRow[]): IndexSchema[] {
  const read = new Map<string, { name: string; unique: boolean; columns: IndexSchema['columns'][number][] }>()
  for (const [, name, unique, column, descending, opclass] of rows) {
    const index = read.get(String(name)) ?? { name: String(name), columns: [], unique: Boolean(unique) }
    read.set(index.name, index)
    index.columns.push({
      name: String(column),
      descending: Boolean(descending),
      ...(opclass === null ? {} : { opclass: String(opclass) }),
    })
  }
  return [...read.values()]
}

/** PostgreSQL keeps a condition in its own words; that of a positive number is told in those that it was written in. */
function readCheck(constraint: Constraint | undefined): string | undefined {
  if (!constraint) return undefined
  const text = constraint.check.replace(/^\((.*)\)$/s, '$1')
  const [, column] = /^(?:"?([^"]+)"?) >= 0$/.exec(text) ?? []
  return column === undefined ? text : `"${column}" >= 0`
}
