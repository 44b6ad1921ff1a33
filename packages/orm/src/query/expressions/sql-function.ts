import type { Operations } from '../../backends/operations.ts'
import type { Field, Vendor } from '../../fields/field.ts'
import type { Fragment } from '../fragment.ts'
import type { ExpressionNode } from './node.ts'

/** A call to be written: the SQL of the arguments, and what they and the whole are. */
export interface FunctionInput {
  readonly args: readonly Fragment[]
  readonly fields: readonly Field[]
  readonly output: Field
  readonly operations: Operations
  /** Of an aggregate: each value once. */
  readonly distinct: boolean
  /** Of an aggregate: the terms of its ORDER BY. */
  readonly order: Fragment | undefined
}

/** How a call is written. Arguments may be left out, repeated or moved: their values go with them. */
export type FunctionSql = (input: FunctionInput) => Fragment

/**
 * What SQL computes of arguments. A dialect that writes it in its own way has an entry under `id` in `Operations.functions`;
 * else `sql` says how, or it is `NAME(a, b)`.
 */
export interface SqlFunction {
  /** Part of the text of a query's shape: no two functions whose SQL or output differ may share it. */
  readonly id: string
  /** As in SQL, and in messages. */
  readonly name: string
  output(args: readonly ExpressionNode[]): Field
  readonly sql?: FunctionSql | Partial<Readonly<Record<Vendor, FunctionSql>>> | undefined
  /** Computed over the rows of a window, so that it makes sense inside `Window` alone. */
  readonly isWindow?: boolean
}

export interface SqlFunctionInit {
  readonly name: string
  /** A field that reads the value; where it follows from the arguments, what tells it. */
  readonly output: Field | ((args: readonly ExpressionNode[]) => Field)
  readonly sql?: SqlFunction['sql']
  readonly isWindow?: boolean
  /** Only for the ORM's own functions; one made without has an id of its own. */
  readonly id?: string
}

let made = 0

/** Defines a function, once: each call of this makes another function, whose queries are compiled anew. */
export function sqlFunction(init: SqlFunctionInit): SqlFunction {
  const { name, output, sql, isWindow = false, id = `${name}#${++made}` } = init
  return { id, name, sql, isWindow, output: typeof output === 'function' ? output : () => output }
}

/** The SQL of a call in a dialect. */
export function functionSql(fn: SqlFunction, vendor: Vendor, input: FunctionInput): Fragment {
  const own = input.operations.functions[fn.id] ?? (typeof fn.sql === 'function' ? fn.sql : fn.sql?.[vendor])
  return (own ?? plainCall(fn.name))(input)
}

/** `NAME(a, b)`, with what an aggregate has besides. */
export function plainCall(name: string): FunctionSql {
  return ({ args, distinct, order }) => ({
    sql: `${name}(${distinct ? 'DISTINCT ' : ''}${args.map(({ sql }) => sql).join(', ')}${order ? ` ORDER BY ${order.sql}` : ''})`,
    binds: [...args.flatMap(({ binds }) => binds), ...(order?.binds ?? [])],
  })
}
