import type { ColumnSchema, ExclusionSchema, UniqueSchema } from '../schema.ts'
import type { RawRow } from '../statement.ts'
import { derivedNames } from './derived-names.ts'
import { withoutParentheses } from './outer-parentheses.ts'
import type { StoredIndex } from './read-index.ts'

/** A constraint as the catalogue has it. */
export interface StoredConstraint {
  /** The number of its table. */
  readonly table: string
  readonly name: string
  /** `p` primary key, `u` unique, `f` foreign key, `c` check, `x` exclusion. */
  readonly kind: string
  readonly columns: readonly string[]
  /** The condition of a check. */
  readonly condition: string
  readonly references: ColumnSchema['references']
  readonly deferrable: UniqueSchema['deferrable']
  /** The number of the index behind it. */
  readonly index: string
  readonly operators: readonly string[]
  /** Whether the rows that were there when it came are known to meet it. */
  readonly isValid: boolean
}

/** A row of `constraintsOf`. */
export function readConstraint(row: RawRow): StoredConstraint {
  const [table, name, kind, columns, condition, target, column, deferrable, index, operators, isValid] = row
  return {
    table: String(table),
    name: String(name),
    kind: String(kind),
    columns: JSON.parse(String(columns ?? '[]')),
    condition: String(condition ?? ''),
    references:
      kind === 'f'
        ? { table: String(target), column: String(column), ...(isValid ? {} : { notValid: true as const }) }
        : undefined,
    deferrable: (deferrable ?? undefined) as UniqueSchema['deferrable'],
    index: String(index),
    operators: JSON.parse(String(operators ?? '[]')),
    isValid: Boolean(isValid),
  }
}

/**
 * Whether a constraint is one of its column's own rather than one that was named: told by the name that PostgreSQL or Django
 * gives it, by itself or after its table took another name. Of conditions fields have one alone, that a number is not below zero.
 */
export function isOfColumn(table: string, constraint: StoredConstraint): boolean {
  const { kind, name, columns, deferrable, condition } = constraint
  if (kind === 'p' || kind === 'f') return columns.length === 1
  if ((kind !== 'u' && kind !== 'c') || columns.length !== 1 || deferrable !== undefined) return false
  if (kind === 'c' && (!constraint.isValid || !/ >= \(?0\)?(?:::\w+)?\)*$/.test(condition))) return false
  const isDerived = derivedNames(kind, table, columns).some((derived) => {
    return name.startsWith(derived) && /^\d*$/.test(name.slice(derived.length))
  })
  return isDerived || (kind === 'u' && /_(?:key\d*|[\da-f]{8}_uniq)$/.test(name))
}

/** PostgreSQL keeps a condition in its own words; that of a positive number is told in those that it was written in. */
export function readCheck({ condition }: StoredConstraint): string {
  const text = withoutParentheses(condition)
  const [, column] = /^(?:"?([^"]+)"?) >= 0$/.exec(text) ?? []
  return column === undefined ? text : `"${column}" >= 0`
}

export function readUnique(
  { name, columns, deferrable }: StoredConstraint,
  index: StoredIndex | undefined,
): UniqueSchema {
  return {
    name,
    columns,
    ...(deferrable === undefined ? {} : { deferrable }),
    ...(index?.schema.nullsDistinct === false ? { nullsDistinct: false } : {}),
  }
}

export function readExclusion(
  { name, operators, deferrable }: StoredConstraint,
  { kind, schema }: StoredIndex,
): ExclusionSchema {
  const { condition, include } = schema
  return {
    name,
    using: kind,
    parts: schema.columns.map((column, place) => ({
      sql: column.isExpression ? column.name : `"${column.name.replaceAll('"', '""')}"`,
      operator: operators[place]!,
      ...(column.opclass === undefined ? {} : { opclass: column.opclass }),
    })),
    ...(condition === undefined ? {} : { condition }),
    ...(include === undefined ? {} : { include }),
    ...(deferrable === undefined ? {} : { deferrable }),
  }
}
