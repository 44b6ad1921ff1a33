import { QueryError } from '../../../errors.ts'
import type { Field } from '../../../fields/field.ts'
import { FunctionCall } from '../function-call.ts'
import { textOfField } from '../output-fields.ts'
import { commonOutput } from '../output-of.ts'
import type { SqlFunction } from '../sql-function.ts'
import type { FirstOf, Nullable, UsesOf, ValueOfArg } from '../value-types.ts'
import { builtIn, likeFirst } from './built-in.ts'
import type { AnyArgument, Argument, UsesArguments } from './call-types.ts'

type ValuesOf<A extends readonly unknown[]> = { readonly [I in keyof A]: ValueOfArg<A[I]> }
type FirstCall<A extends readonly AnyArgument[], Name extends string> = FunctionCall<
  FirstOf<ValuesOf<A>>,
  UsesArguments<A[number], 'values', Name>
>

const coalesce = builtIn('coalesce', 'COALESCE', (args) => commonOutput(args, 'Coalesce()'))
const greatest = builtIn('greatest', 'GREATEST', (args) => commonOutput(args, 'Greatest()'))
const least = builtIn('least', 'LEAST', (args) => commonOutput(args, 'Least()'))
const nullIf = builtIn('nullIf', 'NULLIF', likeFirst)

function needTwo(name: string, args: readonly unknown[]): void {
  if (args.length < 2) throw new QueryError(`${name}() takes two expressions or more.`)
}

/** The first that is not NULL. Strings are paths, other values are bound. Django's `Coalesce`. */
export function Coalesce<const A extends readonly AnyArgument[]>(...args: A): FirstCall<A, 'Coalesce'> {
  needTwo('Coalesce', args)
  return new FunctionCall(coalesce, args)
}

/** The greatest of those that are not NULL, on both databases as PostgreSQL has it. Django's `Greatest`. */
export function Greatest<const A extends readonly AnyArgument[]>(...args: A): FirstCall<A, 'Greatest'> {
  needTwo('Greatest', args)
  return new FunctionCall(greatest, args)
}

/** The least of those that are not NULL, on both databases as PostgreSQL has it. Django's `Least`. */
export function Least<const A extends readonly AnyArgument[]>(...args: A): FirstCall<A, 'Least'> {
  needTwo('Least', args)
  return new FunctionCall(least, args)
}

/** NULL where the two are equal, else the first. Django's `NullIf`. */
export function NullIf<const A extends AnyArgument, const B extends AnyArgument>(
  first: A,
  second: B,
): FunctionCall<ValueOfArg<A> | null, UsesArguments<A | B, 'values', 'NullIf'>> {
  return new FunctionCall(nullIf, [first, second])
}

const casts = new Map<string, SqlFunction>()

/** A value as a field of another type would hold it: `Cast('pages', text())`. Django's `Cast`. */
export function Cast<const A extends AnyArgument, T>(
  expression: A,
  output: Field<T>,
): FunctionCall<Nullable<Exclude<T, null>, ValueOfArg<A>>, UsesOf<A> | UsesArguments<A, 'values', 'Cast'>> {
  const key = textOfField(output as Field)
  let fn = casts.get(key)
  if (!fn) {
    const field = (output as Field).name === '' ? (output as Field).bind('value') : (output as Field)
    fn = builtIn(`cast:${key}`, 'CAST', field, (input) => input.operations.functions.cast!(input))
    casts.set(key, fn)
  }
  return new FunctionCall(fn, [expression])
}

const wrappers = new Map<string, SqlFunction>()

/** The same value, read and compared as a field of another type; the database computes nothing. Django's `ExpressionWrapper`. */
export function ExpressionWrapper<const A extends Argument, T>(
  expression: A,
  { outputField }: { readonly outputField: Field<T> },
): FunctionCall<Nullable<Exclude<T, null>, ValueOfArg<A>>, UsesArguments<A, 'values', 'ExpressionWrapper'>> {
  const field = outputField as Field
  const key = textOfField(field)
  let fn = wrappers.get(key)
  if (!fn) {
    const output = field.name === '' ? field.bind('value') : field
    fn = builtIn(`as:${key}`, 'ExpressionWrapper', output, ({ args: [own] }) => own!)
    wrappers.set(key, fn)
  }
  return new FunctionCall(fn, [expression])
}
