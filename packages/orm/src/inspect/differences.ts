import { sameSchema } from '../backends/same-schema.ts'
import type { CheckSchema, ColumnSchema, TableSchema } from '../backends/schema.ts'
import { isOwnCheck } from './own-checks.ts'

/**
 * What a table that stands differs in from the one that migrations would make of its model, in words for people. Names that only
 * SQLite's text has, and leaves out, are no difference.
 */
export function differences(standing: TableSchema, made: TableSchema): string[] {
  return [
    ...columnDifferences(standing, made),
    ...namedDifferences('index', standing.indexes, made.indexes),
    ...namedDifferences('constraint', named(standing.uniques, made.uniques), made.uniques),
    ...namedDifferences('constraint', named(allChecks(standing), made.checks), made.checks),
    ...namedDifferences('constraint', standing.exclusions, made.exclusions),
    ...(standing.comment === made.comment ? [] : ['its comment']),
  ]
}

function columnDifferences(standing: TableSchema, made: TableSchema): string[] {
  const names = new Set([...standing.columns, ...made.columns].map(({ name }) => name))
  return [...names].flatMap((name) => {
    const one = standing.columns.find((column) => column.name === name)
    const other = made.columns.find((column) => column.name === name)
    if (one === undefined || other === undefined)
      return [`the column ${name}, which ${one ? 'models cannot say' : 'is not there'}`]
    return aspects
      .filter(([, of]) => !sameSchema(of(one), of(other)))
      .map(([what, of]) => `${what} of ${name}: ${shown(of(one))} in place of ${shown(of(other))}`)
  })
}

const aspects: readonly (readonly [string, (column: ColumnSchema) => unknown])[] = [
  ['the type', ({ type }) => type],
  ['whether it may be NULL', (column) => column.null],
  ['the key', ({ primaryKey }) => primaryKey],
  ['the numbering', ({ autoIncrement }) => (autoIncrement ? 'AUTOINCREMENT' : undefined)],
  ['the uniqueness', ({ unique }) => unique],
  // Conditions of other columns are compared as constraints.
  ['the condition', (column) => (isOwnCheck(column) ? column.check : undefined)],
  ['the default', shownDefault],
  ['the expression', ({ generated }) => generated && `${generated.sql} ${generated.stored ? 'stored' : 'virtual'}`],
  [
    'the foreign key',
    ({ references }) =>
      references && `${references.table} ${references.column}${references.notValid ? ' not valid' : ''}`,
  ],
  ['the collation', ({ collation }) => collation],
  ['the comment', ({ comment }) => comment],
]

/** Databases have more than one word for what is true. */
function shownDefault({ type, default: initial }: ColumnSchema): string | undefined {
  if (initial === undefined || !/^bool/.test(type)) return initial
  return initial.replace(/^'?(?:1|t|true)'?$/i, 'true').replace(/^'?(?:0|f|false)'?$/i, 'false')
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : String(value)
}

interface Named {
  readonly name: string
}

function namedDifferences(what: string, standing: readonly Named[], made: readonly Named[]): string[] {
  const names = new Set([...standing, ...made].map(({ name }) => name))
  return [...names].flatMap((name) => {
    const one = standing.find((each) => each.name === name)
    const other = made.find((each) => each.name === name)
    if (one === undefined) return [`the ${what} ${name}, which is not there`]
    if (other === undefined) return [`the ${what} ${name}, which models cannot say`]
    return sameSchema(one, other) ? [] : [`the ${what} ${name}`]
  })
}

/** Constraints without a name under those that the model gives to what says the same. */
function named<T extends Named>(standing: readonly T[], made: readonly T[]): T[] {
  return standing.map((one) => {
    const same = one.name === '' ? made.find((other) => sameSchema({ ...one, name: other.name }, other)) : undefined
    return same ?? one
  })
}

function allChecks(standing: TableSchema): CheckSchema[] {
  const own = standing.columns.flatMap((column) =>
    column.check === undefined || isOwnCheck(column) ? [] : [column.check],
  )
  return [...standing.checks, ...own.map((sql) => ({ name: '', sql }))]
}
