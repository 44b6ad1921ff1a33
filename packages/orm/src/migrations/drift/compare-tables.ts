import type { ColumnSchema, IndexSchema, TableSchema, UniqueSchema } from '../../backends/schema.ts'
import type { DriftFinding } from './drift-finding.ts'

/** Whether two parts of a schema say the same. */
export type IsSame = (one: unknown, other: unknown) => boolean

/** What a table that stands has otherwise than the one that the same database made of the migrations. */
export function compareTables(actual: TableSchema, expected: TableSchema, isSame: IsSame): DriftFinding[] {
  const { name: table } = expected
  return [
    ...compareColumns(actual, expected, isSame),
    ...compareNamed(table, 'constraint', constraintsOf(actual), constraintsOf(expected), isSame),
    ...compareNamed(table, 'index', indexesOf(actual), indexesOf(expected), isSame),
    ...(actual.comment === expected.comment ? [] : [comment(table, table, actual.comment, expected.comment)]),
  ]
}

function compareColumns(actual: TableSchema, expected: TableSchema, isSame: IsSame): DriftFinding[] {
  const { name: table } = expected
  const find = (columns: readonly ColumnSchema[], name: string) => columns.find((column) => column.name === name)
  const missing = expected.columns.filter(({ name }) => !find(actual.columns, name))
  const extra = actual.columns.filter(({ name }) => !find(expected.columns, name))
  const both = expected.columns.flatMap((column) => {
    const own = find(actual.columns, column.name)
    return own === undefined ? [] : compareColumn(table, own, column, isSame)
  })
  return [
    ...missing.map(
      ({ name, type }): DriftFinding => ({
        level: 'error',
        id: 'migrations.E002',
        table,
        message: `${table} has no column ${name}; the migrations say ${type}.`,
      }),
    ),
    ...both,
    ...extra.map((column) => unknownColumn(table, column)),
  ]
}

/** One that no model gives a value, and that must have one, is in the way of every new row. */
function unknownColumn(table: string, column: ColumnSchema): DriftFinding {
  const { name, type } = column
  const isInTheWay = !column.null && column.default === undefined && !column.generated && !column.autoIncrement
  const message = `${table}.${name} (${type}) is in no migration`
  return isInTheWay
    ? {
        level: 'warning',
        id: 'migrations.W003',
        table,
        message: `${message}, may not be NULL and has no default: rows cannot be added.`,
      }
    : { level: 'info', id: 'migrations.I002', table, message: `${message}.` }
}

/** What of a column is told apart, how it is told of one that stands, and how of one that should. */
const aspects: readonly Aspect[] = [
  [({ type }) => type, ({ type }) => `is ${type}`, ({ type }) => type],
  [(column) => column.null, (column) => (column.null ? 'may be NULL' : 'may not be NULL')],
  [
    ({ primaryKey }) => primaryKey,
    ({ primaryKey }) => (primaryKey ? 'is of the primary key' : 'is not of the primary key'),
  ],
  [({ autoIncrement }) => autoIncrement, ({ autoIncrement }) => (autoIncrement ? 'is numbered' : 'is not numbered')],
  [({ unique }) => unique, ({ unique }) => (unique ? 'is unique' : 'is not unique')],
  [(column) => column.default, (column) => toldOr(column.default, 'has the default', 'has no default')],
  [({ check }) => check, ({ check }) => toldOr(check, 'has the condition', 'has no condition')],
  [({ generated }) => generated, ({ generated }) => toldOr(computation(generated), 'is computed:', 'is not computed')],
  [({ references }) => references, ({ references }) => toldOr(target(references), 'points to', 'has no foreign key')],
  [({ collation }) => collation, ({ collation }) => toldOr(collation, 'is compared by', 'is compared as usual')],
]

type Told = (column: ColumnSchema) => string
type Aspect = readonly [of: (column: ColumnSchema) => unknown, actual: Told, expected?: Told]

function computation(generated: ColumnSchema['generated']): string | undefined {
  return generated && `${generated.sql}, ${generated.stored ? 'stored' : 'virtual'}`
}

function target(references: ColumnSchema['references']): string | undefined {
  return references && `${references.table}.${references.column}${references.notValid ? ' (not validated)' : ''}`
}

function toldOr(value: string | undefined, what: string, otherwise: string): string {
  return value === undefined ? otherwise : `${what} ${value}`
}

function compareColumn(table: string, actual: ColumnSchema, expected: ColumnSchema, isSame: IsSame): DriftFinding[] {
  const place = `${table}.${expected.name}`
  const different = aspects.filter(([of]) => !isSame(of(actual), of(expected)))
  return [
    ...different.map(
      ([, told, said = (column) => `it ${told(column)}`]): DriftFinding => ({
        level: 'error',
        id: 'migrations.E003',
        table,
        message: `${place} ${told(actual)}; the migrations say ${said(expected)}.`,
      }),
    ),
    ...(actual.comment === expected.comment ? [] : [comment(table, place, actual.comment, expected.comment)]),
  ]
}

function comment(table: string, place: string, actual: string | undefined, expected: string | undefined): DriftFinding {
  const told = (text: string | undefined) => (text === undefined ? 'none' : JSON.stringify(text))
  return {
    level: 'warning',
    id: 'migrations.W002',
    table,
    message: `The comment of ${place} is ${told(actual)}; the migrations say ${told(expected)}.`,
  }
}

interface Named {
  readonly name: string
}

function constraintsOf({ indexes, uniques, checks, exclusions }: TableSchema): readonly Named[] {
  return [...uniques, ...indexes.flatMap((index) => asUnique(index) ?? []), ...checks, ...exclusions]
}

function indexesOf({ indexes }: TableSchema): readonly IndexSchema[] {
  return indexes.filter((index) => asUnique(index) === undefined)
}

/** A unique index of columns alone does what a constraint does: Django makes the one where models here have the other. */
function asUnique({ name, columns, unique, ...rest }: IndexSchema): UniqueSchema | undefined {
  const isPlain = columns.every((column) => !column.isExpression && !column.descending && column.opclass === undefined)
  const { nullsDistinct, ...more } = rest
  if (!unique || !isPlain || Object.keys(more).length > 0) return undefined
  return { name, columns: columns.map((column) => column.name), ...(nullsDistinct === false ? { nullsDistinct } : {}) }
}

/** Something that only has another name does its work: that is no drift. */
function compareNamed(
  table: string,
  what: 'constraint' | 'index',
  actual: readonly Named[],
  expected: readonly Named[],
  isSame: IsSame,
): DriftFinding[] {
  const level = what === 'index' ? 'warning' : 'error'
  const id = what === 'index' ? 'migrations.W001' : 'migrations.E004'
  const standsFor = new Map<Named, Named>()
  for (const one of expected) {
    const own =
      actual.find(({ name }) => name === one.name) ?? actual.find((other) => isSame({ ...other, name: one.name }, one))
    if (own !== undefined) standsFor.set(one, own)
  }
  const known = new Set(standsFor.values())
  return [
    ...expected
      .filter((one) => !standsFor.has(one))
      .map(
        ({ name }): DriftFinding => ({
          level,
          id,
          table,
          message: `${table} has no ${what} ${name}, which the migrations make.`,
        }),
      ),
    ...[...standsFor]
      .filter(([one, own]) => !isSame({ ...own, name: one.name }, one))
      .map(
        ([one, own]): DriftFinding => ({
          level,
          id,
          table,
          message: `The ${what} ${one.name} of ${table} is ${shown(own)}; the migrations say ${shown(one)}.`,
        }),
      ),
    ...actual
      .filter((own) => !known.has(own))
      .map(
        (own): DriftFinding => ({
          level: 'info',
          id: 'migrations.I003',
          table,
          message: `The ${what} ${own.name === '' ? shown(own) : own.name} of ${table} is in no migration.`,
        }),
      ),
  ]
}

/** What it says, without its name. */
function shown({ name: _, ...rest }: Named): string {
  const { sql } = rest as { sql?: string }
  return sql ?? JSON.stringify(rest)
}
