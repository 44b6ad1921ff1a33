import type { IndexSchema, TableSchema } from '../schema.ts'
import type { SchemaTarget } from '../schema-editor.ts'
import { firstName, inParentheses, splitParts } from './definition-text.ts'
import { isSearchIndex, searchTriggers } from './search-sql.ts'

/** What a file has of a table beyond its schema. Where SQL is only shown there may be no such table, and nothing of all this. */
export interface StoredTable {
  /** The parts of its CREATE TABLE: columns and constraints. */
  readonly parts: readonly string[]
  readonly managed: readonly TableSchema[]
  readonly isStrict: boolean
  readonly hasRowid: boolean
  /** The SQL of its triggers, and of the indexes that no model knows. */
  readonly triggers: readonly string[]
  readonly handMadeIndexes: readonly string[]
}

const kindOf = "SELECT wr, strict FROM pragma_table_list WHERE schema = 'main' AND name = ?"
const standing =
  "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = ? COLLATE NOCASE AND type IN ('table', 'index', 'trigger') AND sql IS NOT NULL"

/** `managed` is what the models know of it, now and lately; `kept` are the indexes that stay as they are. */
export async function storedTable(
  target: SchemaTarget,
  name: string,
  managed: readonly TableSchema[],
  kept: readonly IndexSchema[],
): Promise<StoredTable> {
  const [kind] = await target.all(kindOf, [name])
  const rows = await target.all(standing, [name])
  const sqls = (type: string) => rows.filter(([own]) => own === type)
  const [table] = sqls('table')
  const indexes = managed.flatMap((form) => form.indexes)
  // Where a model has a constraint, Django made an index of its name.
  const names = new Set([...indexes, ...managed.flatMap(({ uniques }) => uniques)].map((one) => one.name))
  const words = indexes.filter((index) => isSearchIndex(index) && !kept.some(({ name: own }) => own === index.name))
  const gone = new Set(words.flatMap(searchTriggers))
  return {
    parts: table === undefined ? [] : splitParts(String(table[2])),
    managed,
    isStrict: kind?.[1] === 1,
    hasRowid: kind?.[0] !== 1,
    triggers: sqls('trigger')
      .filter(([, own]) => !gone.has(String(own)))
      .map(([, , sql]) => String(sql)),
    handMadeIndexes: sqls('index')
      .filter(([, own]) => !names.has(String(own)))
      .map(([, , sql]) => String(sql)),
  }
}

/** Whether an UPDATE of rows would set something off that somebody made by hand; an index of words follows what it is about. */
export function firesOnUpdate({ triggers }: StoredTable, table: TableSchema): boolean {
  const words = table.indexes.filter(isSearchIndex).map((index) => index.name)
  return triggers.some((sql) => /\bUPDATE\b/i.test(sql) && !words.some((name) => sql.includes(`"${name}_update"`)))
}

export function hasConstraint({ parts }: StoredTable, name: string): boolean {
  return parts.some((part) => constraintName(part) === name)
}

/** Columns that no model knows, as they were written. */
export function handMadeColumns({ parts, managed }: StoredTable): string[] {
  const names = new Set(managed.flatMap(({ columns }) => columns.map(({ name }) => name.toLowerCase())))
  return parts.filter((part) => !isConstraint(part) && !names.has(firstName(part).toLowerCase()))
}

/** Constraints of the table that no model knows, as they were written, but for those of columns that are gone. */
export function handMadeConstraints(
  { parts, managed }: StoredTable,
  before: TableSchema,
  after: TableSchema,
): string[] {
  const own = new Set(managed.flatMap(({ uniques, checks }) => [...uniques, ...checks]).map(({ name }) => name))
  const gone = before.columns.filter(({ name }) => !after.columns.some((column) => column.name === name))
  return parts.filter((part) => {
    const name = constraintName(part)
    if (!isConstraint(part) || /^(CONSTRAINT\s+\S+\s+)?PRIMARY\b/i.test(part)) return false
    if (name !== undefined && own.has(name)) return false
    return !isManaged(part, before) && !gone.some((column) => mentions(part, column.name))
  })
}

/** A constraint that was written without its name, of a table that others made. */
function isManaged(part: string, { uniques, columns }: TableSchema): boolean {
  const named = namesIn(inParentheses(part, 'UNIQUE') ?? inParentheses(part, 'KEY') ?? '')
  const only = columns.find(({ name }) => named.length === 1 && name === named[0])
  if (/\bFOREIGN\s+KEY\b/i.test(part)) return only?.references !== undefined
  if (!/\bUNIQUE\b/i.test(part)) return false
  return only?.unique === true || uniques.some((unique) => unique.columns.join() === named.join())
}

function namesIn(list: string): string[] {
  return splitParts(`(${list})`).map(firstName)
}

function isConstraint(part: string): boolean {
  return /^(CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN)\b/i.test(part)
}

function constraintName(part: string): string | undefined {
  const [, rest] = /^CONSTRAINT\s+(.*)$/is.exec(part) ?? []
  return rest === undefined ? undefined : firstName(rest)
}

/** Whether SQL that somebody else wrote may speak of a name. */
export function mentions(sql: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`, 'iu').test(sql)
}
