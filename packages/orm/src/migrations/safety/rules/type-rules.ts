import type { TableDifference } from '../../../backends/postgres/table-difference.ts'
import { namesColumn } from '../../../backends/renamed-table.ts'
import type { ColumnSchema, IndexSchema, TableSchema } from '../../../backends/schema.ts'
import type { Draft, Subject } from '../draft.ts'
import { rewritesOnPostgres, type TypeChange, typeChange } from '../type-change.ts'

const copyHint = (name: string) => [
  `Release 1: add a column of the new type beside ${name}, nullable; write both, and fill the new one in batches.`,
  'Release 2: read the new one, and stop writing the old one.',
  'Release 3: drop the old one, as for drop-column.',
]

/** Columns that take another type, and new ones that cannot be added without writing every row. */
export function typeRules(
  { name: table, ...after }: TableSchema,
  { columns }: TableDifference,
  { vendor }: Subject,
): Draft[] {
  const drafts: Draft[] = []
  for (const { from, to } of columns.kept) {
    if (from.type !== to.type) drafts.push(...changed(table, from, to, vendor))
    else if (vendor === 'postgresql' && from.collation !== to.collation && isIndexed(after, to)) {
      drafts.push(recollated(table, to))
    }
  }
  if (vendor !== 'postgresql') return drafts
  for (const column of columns.added) {
    const reason = rewriteReason(column)
    if (reason !== undefined) drafts.push(rewrite(table, `The column ${column.name} of ${table} ${reason}.`, addHint))
  }
  return drafts
}

function changed(table: string, from: ColumnSchema, to: ColumnSchema, vendor: Subject['vendor']): Draft[] {
  const what = `The column ${to.name} of ${table} changes from ${from.type} to ${to.type}.`
  const change = typeChange(from.type, to.type)
  const isPostgres = vendor === 'postgresql'
  const rewrites = isPostgres && rewritesOnPostgres(from.type, to.type)
  const lock = rewrites ? { lock: rewriteLock } : {}
  const id = change.kind === 'other' ? 'change-type' : change.kind === 'narrower' ? 'narrow-type' : undefined
  // SQLite keeps what it is given, however long or large.
  const because = id === 'narrow-type' && !isPostgres ? {} : breaking(change)
  if (id !== undefined && Object.keys(because).length > 0) {
    return [{ id, table, what, because: { ...lock, ...because }, hint: copyHint(to.name) }]
  }
  return rewrites ? [rewrite(table, what, copyHint(to.name))] : []
}

function breaking({ kind, loses }: TypeChange): Draft['because'] {
  const loss = loses === undefined ? {} : { 'data-loss': `The values lose ${loses}.` }
  if (kind === 'other') {
    return { 'breaks-running-code': 'The release that still runs reads and writes values of the old type.', ...loss }
  }
  if (kind !== 'narrower') return {}
  return { 'breaks-running-code': 'What the release that still runs may write is refused.', ...loss }
}

const rewriteLock = 'Every row is written anew while nobody else can read or write the table.'

function rewrite(table: string, what: string, hint: readonly string[]): Draft {
  return { id: 'rewrite-table', table, what, because: { lock: rewriteLock }, hint }
}

function isIndexed(
  { indexes, uniques }: Omit<TableSchema, 'name'>,
  { name, unique, primaryKey }: ColumnSchema,
): boolean {
  if (unique || primaryKey || uniques.some(({ columns }) => columns.includes(name))) return true
  const speaksOf = (one: IndexSchema['columns'][number]) =>
    one.isExpression ? namesColumn(one.name, name) : one.name === name
  return indexes.some(({ columns }) => columns.some(speaksOf))
}

function recollated(table: string, { name }: ColumnSchema): Draft {
  return {
    id: 'rewrite-table',
    table,
    what: `The column ${name} of ${table} takes another collation.`,
    because: { lock: 'Every index over it is built anew while nobody else can read or write the table.' },
    hint: copyHint(name),
  }
}

const addHint = [
  'Add it with null: true and without that, and fill it in batches: runCode in a migration with atomic: false.',
  'Then give it its default with alterField, which concerns new rows alone.',
]

/** Functions that answer anew for each row, so that one value cannot stand for all. */
const volatile = /\b(?:gen_random_uuid|uuidv[47]|uuid_generate_v\w+|random|clock_timestamp|timeofday|nextval)\s*\(/i

function rewriteReason({ default: initial, generated, autoIncrement }: ColumnSchema): string | undefined {
  if (generated?.stored) return 'is computed for every row'
  if (autoIncrement) return 'numbers every row'
  return initial !== undefined && volatile.test(initial) ? 'has a default that differs from row to row' : undefined
}
