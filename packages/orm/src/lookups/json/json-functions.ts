import { type SqlFunction, sqlFunction } from '../../query/expressions/sql-function.ts'

/** What a dialect must write for JSON, under `json:<name>` in its functions: documents and values are JSON, of either side. */
export type JsonFunctionName =
  /** The member of an object, by a key that holds neither quotes nor backslashes; or by any key. */
  | 'key'
  | 'oddKey'
  /** The element of an array, from the end where the number is negative. */
  | 'element'
  /** A value as text: a string without its quotes. */
  | 'text'
  | 'exact'
  | 'in'
  | 'gt'
  | 'gte'
  | 'lt'
  | 'lte'
  | 'contains'
  | 'containedBy'
  | 'hasKey'
  | 'hasKeys'
  | 'hasAnyKeys'
  /** What ORDER BY takes. */
  | 'order'

/** The function of that name; what it gives is said where it is called. */
export function jsonFunction(name: JsonFunctionName, output: SqlFunction['output']): SqlFunction {
  return sqlFunction({ id: `json:${name}`, name: `json ${name}`, output })
}
