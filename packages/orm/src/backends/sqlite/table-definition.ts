import type { CheckSchema } from '../schema.ts'
import { afterName, firstName, inParentheses, restAfter, splitParts, withoutComments } from './definition-text.ts'

/** What the text of a column says and SQLite's catalogue does not tell. */
export interface ColumnDefinition {
  /** The conditions of the column, those without a name under `''`. */
  readonly checks: readonly CheckSchema[]
  readonly collation: string | undefined
  readonly autoIncrement: boolean
  /** What computes it, in SQL. */
  readonly generated: string | undefined
}

/** What the text of a table says and SQLite's catalogue does not tell. Names are as they stand, `''` where there is none. */
export interface TableDefinition {
  column(name: string): ColumnDefinition
  readonly uniques: readonly { readonly name: string; readonly columns: readonly string[] }[]
  readonly checks: readonly CheckSchema[]
}

const noColumn: ColumnDefinition = { checks: [], collation: undefined, autoIncrement: false, generated: undefined }

/** Reads a `CREATE TABLE` as SQLite keeps it, whoever wrote it. */
export function readTableDefinition(sql: string): TableDefinition {
  const parts = splitParts(withoutComments(sql))
  const columns = new Map<string, ColumnDefinition>()
  const uniques: { name: string; columns: string[] }[] = []
  const checks: CheckSchema[] = []
  for (const part of parts) {
    const constraint = readConstraint(part)
    if (constraint === undefined) columns.set(firstName(part).toLowerCase(), readColumn(afterName(part)))
    else if (constraint.check !== undefined) checks.push({ name: constraint.name, sql: constraint.check })
    else if (constraint.unique !== undefined) {
      uniques.push({ name: constraint.name, columns: splitParts(`(${constraint.unique})`).map(firstName) })
    }
  }
  return { column: (name) => columns.get(name.toLowerCase()) ?? noColumn, uniques, checks }
}

interface TableConstraint {
  readonly name: string
  readonly check?: string | undefined
  readonly unique?: string | undefined
}

/** A constraint of the table, which follows the columns; `undefined` for a column. Quoted, its first word would be a column's name. */
function readConstraint(part: string): TableConstraint | undefined {
  const [, named] = /^CONSTRAINT\b\s*([\s\S]*)$/i.exec(part) ?? []
  const name = named === undefined ? '' : firstName(named)
  const rest = named === undefined ? part : afterName(named)
  const [, kind] = /^(CHECK|UNIQUE|PRIMARY\s+KEY|FOREIGN\s+KEY)\s*\(/i.exec(rest) ?? []
  if (kind === undefined) return named === undefined ? undefined : { name }
  if (/^check$/i.test(kind)) return { name, check: inParentheses(rest, 'CHECK') }
  return /^unique$/i.test(kind) ? { name, unique: inParentheses(rest, 'UNIQUE') } : { name }
}

function readColumn(definition: string): ColumnDefinition {
  const collation = restAfter(definition, 'COLLATE')
  return {
    checks: readChecks(definition),
    collation: collation === undefined ? undefined : firstName(collation),
    autoIncrement: restAfter(definition, 'AUTOINCREMENT') !== undefined,
    generated: inParentheses(definition, 'AS'),
  }
}

/** A column may have several conditions, each with a name or without. */
function readChecks(definition: string): CheckSchema[] {
  const checks: CheckSchema[] = []
  let rest: string | undefined = definition
  while (rest !== undefined) {
    const after = restAfter(rest, 'CHECK')
    if (after === undefined) return checks
    const before = rest.slice(0, rest.length - after.length)
    const [, name] = /\bCONSTRAINT\s+(\S[\s\S]*?)\s+CHECK\s*$/i.exec(before) ?? []
    const sql = inParentheses(after)
    // What follows a name that has 'CONSTRAINT' before it, and not right before the word, belongs to another constraint.
    const own = name !== undefined && afterName(name) === '' ? firstName(name) : ''
    if (sql !== undefined) checks.push({ name: own, sql })
    rest = sql === undefined ? after : after.slice(sql.length + 2)
  }
  return checks
}
