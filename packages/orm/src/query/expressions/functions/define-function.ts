import { QueryError } from '../../../errors.ts'
import type { Field } from '../../../fields/field.ts'
import { FunctionCall } from '../function-call.ts'
import { type SqlFunctionInit, sqlFunction } from '../sql-function.ts'
import type { Needs } from '../use-types.ts'
import type { Nullable, UsesOf, ValueKinds, ValueOfArg } from '../value-types.ts'
import type { AnyArgument } from './call-types.ts'

export interface FunctionDefinition<Kinds extends readonly (keyof ValueKinds)[], T> {
  /** As in SQL, where `sql` does not say more; and in messages. */
  readonly name: string
  /** What each argument must be: `'text'`, `'numbers'`, `'dates'` … `'values'` is anything. */
  readonly args: Kinds
  /** What it gives. With `{ null: true }` it may be NULL always, else where an argument is. */
  readonly output: Field<T>
  /** Its SQL, where it is not `NAME(a, b)`: for every database or by vendor. */
  readonly sql?: SqlFunctionInit['sql']
  /** Computed over the rows of a window: it makes sense inside of `Window(…)` alone. */
  readonly isWindow?: boolean
}

type ArgumentsFor<Kinds extends readonly unknown[]> = { readonly [I in keyof Kinds]: AnyArgument }

export type NeedsOf<Kinds extends readonly unknown[], A extends readonly unknown[]> = {
  [I in keyof A]: I extends keyof Kinds
    ? Kinds[I] extends keyof ValueKinds
      ? Needs<ValueOfArg<A[I]>, Kinds[I], 'the function'>
      : never
    : never
}[number]

/**
 * A function of the database as an expression, with its arguments checked:
 *
 * ```ts
 * const Soundex = defineFunction({ name: 'SOUNDEX', args: ['text'], output: char({ maxLength: 4 }) })
 * Author.objects.annotate({ sound: Soundex('name') })   // sound: string
 * ```
 *
 * Define it once, at the top of a module: each definition is another function. Django's `Func`.
 */
export function defineFunction<const Kinds extends readonly (keyof ValueKinds)[], T>(
  definition: FunctionDefinition<Kinds, T>,
) {
  const { name, args: kinds, output } = definition
  const field = output as Field
  const fn = sqlFunction({ ...definition, output: field.name === '' ? field.bind('value') : field })
  return <const A extends ArgumentsFor<Kinds>>(
    ...args: A
  ): FunctionCall<Nullable<T, ValueOfArg<A[number]>>, UsesOf<A[number]> | NeedsOf<Kinds, A>> => {
    if (args.length !== kinds.length) {
      throw new QueryError(`${name}() takes ${kinds.length} arguments (${kinds.join(', ')}), got ${args.length}.`)
    }
    return new FunctionCall(fn, args as readonly AnyArgument[])
  }
}
