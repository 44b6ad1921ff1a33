import { currentTimeZone } from '@nuages/i18n'
import { Field, FieldValueError, ForeignKeyField, ManyToManyField, type ModelMeta, ReverseField } from '@nuages/orm'
import { BadListQuery } from '../change-list/bad-list-query.ts'

/** A parameter of the query string as a condition of `filter`. */
export interface QueryCondition {
  readonly condition: Record<string, unknown>
  /** The path leads to many rows, so that a row may be found several times. */
  readonly repeats: boolean
}

type Read = (text: string, field: Field) => unknown

const compared = ['exact', 'gt', 'gte', 'lt', 'lte'] as const
const textual = ['iexact', 'contains', 'icontains', 'startswith', 'istartswith', 'endswith', 'iendswith'] as const
const parts = ['year', 'month', 'day'] as const

const readers: Readonly<Record<string, Read>> = {
  ...Object.fromEntries(compared.map((name) => [name, readValue])),
  ...Object.fromEntries(textual.map((name) => [name, readText])),
  ...Object.fromEntries(parts.map((name) => [name, readInteger])),
  in: readList,
  isnull: readTruth,
}

/** Reads `author__id__exact=3`. Throws `BadListQuery` where the name is no lookup or the value not one of the field. */
export function queryCondition(meta: ModelMeta, name: string, text: string): QueryCondition {
  const { field, rest, repeats } = followLookup(meta, name)
  const lookup = rest[0] ?? 'exact'
  const read = rest.length < 2 ? readers[lookup] : undefined
  if (read === undefined || (parts as readonly string[]).includes(lookup) !== isPartOf(field, lookup)) {
    throw new BadListQuery(`'${name}' is no lookup of ${meta.name}.`)
  }
  try {
    return { condition: { [name]: read(text, field) }, repeats }
  } catch (cause) {
    if (!(cause instanceof FieldValueError || cause instanceof RangeError || cause instanceof TypeError)) throw cause
    throw new BadListQuery(`'${name}' cannot be '${text.slice(0, 60)}'.`, { cause })
  }
}

function isPartOf(field: Field, lookup: string): boolean {
  return (parts as readonly string[]).includes(lookup) && (field.kind === 'date' || field.kind === 'dateTime')
}

/** Follows names over relations to a column; what is left are lookups. */
export function followLookup(
  start: ModelMeta,
  name: string,
): { readonly field: Field; readonly rest: readonly string[]; readonly repeats: boolean } {
  let meta = start
  let repeats = false
  const names = name.split('__')
  for (const [index, part] of names.entries()) {
    const member = meta.member(part)
    const rest = names.slice(index)
    if (member === undefined) {
      if (index === 0) throw new BadListQuery(`${start.name} has no field '${part}'.`)
      return { field: meta.pk, rest, repeats }
    }
    const isColumn = member instanceof Field && !(member instanceof ForeignKeyField && part === member.name)
    if (isColumn) return { field: member, rest: rest.slice(1), repeats }
    repeats ||= member instanceof ManyToManyField || (member instanceof ReverseField && !member.isSingle)
    meta = member.target
  }
  return { field: meta.pk, rest: [], repeats }
}

/** Longer patterns are refused by databases. */
const longestText = 1_000

function readText(text: string, field: Field): string {
  if (text.length <= longestText && !text.includes('\0')) return text
  throw new FieldValueError(field.name, `a text of at most ${longestText} characters`, text)
}

/** More values than anybody links to; a statement does not take any number of them. */
const mostValues = 1_000

function readList(text: string, field: Field): unknown[] {
  const parts = text.split(',')
  if (parts.length > mostValues) throw new FieldValueError(field.name, `at most ${mostValues} values`, text)
  return parts.map((part) => readValue(part, field))
}

function readValue(text: string, field: Field): unknown {
  if (field.kind === 'dateTime' && /^\d{4}-\d\d-\d\d$/.test(text)) {
    return Temporal.PlainDate.from(text).toZonedDateTime(currentTimeZone()).toInstant()
  }
  if (text.includes('\0')) throw new FieldValueError(field.name, 'a value without NUL', text)
  const value = field.parse(text)
  // What the column cannot hold is found out here, not while the list is read.
  field.toSql(value)
  return value
}

function readInteger(text: string, field: Field): number {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  throw new FieldValueError(field.name, 'a whole number', text)
}

function readTruth(text: string, field: Field): boolean {
  if (/^(?:true|1)$/i.test(text)) return true
  if (/^(?:false|0)$/i.test(text)) return false
  throw new FieldValueError(field.name, 'true or false', text)
}
