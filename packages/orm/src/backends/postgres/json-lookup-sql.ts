import type { FunctionSql } from '../../query/expressions/sql-function.ts'
import { type Fragment, sql } from '../../query/fragment.ts'

const jsonb = (value: Fragment): Fragment => sql`(${value})::jsonb`

function operator(symbol: string): FunctionSql {
  const between = sql.raw(` ${symbol} `)
  return ({ args: [document, value] }) => sql`(${document!}${between}${jsonb(value!)})`
}

/** Keys come as a JSON list. */
function keysOperator(symbol: string): FunctionSql {
  const between = sql.raw(` ${symbol} `)
  return ({ args: [document, keys] }) =>
    sql`(${document!}${between}ARRAY(SELECT jsonb_array_elements_text(${jsonb(keys!)})))`
}

const member: FunctionSql = ({ args: [document, key] }) => sql`(${document!} -> (${key!})::text)`

/** How PostgreSQL writes what is asked of JSON. */
export const postgresJsonLookups: Readonly<Record<string, FunctionSql>> = {
  'json:key': member,
  'json:oddKey': member,
  'json:element': ({ args: [document, place] }) => sql`(${document!} -> (${place!})::integer)`,
  'json:text': ({ args: [document] }) => sql`(${document!} #>> '{}')`,
  'json:exact': operator('='),
  'json:in': ({ args: [document, ...values] }) => sql`(${document!} IN (${sql.join(values.map(jsonb))}))`,
  'json:gt': operator('>'),
  'json:gte': operator('>='),
  'json:lt': operator('<'),
  'json:lte': operator('<='),
  'json:contains': operator('@>'),
  'json:containedBy': operator('<@'),
  'json:hasKey': ({ args: [document, key] }) => sql`(${document!} ? (${key!})::text)`,
  'json:hasKeys': keysOperator('?&'),
  'json:hasAnyKeys': keysOperator('?|'),
  'json:order': ({ args: [document] }) => document!,
}
