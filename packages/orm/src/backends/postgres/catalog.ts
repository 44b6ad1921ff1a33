import type { SchemaTarget } from '../schema-editor.ts'
import { quoteName } from './quote.ts'

/** A constraint of a table as the database has it. */
export interface StoredConstraint {
  readonly name: string
  /** `p` primary key, `u` unique, `f` foreign key, `c` check, `x` exclusion. */
  readonly kind: string
  readonly columns: readonly string[]
}

export interface StoredSequence {
  readonly name: string
  /** Whether the column is one GENERATED AS IDENTITY, and no `serial` of old. */
  readonly isIdentity: boolean
}

/** What the database knows of a table beyond its columns. */
export interface StoredTable {
  /** Whether there is such a table: where SQL is only shown, there may be none. */
  readonly exists: boolean
  readonly constraints: readonly StoredConstraint[]
  /** The sequences that number columns, by column. */
  readonly sequences: ReadonlyMap<string, StoredSequence>
}

const columnNames = `(SELECT json_agg(a.attname ORDER BY k.place)
  FROM unnest(c.conkey) WITH ORDINALITY AS k (number, place)
  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number)::text`

const constraintsOf = `SELECT c.conname::text, c.contype::text, ${columnNames}
  FROM pg_constraint c WHERE c.conrelid = to_regclass($1) AND c.contype IN ('p', 'u', 'f', 'c', 'x') ORDER BY c.conname`

const sequencesOf = `SELECT a.attname::text, s.relname::text, d.deptype = 'i'
  FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
  JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE d.refobjid = to_regclass($1) AND d.deptype IN ('a', 'i')`

export async function storedTable(target: SchemaTarget, table: string): Promise<StoredTable> {
  const name = [quoteName(table)]
  const [[found]] = (await target.all('SELECT to_regclass($1) IS NOT NULL', name)) as [[boolean]]
  if (!found) return { exists: false, constraints: [], sequences: new Map() }
  const constraints = await target.all(constraintsOf, name)
  const sequences = await target.all(sequencesOf, name)
  return {
    exists: true,
    constraints: constraints.map(([own, kind, columns]) => ({
      name: String(own),
      kind: String(kind),
      columns: JSON.parse(String(columns ?? '[]')),
    })),
    sequences: new Map(
      sequences.map(([column, own, isIdentity]) => [
        String(column),
        { name: String(own), isIdentity: Boolean(isIdentity) },
      ]),
    ),
  }
}

/** A foreign key of whatever table that leads to a column. */
export interface IncomingKey {
  readonly name: string
  /** Quoted, with its schema where that is needed. */
  readonly table: string
  /** As it is. */
  readonly tableName: string
  readonly column: string
  /** `FOREIGN KEY (…) REFERENCES …` */
  readonly definition: string
}

const incoming = `WITH RECURSIVE pointing AS (
    SELECT c.oid, c.conname, c.conrelid, c.conkey FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = c.confkey[1]
    WHERE c.contype = 'f' AND c.confrelid = to_regclass($1) AND ($2::text IS NULL OR a.attname = $2::text)
  UNION
    SELECT c.oid, c.conname, c.conrelid, c.conkey FROM pg_constraint c
    JOIN pointing p ON c.confrelid = p.conrelid AND c.confkey = p.conkey
    WHERE c.contype = 'f' AND $3::boolean
  )
  SELECT p.conname::text, p.conrelid::regclass::text, t.relname::text, a.attname::text, pg_get_constraintdef(p.oid)
  FROM pointing p JOIN pg_class t ON t.oid = p.conrelid JOIN pg_attribute a ON a.attrelid = p.conrelid AND a.attnum = p.conkey[1] ORDER BY 2, 1`

/**
 * The foreign keys that lead to a column, or to any column where `column` is left out; with `further`, those too that lead to
 * the columns which hold them.
 */
export async function incomingKeys(
  target: SchemaTarget,
  table: string,
  column: string | null,
  further = false,
): Promise<IncomingKey[]> {
  const rows = await target.all(incoming, [quoteName(table), column, further ? 1 : 0])
  return rows.map(([name, from, tableName, own, definition]) => ({
    name: String(name),
    table: String(from),
    tableName: String(tableName),
    column: String(own),
    definition: String(definition),
  }))
}

const patterns = `SELECT x.relname::text FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  WHERE i.indrelid = to_regclass($1) AND a.attname = $2 AND x.relname LIKE '%\\_like' AND EXISTS (
    SELECT FROM pg_opclass o WHERE o.oid = ANY (i.indclass) AND o.opcname LIKE '%\\_pattern\\_ops')`

/** The indexes that answer LIKE for a column, as models and Django make them. `table` is quoted. */
export async function patternIndexes(target: SchemaTarget, table: string, column: string): Promise<string[]> {
  return (await target.all(patterns, [table, column])).map(([name]) => String(name))
}
