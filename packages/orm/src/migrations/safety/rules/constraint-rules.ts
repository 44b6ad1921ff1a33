import type { TableDifference } from '../../../backends/postgres/table-difference.ts'
import type { ColumnSchema, IndexSchema, TableSchema } from '../../../backends/schema.ts'
import type { TableChange } from '../../../backends/schema-editor.ts'
import { besideTraffic, type Draft, type Subject } from '../draft.ts'
import type { ObservedChange } from '../observed-change.ts'

/** Indexes and constraints that are added to a table which has rows. */
export function constraintRules(
  { before, after, change }: Extract<ObservedChange, { kind: 'alter' }>,
  difference: TableDifference,
  subject: Subject,
): Draft[] {
  const { columns, indexes, uniques, checks, exclusions } = difference
  const table = after.name
  // PostgreSQL knows that a new column without a value points nowhere.
  const isKey = (column: ColumnSchema) => column.references !== undefined && hasValue(column, change)
  const isNew = (name: string) => columns.added.some((column) => column.name === name)
  const isOld = (name: string) => !isNew(name)
  const plain = indexes.added.filter((index) => !index.unique && !isDerivedOf(index, columns, isKey))
  const uniqueIndexes = indexes.added.filter((index) => index.unique)
  return [
    ...plainIndexes(table, plain, subject),
    ...uniqueIndexes.map((index) => {
      const binds = index.columns.some(({ name }) => isOld(name))
      return unique(table, index.name, binds, subject)
    }),
    ...uniques.added.map((one) =>
      unique(
        table,
        one.name,
        one.columns.some((name) => !isNew(name)),
        subject,
      ),
    ),
    ...columns.kept
      .filter(({ from, to }) => !from.unique && to.unique)
      .map(({ to }) => unique(table, to.name, true, subject)),
    ...columns.added.filter((column) => column.unique).map(({ name }) => unique(table, name, false, subject)),
    ...checks.added.map(({ name }) => check(table, name, true, subject)),
    ...columns.kept
      .filter(({ from, to }) => to.check !== undefined && to.check !== from.check)
      .map(({ to }) => check(table, `of ${to.name}`, true, subject)),
    ...columns.added
      .filter((column) => column.check !== undefined)
      .map(({ name }) => check(table, `of ${name}`, false, subject)),
    ...exclusions.added.map(({ name }) => exclusion(table, name)),
    ...columns.added.filter(isKey).map((column) => foreignKey(table, column, false, subject)),
    ...columns.kept
      .filter(({ from, to }) => pointsElsewhere(from, to))
      .map(({ to }) => foreignKey(table, to, true, subject)),
    ...(keyOf(before) !== keyOf(after) ? [key(table)] : []),
  ]
}

/** The index of a foreign key or a unique column is told with it. */
function isDerivedOf(
  { columns: [first, second] }: IndexSchema,
  { added, kept }: TableDifference['columns'],
  isKey: (column: ColumnSchema) => boolean,
): boolean {
  if (second !== undefined) return false
  const isOf = ({ name }: ColumnSchema) => name === first?.name
  return (
    added.some((column) => isOf(column) && (column.unique || isKey(column))) ||
    kept.some(({ from, to }) => isOf(to) && ((to.unique && !from.unique) || pointsElsewhere(from, to)))
  )
}

function hasValue({ name, default: initial }: ColumnSchema, { fill }: TableChange): boolean {
  return initial !== undefined || (fill?.get(name) ?? null) !== null
}

function pointsElsewhere(from: ColumnSchema, to: ColumnSchema): boolean {
  if (to.references === undefined) return false
  return from.references?.table !== to.references.table || from.references.column !== to.references.column
}

function keyOf({ columns }: TableSchema): string {
  return columns
    .filter(({ primaryKey }) => primaryKey)
    .map(({ name }) => name)
    .join()
}

function plainIndexes(table: string, indexes: readonly IndexSchema[], subject: Subject): Draft[] {
  const names = indexes.map(({ name }) => name).join(', ')
  const what = indexes.length === 1 ? `The index ${names} of ${table} is` : `The indexes ${names} of ${table} are`
  if (indexes.length === 0) return []
  return [
    {
      id: 'add-index',
      table,
      what: `${what} built from every row.`,
      because: { lock: 'Nobody can write to the table meanwhile.' },
      hint: [
        besideTraffic(subject, 'Build it with addIndexConcurrently, in a migration of its own with atomic: false.'),
      ],
    },
  ]
}

/** `binds`: the release before writes columns of it. */
function unique(table: string, name: string, binds: boolean, subject: Subject): Draft {
  return {
    id: 'add-unique',
    table,
    what: `${name} of ${table} becomes unique.`,
    because: {
      lock: 'An index is built for that while nobody can write to the table.',
      ...(binds ? { 'breaks-running-code': 'What the release that still runs may write twice is refused.' } : {}),
    },
    hint: [
      ...(binds ? ['Release 1: let the code write no duplicates, and clear up those that are there.'] : []),
      besideTraffic(subject, 'Add it with addConstraintConcurrently, in a migration of its own with atomic: false.'),
    ],
  }
}

function check(table: string, name: string, binds: boolean, subject: Subject): Draft {
  return {
    id: 'add-check',
    table,
    what: `The check ${name} is added to ${table}.`,
    because: {
      lock: 'Every row is read for that while nobody else can read or write the table.',
      ...(binds
        ? { 'breaks-running-code': 'Rows of the release that still runs which do not meet it are refused.' }
        : {}),
    },
    hint: [
      ...(binds ? ['Release 1: let the code write only what meets it, and correct the rows that are there.'] : []),
      besideTraffic(subject, 'Add it with addConstraintConcurrently, in a migration of its own with atomic: false.'),
    ],
  }
}

function exclusion(table: string, name: string): Draft {
  return {
    id: 'add-exclusion',
    table,
    what: `The exclusion ${name} is added to ${table}.`,
    because: {
      lock: 'Its index is built while nobody else can read or write the table; PostgreSQL has no other way.',
      'breaks-running-code': 'Rows of the release that still runs which stand in each other’s way are refused.',
    },
    hint: ['Add it when nobody works, with migrate --lock-timeout so that it gives up rather than hold the others up.'],
  }
}

function foreignKey(table: string, { name, references }: ColumnSchema, binds: boolean, subject: Subject): Draft {
  const target = references!.table
  return {
    id: 'add-foreign-key',
    table,
    what: `${name} of ${table} is made a key to ${target}.`,
    because: {
      lock: `Its rows are read for that, and its index built, while nobody can write to ${table} or ${target}.`,
      ...(binds
        ? { 'breaks-running-code': 'Rows of the release that still runs which point nowhere are refused.' }
        : {}),
    },
    hint: [
      ...(binds ? ['Release 1: let the code write no such rows, and correct those that are there.'] : []),
      besideTraffic(subject, 'Add it with addFieldConcurrently, in a migration of its own with atomic: false.'),
    ],
  }
}

function key(table: string): Draft {
  return {
    id: 'change-key',
    table,
    what: `${table} takes another primary key.`,
    because: {
      lock: 'An index is built for that while nobody else can read or write the table.',
      'breaks-running-code': 'The release that still runs finds and links rows by the old one.',
    },
    hint: [
      'Release 1: add the new key as a unique field beside the old one, with addFieldConcurrently, and write both.',
      'Move what points to the table over to it, then change the key when nobody works.',
    ],
  }
}
