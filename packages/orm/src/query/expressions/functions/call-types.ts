import type { Decimal } from 'decimal.js'
import type { FunctionCall } from '../function-call.ts'
import type { Needs } from '../use-types.ts'
import type { Nullable, UsesOf, Valued, ValueKinds, ValueOfArg } from '../value-types.ts'

/** What most functions take: a path as text, or an expression. */
export type Argument = string | Valued

/** What functions take that work with values as well. */
export type AnyArgument =
  | Argument
  | number
  | bigint
  | boolean
  | Decimal
  | Temporal.PlainDate
  | Temporal.PlainTime
  | Temporal.Instant
  | Temporal.Duration
  | null

/** A whole number, or what gives one. */
export type NumberArgument = number | Valued

/** What a function uses whose arguments, `A`, must be of a kind. */
export type UsesArguments<A, Kind extends keyof ValueKinds, Name extends string> =
  | UsesOf<A>
  | Needs<ValueOfArg<A>, Kind, Name>

/** A call that gives a `T`, or NULL where an argument is NULL. */
export type Call<T, A, Kind extends keyof ValueKinds, Name extends string> = FunctionCall<
  Nullable<T, ValueOfArg<A>>,
  UsesArguments<A, Kind, Name>
>

/** A call that gives what its argument is. */
export type SameCall<A, Kind extends keyof ValueKinds, Name extends string> = FunctionCall<
  ValueOfArg<A>,
  UsesArguments<A, Kind, Name>
>
