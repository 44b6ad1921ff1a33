import { isDeepStrictEqual } from 'node:util'
import type { CheckSchema, ColumnSchema, TableSchema } from '../backends/schema.ts'
import { sameSql } from './same-sql.ts'

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
      .filter(([, of]) => !isSame(of(one), of(other)))
      .map(([what, of]) => `${what} of ${name}: ${shown(of(one))} in place of ${shown(of(other))}`)
  })
}

const aspects: readonly (readonly [string, (column: ColumnSchema) => unknown])[] = [
  ['the type', ({ type }) => type],
  ['whether it may be NULL', (column) => column.null],
  ['the key', ({ primaryKey }) => primaryKey],
  ['the numbering', ({ autoIncrement }) => (autoIncrement ? 'AUTOINCREMENT' : undefined)],
  ['the uniqueness', ({ unique }) => unique],
  ['the condition', ({ check, name }) => (check !== undefined && isOwn(check, name) ? check : undefined)],
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

/** Conditions of other columns are compared as constraints. */
function isOwn(check: string, name: string): boolean {
  return sameSql(check, `"${name}" >= 0`) || sameSql(check, `(JSON_VALID("${name}") OR "${name}" IS NULL)`)
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
    return isSame(one, other) ? [] : [`the ${what} ${name}`]
  })
}

/** Constraints without a name under those that the model gives to what says the same. */
function named<T extends Named>(standing: readonly T[], made: readonly T[]): T[] {
  return standing.map((one) => {
    const same = one.name === '' ? made.find((other) => isSame({ ...one, name: other.name }, other)) : undefined
    return same ?? one
  })
}

function allChecks(standing: TableSchema): CheckSchema[] {
  const own = standing.columns.flatMap(({ check, name }) => (check === undefined || isOwn(check, name) ? [] : [check]))
  return [...standing.checks, ...own.map((sql) => ({ name: '', sql }))]
}

/** Whether two parts of a schema say the same, their SQL in whatever words. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one === 'string' && typeof other === 'string') return sameSql(one, other)
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => isSame(item, other[at]))
  }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return isDeepStrictEqual(one, other)
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) =>
    isSame((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
  )
}
