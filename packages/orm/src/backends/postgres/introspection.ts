import type { TableSchema } from '../schema.ts'
import type { RawRow, SqlValue } from '../statement.ts'
import { columnsOf, constraintsOf, indexesOf, ownTables } from './catalog-queries.ts'
import { readColumn } from './read-column.ts'
import {
  isOfColumn,
  readCheck,
  readConstraint,
  readExclusion,
  readUnique,
  type StoredConstraint,
} from './read-constraint.ts'
import { readIndexes, type StoredIndex } from './read-index.ts'

type Query = (sql: string, params: readonly SqlValue[]) => Promise<RawRow[]>

export async function postgresTableNames(query: Query): Promise<string[]> {
  return (await query(ownTables, [])).map(([, name]) => String(name))
}

/** The tables of a PostgreSQL database as they stand, by name. Conditions are in PostgreSQL's words. */
export async function introspectPostgres(query: Query): Promise<TableSchema[]> {
  const tables = await query(ownTables, [])
  const read = await readTables(query, tables)
  return tables.map(([id]) => read.get(String(id))!)
}

/** The schemas of relations, by their number; the rows start with number, name and comment. */
export async function readTables(query: Query, relations: readonly RawRow[]): Promise<Map<string, TableSchema>> {
  const ids = idList(relations)
  const columns = Map.groupBy(await query(columnsOf, [ids]), ([table]) => String(table))
  const indexes = Map.groupBy(readIndexes(await query(indexesOf, [ids])), ({ table }) => table)
  const constraints = Map.groupBy((await query(constraintsOf, [ids])).map(readConstraint), ({ table }) => table)
  const schemas = relations.map(([id, name, comment]): [string, TableSchema] => {
    const table = String(id)
    const found = {
      columns: columns.get(table) ?? [],
      indexes: indexes.get(table) ?? [],
      constraints: constraints.get(table) ?? [],
    }
    return [table, readTable(String(name), comment, found)]
  })
  return new Map(schemas)
}

/** The numbers of relations as one parameter. */
export function idList(relations: readonly RawRow[]): string {
  return `{${relations.map(([id]) => String(id)).join(',')}}`
}

interface Found {
  readonly columns: readonly RawRow[]
  readonly indexes: readonly StoredIndex[]
  readonly constraints: readonly StoredConstraint[]
}

function readTable(name: string, comment: unknown, found: Found): TableSchema {
  const { constraints, indexes } = found
  const named = constraints.filter((one) => !isOfColumn(name, one))
  const ofKind = (kind: string) => named.filter((one) => one.kind === kind)
  const indexOf = ({ index }: StoredConstraint) => indexes.find((one) => one.id === index)
  const behind = new Set(constraints.map(({ kind, index }) => (kind === 'f' ? '' : index)))
  return {
    name,
    columns: found.columns.map((row) => readColumn(name, row, constraints)),
    indexes: indexes.filter(({ id }) => !behind.has(id)).map(({ schema }) => schema),
    uniques: ofKind('u').map((one) => readUnique(one, indexOf(one))),
    checks: ofKind('c').map((one) => ({
      name: one.name,
      sql: readCheck(one),
      ...(one.isValid ? {} : { notValid: true as const }),
    })),
    exclusions: ofKind('x').map((one) => readExclusion(one, indexOf(one)!)),
    ...(comment === null || comment === undefined ? {} : { comment: String(comment) }),
  }
}
