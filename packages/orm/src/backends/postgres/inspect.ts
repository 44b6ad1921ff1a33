import type { ColumnFacts, InspectedTable, InspectOptions, KeySchema, TableKind } from '../inspected-table.ts'
import type { RawRow, SqlValue } from '../statement.ts'
import { columnFactsOf, foreignKeysOf, primaryKeysOf, relationsOf } from './catalog-queries.ts'
import { idList, readTables } from './introspection.ts'
import { readType } from './read-type.ts'

type Query = (sql: string, params: readonly SqlValue[]) => Promise<RawRow[]>

const kinds: Readonly<Record<string, TableKind>> = { v: 'view', m: 'materialized view', f: 'foreign table' }

/** By the letters of `pg_constraint.confdeltype`; `a` is no action. */
const actions: Readonly<Record<string, string>> = { r: 'RESTRICT', c: 'CASCADE', n: 'SET NULL', d: 'SET DEFAULT' }

/** The tables of a PostgreSQL database, and views and partitions where they are asked for, with what models do not say. */
export async function inspectPostgres(query: Query, options: InspectOptions = {}): Promise<InspectedTable[]> {
  const relations = (await query(relationsOf, [])).filter((row) => isWanted(kindOf(row), options))
  const ids = idList(relations)
  const schemas = await readTables(query, relations)
  const keys = new Map((await query(primaryKeysOf, [ids])).map(([table, columns]) => [String(table), list(columns)]))
  const foreignKeys = Map.groupBy(await query(foreignKeysOf, [ids]), ([table]) => String(table))
  const facts = Map.groupBy(await query(columnFactsOf, [ids]), ([table]) => String(table))
  return relations.map((row) => {
    const table = String(row[0])
    return {
      kind: kindOf(row),
      schema: schemas.get(table)!,
      key: keys.get(table) ?? [],
      foreignKeys: (foreignKeys.get(table) ?? []).map(readKey),
      facts: new Map((facts.get(table) ?? []).map(readFacts)),
      remarks: row[5] === null ? [] : [`partitioned by ${String(row[5])}`],
    }
  })
}

/** A row of `relationsOf`. */
function kindOf(row: RawRow): TableKind {
  return kinds[String(row[3])] ?? (row[4] ? 'partition' : 'table')
}

function isWanted(kind: TableKind, { views = false, partitions = false }: InspectOptions): boolean {
  if (kind === 'view' || kind === 'materialized view') return views
  return kind !== 'partition' || partitions
}

function list(json: unknown): string[] {
  return JSON.parse(String(json ?? '[]'))
}

function readKey([, columns, table, targets, action]: RawRow): KeySchema {
  const onDelete = actions[String(action)]
  return {
    columns: list(columns),
    table: String(table),
    targets: list(targets),
    ...(onDelete === undefined ? {} : { onDelete }),
  }
}

function readFacts([, column, base, values, identity]: RawRow): [string, ColumnFacts] {
  return [
    String(column),
    {
      ...(base === null ? {} : { base: readType(String(base)) }),
      ...(values === null ? {} : { values: list(values) }),
      ...(identity === 'a' ? { remark: 'GENERATED ALWAYS AS IDENTITY: a row is given no key' } : {}),
    },
  ]
}
