import type { FunctionSql } from '../../query/expressions/sql-function.ts'
import { sql } from '../../query/fragment.ts'

function ordered(operator: string): FunctionSql {
  const test = sql.raw(` ${operator} 0`)
  return ({ args: [document, value] }) => sql`(nuages_json_order(${document!}, ${value!})${test})`
}

/**
 * How SQLite writes what is asked of JSON. What a key leads to stays JSON, as `->` gives it, so that `'1'` is not `1`.
 */
export const sqliteJsonLookups: Readonly<Record<string, FunctionSql>> = {
  'json:key': ({ args: [document, key] }) => sql`(${document!} -> ('$."' || ${key!} || '"'))`,
  'json:oddKey': ({ args: [document, key] }) => sql`nuages_json_member(${document!}, ${key!})`,
  'json:element': ({ args: [document, place] }) =>
    sql`(${document!} -> (CASE WHEN ${place!} < 0 THEN '$[#' ELSE '$[' END || ${place!} || ']'))`,
  'json:text': ({ args: [document] }) => sql`(${document!} ->> '$')`,
  'json:exact': ordered('='),
  'json:in': ({ args: [document, ...values] }) =>
    sql`(${sql.join(
      values.map((value) => sql`nuages_json_order(${document!}, ${value}) = 0`),
      ' OR ',
    )})`,
  'json:gt': ordered('>'),
  'json:gte': ordered('>='),
  'json:lt': ordered('<'),
  'json:lte': ordered('<='),
  'json:contains': ({ args: [document, part] }) => sql`nuages_json_contains(${document!}, ${part!})`,
  'json:containedBy': ({ args: [document, whole] }) => sql`nuages_json_contains(${whole!}, ${document!})`,
  'json:hasKey': ({ args: [document, key] }) => sql`nuages_json_has(${document!}, ${key!})`,
  'json:hasKeys': ({ args: [document, keys] }) => sql`nuages_json_has_all(${document!}, ${keys!})`,
  'json:hasAnyKeys': ({ args: [document, keys] }) => sql`nuages_json_has_any(${document!}, ${keys!})`,
  // As text '10' would come before '9'.
  'json:order': ({ args: [document] }) => sql`(${document!} ->> '$')`,
}
