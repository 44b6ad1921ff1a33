import type { FieldKind } from '../../fields/field.ts'
import type { FunctionInput, FunctionSql } from '../../query/expressions/sql-function.ts'
import { plainCall } from '../../query/expressions/sql-function.ts'
import { type Fragment, sql } from '../../query/fragment.ts'
import { castSql } from './cast-sql.ts'
import { postgresJsonLookups } from './json-lookup-sql.ts'
import { jsonArraySql, jsonListSql, jsonObjectSql } from './json-sql.ts'
import { valueType } from './value-type.ts'

/** Whole numbers are bound as bigint, which functions of text do not take. */
const whole = (number: Fragment): Fragment => sql`(${number})::integer`
const asText = (value: Fragment): Fragment => sql`(${value})::text`
const asNumeric = (value: Fragment): Fragment => sql`(${value})::numeric`

/** What computes with `numeric` gives one, which would be read as text. */
function outputOf(value: Fragment, kind: FieldKind): Fragment {
  return kind === 'decimal' ? value : sql`(${value})::${sql.raw(valueType(kind))}`
}

const numericCall =
  (name: string): FunctionSql =>
  ({ args, output }) =>
    outputOf(sql`${sql.raw(name)}(${sql.join(args.map(asNumeric))})`, output.kind)

/** Text and whole numbers after it. */
const textCall =
  (name: string): FunctionSql =>
  ({ args: [text, ...numbers] }) =>
    sql`${sql.raw(name)}(${sql.join([asText(text!), ...numbers.map(whole)])})`

const padCall =
  (name: string): FunctionSql =>
  ({ args: [text, length, fill] }) =>
    sql`${sql.raw(name)}(${asText(text!)}, ${whole(length!)}, ${asText(fill!)})`

/** Digests are of the bytes of a text in UTF-8. */
const digest =
  (name: string): FunctionSql =>
  ({ args: [text] }) =>
    sql`ENCODE(${sql.raw(name)}(CONVERT_TO(${asText(text!)}, 'UTF8')), 'hex')`

function concat(args: readonly Fragment[]): Fragment {
  return sql`(${sql.join(
    args.map((arg) => sql`COALESCE(${asText(arg)}, '')`),
    ' || ',
  )})`
}

const round: FunctionSql = ({ args: [value, places], output }) =>
  outputOf(sql`ROUND(${asNumeric(value!)}, ${places!})`, output.kind)

/** What PostgreSQL makes a float of, also where the argument is a whole number. */
const sameAs =
  (name: string): FunctionSql =>
  ({ args: [value], output }) =>
    outputOf(sql`${sql.raw(name)}(${value!})`, output.kind)

const truncation =
  (period: string): FunctionSql =>
  ({ args: [value, zone], fields: [field] }) => {
    const unit = sql.raw(`'${period}'`)
    if (field!.kind === 'dateTime') return sql`DATE_TRUNC(${unit}, ${value!}, ${zone!}::text)`
    if (field!.kind === 'time') return sql`DATE_TRUNC(${unit}, (${value!})::interval)::time`
    return sql`DATE_TRUNC(${unit}, (${value!})::timestamp)::date`
  }

const periods = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second']

/** The value that a row before or after has; the value of rows that are not there is of the same type. */
const shifted =
  (name: string): FunctionSql =>
  ({ args: [value, offset, other], output }) => {
    const rest = other ? sql`, (${other})::${sql.raw(valueType(output.kind))}` : sql``
    const own = other ? sql`(${value!})::${sql.raw(valueType(output.kind))}` : value!
    return sql`${sql.raw(name)}(${own}, ${whole(offset!)}${rest})`
  }

const arrayAgg: FunctionSql = (input) =>
  plainCall('JSON_AGG')({ ...input, args: [jsonListSql(input.args[0]!, input.fields[0]!)] })

const stringAgg: FunctionSql = (input: FunctionInput) =>
  plainCall('STRING_AGG')({ ...input, args: input.args.map(asText) })

const unordered: ReadonlySet<FieldKind> = new Set(['json', 'uuid', 'binary', 'array'])

/** ANY_VALUE is there from version 16 on. What has no least value is taken out of an array: `aggregated` does that. */
const anyValue: FunctionSql = (input) => {
  const { args, fields } = input
  const { kind } = fields[0]!
  if (unordered.has(kind)) return sql`ARRAY_AGG(${args[0]!} ORDER BY ${args[0]!} IS NULL)`
  return plainCall(kind === 'boolean' ? 'BOOL_OR' : 'MIN')(input)
}

/** Functions that PostgreSQL writes in its own way, by id. */
export const postgresFunctions: Readonly<Record<string, FunctionSql>> = {
  ...postgresJsonLookups,
  // PostgreSQL counts places in integers alone.
  'operator:bitleftshift': ({ args: [left, right] }) => sql`(${left!} << (${right!})::integer)`,
  'operator:bitrightshift': ({ args: [left, right] }) => sql`(${left!} >> (${right!})::integer)`,
  'duration:add': ({ args: [left, right] }) => sql`(${left!} + ${right!})`,
  'duration:subtract': ({ args: [left, right] }) => sql`(${left!} - ${right!})`,
  // Two dates differ by a whole number, of days.
  'duration:between': ({ args: [end, start], fields: [field] }) =>
    field!.kind === 'date' ? sql`((${end!} - ${start!}) * interval '1 day')` : sql`(${end!} - ${start!})`,
  substr: textCall('SUBSTRING'),
  left: textCall('LEFT'),
  right: textCall('RIGHT'),
  repeat: textCall('REPEAT'),
  lPad: padCall('LPAD'),
  rPad: padCall('RPAD'),
  chr: ({ args: [number] }) => sql`CHR(${whole(number!)})`,
  concat: ({ args }) => concat(args),
  // The digests of 224 bits and more are PostgreSQL's own; that of SHA-1 is of the extension pgcrypto.
  sha1: ({ args: [text] }) => sql`ENCODE(DIGEST(${asText(text!)}, 'sha1'), 'hex')`,
  sha224: digest('SHA224'),
  sha256: digest('SHA256'),
  sha384: digest('SHA384'),
  sha512: digest('SHA512'),
  ceil: sameAs('CEIL'),
  floor: sameAs('FLOOR'),
  sign: sameAs('SIGN'),
  log: numericCall('LOG'),
  mod: numericCall('MOD'),
  round,
  cast: castSql,
  ...Object.fromEntries(periods.map((period) => [`trunc:${period}`, truncation(period)])),
  now: () => sql`STATEMENT_TIMESTAMP()`,
  nTile: ({ args: [parts] }) => sql`NTILE(${whole(parts!)})`,
  lag: shifted('LAG'),
  lead: shifted('LEAD'),
  nthValue: ({ args: [value, nth] }) => sql`NTH_VALUE(${value!}, ${whole(nth!)})`,
  anyValue,
  stringAgg,
  arrayAgg,
  jsonObject: jsonObjectSql,
  jsonArray: jsonArraySql,
  uuid4: () => sql`GEN_RANDOM_UUID()`,
  uuid7: () => sql`UUIDV7()`,
}
