import type { SqlValue } from '../backends/database.ts'
import { placeholder } from '../backends/operations.ts'
import { FieldError, FieldValueError } from '../errors.ts'
import type { Field, FieldKind } from '../fields/field.ts'
import type { Fragment } from '../query/fragment.ts'
import type { LookupInput, LookupSql } from './lookup-sql.ts'
import { searchLookup } from './search-lookup.ts'

/** The comparisons that a dialect writes. Lookups come down to these. */
export type Operator =
  | 'exact'
  | 'iexact'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'in'
  | 'range'
  | 'isnull'
  | 'notnull'
  | 'never'
  | 'contains'
  | 'icontains'
  | 'startswith'
  | 'istartswith'
  | 'endswith'
  | 'iendswith'
  | 'regex'
  | 'iregex'
  /** A lookup that writes itself. */
  | 'own'

/** A value to bind, or what gives it when the query runs. */
export type Slot = SqlValue | (() => SqlValue)

/** A lookup with its value: what is compared how. `params` are bound in order. */
export interface Comparison {
  readonly operator: Operator
  readonly params: readonly Slot[]
  /** The text has letters beyond ASCII, whose case not every database folds by itself. */
  readonly folded?: boolean
}

export interface Lookup {
  readonly name: string
  /** Whether it takes columns of this kind. */
  accepts(kind: FieldKind): boolean
  /** Throws `FieldValueError` where the value is not one the lookup takes. */
  compare(field: Field, value: unknown): Comparison
  /** How it is written, where that is not the dialect's to say; with `operator: 'own'`. `id` sets it apart in shapes. */
  readonly own?: { readonly id: string; readonly sql: LookupSql }
}

const ordered: ReadonlySet<FieldKind> = new Set([
  'integer',
  'bigint',
  'float',
  'decimal',
  'text',
  'uuid',
  'ipAddress',
  'date',
  'time',
  'dateTime',
  'duration',
  'boolean',
  'composite',
])
const textual: ReadonlySet<FieldKind> = new Set(['text', 'uuid', 'ipAddress'])
const any = (): boolean => true

/** The value as the column holds it; `null` compares with nothing, so it is refused. */
function encode(field: Field, value: unknown): SqlValue {
  if (value === null || value === undefined) throw new FieldValueError(field.name, 'a value', value)
  return field.toSql(value)
}

function exact(field: Field, value: unknown): Comparison {
  if (value === null) return { operator: 'isnull', params: [] }
  return { operator: 'exact', params: [encode(field, value)] }
}

function ordering(name: 'gt' | 'gte' | 'lt' | 'lte'): Lookup {
  return {
    name,
    accepts: (kind) => ordered.has(kind),
    compare: (field, value) => ({ operator: name, params: [encode(field, value)] }),
  }
}

function pattern(name: Operator): Lookup {
  return {
    name,
    accepts: (kind) => textual.has(kind),
    compare(field, value) {
      if (typeof value !== 'string') throw new FieldValueError(field.name, `a string (lookup '${name}')`, value)
      if (name === 'regex' || name === 'iregex') checkPattern(value)
      return { operator: name, params: [value], folded: caseless.has(name) && beyondAscii.test(value) }
    },
  }
}

const caseless: ReadonlySet<Operator> = new Set(['iexact', 'icontains', 'istartswith', 'iendswith'])
const beyondAscii = /[\u0080-\uffff]/

/** Beyond this, the next power of two would be more parameters than SQLite takes (32,766). */
const maxPadded = 16_384

/** Every length up to the next power of two shares one statement: the last value is repeated. */
export function padded(values: readonly SqlValue[]): readonly SqlValue[] {
  if (values.length > maxPadded) return values
  const length = 2 ** Math.ceil(Math.log2(values.length))
  return [...values, ...new Array<SqlValue>(length - values.length).fill(values.at(-1)!)]
}

const isIn: Lookup = {
  name: 'in',
  accepts: any,
  compare(field, value) {
    const isList = typeof value === 'object' && value !== null && Symbol.iterator in value
    if (!isList) throw new FieldValueError(field.name, 'a list of values or a queryset', value)
    const values = new Set<SqlValue>()
    for (const item of value as Iterable<unknown>) if (item !== null) values.add(encode(field, item))
    return values.size === 0 ? { operator: 'never', params: [] } : { operator: 'in', params: padded([...values]) }
  },
}

const range: Lookup = {
  name: 'range',
  accepts: (kind) => ordered.has(kind),
  compare(field, value) {
    if (!Array.isArray(value) || value.length !== 2) {
      throw new FieldValueError(field.name, 'a pair [from, to]', value)
    }
    return { operator: 'range', params: [encode(field, value[0]), encode(field, value[1])] }
  },
}

const isNull: Lookup = {
  name: 'isnull',
  accepts: any,
  compare(field, value) {
    if (typeof value !== 'boolean') throw new FieldValueError(field.name, "true or false (lookup 'isnull')", value)
    return { operator: value ? 'isnull' : 'notnull', params: [] }
  },
}

const iexact: Lookup = {
  name: 'iexact',
  accepts: (kind) => textual.has(kind),
  compare: (field, value) => (value === null ? exact(field, null) : pattern('iexact').compare(field, value)),
}

export const lookups: ReadonlyMap<string, Lookup> = new Map(
  [
    { name: 'exact', accepts: any, compare: exact } satisfies Lookup,
    iexact,
    ordering('gt'),
    ordering('gte'),
    ordering('lt'),
    ordering('lte'),
    isIn,
    range,
    isNull,
    pattern('contains'),
    pattern('icontains'),
    pattern('startswith'),
    pattern('istartswith'),
    pattern('endswith'),
    pattern('iendswith'),
    pattern('regex'),
    pattern('iregex'),
    searchLookup,
  ].map((lookup) => [lookup.name, lookup]),
)

/** Lookups beyond those that all databases share, by the kind of column that takes them. */
const added = new Map<FieldKind, Map<string, Lookup>>()

/** A lookup of a project's own. */
export interface LookupInit {
  readonly name: string
  /** The comparison, of the column (or what the path leads to) and the values, each of which is bound. */
  readonly sql: LookupSql
  /** The values to bind; without it, the one value as the column holds it. */
  readonly params?: (value: unknown, field: Field) => readonly SqlValue[]
}

let registered = 0

/**
 * Gives all columns of a kind another lookup, or another meaning of one:
 *
 * ```ts
 * registerLookup('text', { name: 'soundsLike', sql: ({ lhs, rhs: [value] }) => sql`SOUNDEX(${lhs}) = SOUNDEX(${value!})` })
 * Author.objects.filter({ name__soundsLike: 'Ada' })
 * ```
 *
 * An entry in the interface `CustomLookups` says its type. Call it once, where a module loads. Django's `register_lookup`.
 */
export function registerLookup(kind: FieldKind, { name, sql, params }: LookupInit): void {
  registered += 1
  const lookup: Lookup = {
    name,
    accepts: (own) => own === kind,
    compare: (field, value) => ({ operator: 'own', params: params?.(value, field) ?? [encode(field, value)] }),
    own: {
      id: `${name}#${registered}`,
      sql: (input) => sql({ ...input, rhs: input.rhs.map((one) => typed(one, input)) }),
    },
  }
  let known = added.get(kind)
  if (!known) {
    known = new Map()
    added.set(kind, known)
  }
  known.set(name, lookup)
}

/** A value, of which nothing around it tells the type. */
function typed(value: Fragment, { field, operations }: LookupInput): Fragment {
  return value.sql === placeholder ? { ...value, sql: operations.typed(field.kind, placeholder) } : value
}

/** The lookup of that name that a column takes. */
export function lookupOf(field: Field, name: string): Lookup | undefined {
  const own = field.lookup?.(name) ?? added.get(field.kind)?.get(name)
  if (own) return own
  const lookup = lookups.get(name)
  return lookup?.accepts(field.kind) ? lookup : undefined
}

/** The lookups that a column of this kind takes, for a message. */
export function lookupsFor(kind: FieldKind): string[] {
  const shared = [...lookups.values()].filter((lookup) => lookup.accepts(kind)).map((lookup) => lookup.name)
  return [...new Set([...shared, ...(added.get(kind)?.keys() ?? [])])]
}

/** The lookups that make sense on a relation, which is compared by its key. */
export const relationLookups: ReadonlySet<string> = new Set(['exact', 'in', 'isnull', 'gt', 'gte', 'lt', 'lte'])

/** Regular expressions reach the database as they are; one that does not parse is refused where it is written. */
export function checkPattern(source: string): void {
  try {
    new RegExp(source, 'u')
  } catch (cause) {
    throw new FieldError(`The regular expression '${source}' does not parse: ${(cause as Error).message}`)
  }
}
