import type { FunctionSql } from '../../query/expressions/sql-function.ts'
import { plainCall } from '../../query/expressions/sql-function.ts'
import { type Fragment, sql } from '../../query/fragment.ts'
import { castSql } from './cast-sql.ts'
import { sqliteJsonLookups } from './json-lookup-sql.ts'
import { jsonArraySql, jsonListSql, jsonObjectSql } from './json-sql.ts'
import { truncations } from './trunc-sql.ts'

/** Moments are text and durations microseconds, so that a function of ours counts. */
function moved(by: 'add' | 'subtract'): FunctionSql {
  return ({ args, fields }) => {
    const [moment, length] = fields[0]!.kind === 'duration' ? [args[1]!, args[0]!] : [args[0]!, args[1]!]
    return by === 'add' ? sql`nuages_moved(${moment}, ${length})` : sql`nuages_moved(${moment}, -(${length}))`
  }
}

/**
 * MAX and MIN of several arguments are NULL where one is. Each argument therefore falls back to the ones after it, and the
 * last ones to the first, so that NULL comes out where all are NULL.
 */
function ignoringNulls(name: 'MAX' | 'MIN'): FunctionSql {
  return ({ args }) => {
    const turned = args.map((_, start) => sql`COALESCE(${sql.join([...args.slice(start), ...args.slice(0, start)])})`)
    return sql`${sql.raw(name)}(${sql.join(turned)})`
  }
}

/** NULL counts as an empty text. */
function concat(args: readonly Fragment[]): Fragment {
  return sql`(${sql.join(
    args.map((arg) => sql`COALESCE(${arg}, '')`),
    ' || ',
  )})`
}

/** `ROUND` of SQLite takes no places below zero. */
const round: FunctionSql = ({ args: [value, places], output }) => {
  const precision = Number(places!.sql)
  if (precision >= 0) {
    // ROUND makes floats, also of whole numbers.
    return output.kind === 'integer' || output.kind === 'bigint' ? value! : sql`ROUND(${value!}, ${places!})`
  }
  const unit = sql.raw(`1${'0'.repeat(-precision)}`)
  const rounded = sql`(ROUND(${value!} / ${unit}.0) * ${unit})`
  return output.kind === 'integer' || output.kind === 'bigint' ? sql`CAST(${rounded} AS integer)` : rounded
}

/** SQL's DISTINCT takes one argument, so that a function of ours leaves out what it has. */
const stringAgg: FunctionSql = (input) =>
  plainCall(input.distinct ? 'nuages_distinct_texts' : 'GROUP_CONCAT')({ ...input, distinct: false })

const arrayAgg: FunctionSql = (input) => {
  const [value] = input.args
  return plainCall('JSON_GROUP_ARRAY')({ ...input, args: [jsonListSql(value!, input.fields[0]!)] })
}

/** Functions that SQLite writes in its own way, by id. */
export const sqliteFunctions: Readonly<Record<string, FunctionSql>> = {
  ...sqliteJsonLookups,
  'operator:power': ({ args: [base, exponent] }) => sql`POWER(${base!}, ${exponent!})`,
  'operator:bitxor': ({ args: [left, right] }) => sql`((${left!} | ${right!}) - (${left!} & ${right!}))`,
  'duration:add': moved('add'),
  'duration:subtract': moved('subtract'),
  'duration:between': ({ args: [end, start] }) => sql`nuages_between(${end!}, ${start!})`,
  lower: plainCall('nuages_lower'),
  upper: plainCall('nuages_upper'),
  reverse: plainCall('nuages_reverse'),
  repeat: plainCall('nuages_repeat'),
  lPad: plainCall('nuages_lpad'),
  rPad: plainCall('nuages_rpad'),
  ord: ({ args: [text] }) => sql`CASE ${text!} WHEN '' THEN 0 ELSE UNICODE(${text!}) END`,
  // Of NULL, CHAR makes the character of number 0.
  chr: ({ args: [number] }) => sql`CASE WHEN ${number!} IS NOT NULL THEN CHAR(${number!}) END`,
  left: ({ args: [text, length] }) => sql`SUBSTR(${text!}, 1, ${length!})`,
  right: plainCall('nuages_right'),
  strIndex: plainCall('INSTR'),
  concat: ({ args }) => concat(args),
  md5: ({ args: [text] }) => sql`nuages_hash('md5', ${text!})`,
  sha1: ({ args: [text] }) => sql`nuages_hash('sha1', ${text!})`,
  sha224: ({ args: [text] }) => sql`nuages_hash('sha224', ${text!})`,
  sha256: ({ args: [text] }) => sql`nuages_hash('sha256', ${text!})`,
  sha384: ({ args: [text] }) => sql`nuages_hash('sha384', ${text!})`,
  sha512: ({ args: [text] }) => sql`nuages_hash('sha512', ${text!})`,
  cot: ({ args: [angle] }) => sql`(1.0 / TAN(${angle!}))`,
  random: () => sql`((RANDOM() & 9007199254740991) / 9007199254740992.0)`,
  round,
  greatest: ignoringNulls('MAX'),
  least: ignoringNulls('MIN'),
  cast: castSql,
  ...truncations,
  // Whole milliseconds are written as the ORM writes them.
  now: () => sql`REPLACE(STRFTIME('%Y-%m-%d %H:%M:%f000', 'now'), '.000000', '')`,
  stdDevPop: plainCall('nuages_stddev_pop'),
  stdDevSamp: plainCall('nuages_stddev_samp'),
  varPop: plainCall('nuages_var_pop'),
  varSamp: plainCall('nuages_var_samp'),
  bitAnd: plainCall('nuages_bit_and'),
  bitOr: plainCall('nuages_bit_or'),
  bitXor: plainCall('nuages_bit_xor'),
  boolAnd: plainCall('MIN'),
  boolOr: plainCall('MAX'),
  anyValue: plainCall('MAX'),
  stringAgg,
  arrayAgg,
  jsonObject: jsonObjectSql,
  jsonArray: jsonArraySql,
  uuid4: () => sql`nuages_uuid4()`,
  uuid7: () => sql`nuages_uuid7()`,
}
