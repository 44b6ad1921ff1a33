import type { Field } from '../../../fields/field.ts'
import { FunctionCall } from '../function-call.ts'
import type { ExpressionNode } from '../node.ts'
import { type SqlFunction, type SqlFunctionInit, sqlFunction } from '../sql-function.ts'
import type { ValueKinds } from '../value-types.ts'
import type { Argument, Call, SameCall } from './call-types.ts'

/** A function of the ORM's own: a dialect that writes it in another way has an entry under its id. */
export function builtIn(
  id: string,
  name: string,
  output: SqlFunctionInit['output'],
  sql?: SqlFunction['sql'],
): SqlFunction {
  return sqlFunction({ id, name, output, sql })
}

/** The field of the first argument. */
export const likeFirst = ([first]: readonly ExpressionNode[]): Field => first!.output

/** A function of one argument that gives a `T`, or NULL for NULL. */
export function oneArgument<T>() {
  return <Kind extends keyof ValueKinds, Name extends string>(_kind: Kind, _name: Name, fn: SqlFunction) =>
    <const A extends Argument>(argument: A): Call<T, A, Kind, Name> =>
      new FunctionCall(fn, [argument])
}

/** A function of one argument that gives what its argument is. */
export function likeArgument<Kind extends keyof ValueKinds, Name extends string>(
  _kind: Kind,
  _name: Name,
  fn: SqlFunction,
) {
  return <const A extends Argument>(argument: A): SameCall<A, Kind, Name> => new FunctionCall(fn, [argument])
}
