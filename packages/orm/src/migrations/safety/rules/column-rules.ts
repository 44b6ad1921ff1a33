import type { TableDifference } from '../../../backends/postgres/table-difference.ts'
import type { ColumnSchema, TableSchema } from '../../../backends/schema.ts'
import { besideTraffic, type Draft, type Subject } from '../draft.ts'
import type { ObservedChange } from '../observed-change.ts'

type Alter = Extract<ObservedChange, { kind: 'alter' }>

/** Columns that come, go or take another name, and what a column that stays no longer allows. */
export function columnRules(change: Alter, { columns }: TableDifference, subject: Subject): Draft[] {
  const { after } = change
  const isKept = ({ name }: ColumnSchema) => after.columns.some((column) => column.name === name)
  return [
    ...[...(change.change.renamed ?? [])].map(([from, to]) => renamed(change.before, from, to)),
    ...columns.removed.filter((column) => !isKept(column)).map((column) => dropped(after, column)),
    ...columns.added.filter(isRequired).map((column) => required(after, column)),
    ...columns.kept.flatMap(({ from, to }) => [
      ...(from.null && !to.null ? [notNull(after, to, subject)] : []),
      ...(from.default !== undefined && to.default === undefined && !to.null ? [withoutDefault(after, to)] : []),
    ]),
  ]
}

/** The release before does not know the column, so that its rows come without it. */
function isRequired(column: ColumnSchema): boolean {
  return !column.null && column.default === undefined && column.generated === undefined && !column.autoIncrement
}

function renamed({ name: table }: TableSchema, from: string, to: string): Draft {
  return {
    id: 'rename-column',
    table,
    what: `The column ${from} of ${table} becomes ${to}.`,
    because: { 'breaks-running-code': 'Every query of the release that still runs names the old one, and fails.' },
    hint: [
      `Keep the column: give the field the option dbColumn: '${from}', and let makemigrations write the migration anew.`,
    ],
  }
}

function dropped({ name: table }: TableSchema, { name, generated }: ColumnSchema): Draft {
  return {
    id: 'drop-column',
    table,
    what: `The column ${name} of ${table} is dropped.`,
    because: {
      'breaks-running-code': 'The release that still runs selects and writes it, and fails.',
      ...(generated === undefined ? { 'data-loss': 'Its values are gone.' } : {}),
    },
    hint: [
      'Release 1: let it be null, or give it a dbDefault, so that rows may come without it.',
      'Release 2: take the field out of the code, with separateDatabaseAndState({ state: [removeField(…)] }).',
      `Release 3, once no process of release 1 runs: runSQL('ALTER TABLE "${table}" DROP COLUMN "${name}"', noop).`,
    ],
  }
}

function required({ name: table }: TableSchema, { name }: ColumnSchema): Draft {
  return {
    id: 'required-column',
    table,
    what: `The new column ${name} of ${table} may not be null, and the database has no default for it.`,
    because: {
      'breaks-running-code': 'Rows that the release which still runs inserts come without it, and are refused.',
    },
    hint: [
      'Give the field a dbDefault, which the database puts where a row comes without the column. Or:',
      'Release 1: add it with null: true, and write it wherever rows are made.',
      'Fill the rows that are there in batches: runCode in a migration with atomic: false.',
      'Release 2: alterFieldConcurrently to null: false.',
    ],
  }
}

function notNull({ name: table }: TableSchema, { name }: ColumnSchema, subject: Subject): Draft {
  return {
    id: 'not-null',
    table,
    what: `The column ${name} of ${table} may no longer be null.`,
    because: {
      lock: 'Every row is read for that while nobody else can read or write the table.',
      'breaks-running-code': 'Rows that the release which still runs writes with null are refused.',
    },
    hint: [
      'Release 1: write a value wherever the code writes null, and fill the rows that are there in batches.',
      `Release 2: ${besideTraffic(subject, 'change the type first; then alterFieldConcurrently, in a migration of its own with atomic: false.')}`,
    ],
  }
}

function withoutDefault({ name: table }: TableSchema, { name }: ColumnSchema): Draft {
  return {
    id: 'drop-default',
    table,
    what: `The column ${name} of ${table} loses its default and may not be null.`,
    because: {
      'breaks-running-code': 'The release that still runs leaves the value to the database; its rows are refused.',
    },
    hint: [
      'Release 1: write the value wherever rows are made, and leave the default where it is.',
      'Release 2: take the dbDefault away.',
    ],
  }
}
