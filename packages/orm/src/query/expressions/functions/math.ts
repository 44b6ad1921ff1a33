import { QueryError } from '../../../errors.ts'
import type { Field } from '../../../fields/field.ts'
import { sql } from '../../fragment.ts'
import { FunctionCall } from '../function-call.ts'
import type { ExpressionNode } from '../node.ts'
import { outputs } from '../output-fields.ts'
import type { SqlFunction } from '../sql-function.ts'
import type { Numeric, ValueOfArg } from '../value-types.ts'
import { builtIn, likeArgument, likeFirst } from './built-in.ts'
import type { Argument, SameCall, UsesArguments } from './call-types.ts'

/** A decimal where an argument is one, else a float. */
function numericOutput(args: readonly ExpressionNode[]): Field {
  return args.some(({ output }) => output.kind === 'decimal') ? outputs.decimal : outputs.float
}

type NumericCall<A, Name extends string> = FunctionCall<Numeric<ValueOfArg<A>>, UsesArguments<A, 'numbers', Name>>

function numeric<Name extends string>(id: string, name: Name) {
  const fn = builtIn(id, name.toUpperCase(), numericOutput)
  return <const A extends Argument>(argument: A): NumericCall<A, Name> => new FunctionCall(fn, [argument])
}

/** Without its sign. Django's `Abs`. */
export const Abs = likeArgument('numbers', 'Abs', builtIn('abs', 'ABS', likeFirst))
/** The least whole number that is not below. Django's `Ceil`. */
export const Ceil = likeArgument('numbers', 'Ceil', builtIn('ceil', 'CEIL', likeFirst))
/** The greatest whole number that is not above. Django's `Floor`. */
export const Floor = likeArgument('numbers', 'Floor', builtIn('floor', 'FLOOR', likeFirst))
/** -1, 0 or 1. Django's `Sign`. */
export const Sign = likeArgument('numbers', 'Sign', builtIn('sign', 'SIGN', likeFirst))

/** Django's `ACos`. */
export const ACos = numeric('aCos', 'ACos')
/** Django's `ASin`. */
export const ASin = numeric('aSin', 'ASin')
/** Django's `ATan`. */
export const ATan = numeric('aTan', 'ATan')
/** Django's `Cos`. */
export const Cos = numeric('cos', 'Cos')
/** Django's `Cot`. */
export const Cot = numeric('cot', 'Cot')
/** From radians to degrees. Django's `Degrees`. */
export const Degrees = numeric('degrees', 'Degrees')
/** e to the power of a number. Django's `Exp`. */
export const Exp = numeric('exp', 'Exp')
/** The natural logarithm. Django's `Ln`. */
export const Ln = numeric('ln', 'Ln')
/** From degrees to radians. Django's `Radians`. */
export const Radians = numeric('radians', 'Radians')
/** Django's `Sin`. */
export const Sin = numeric('sin', 'Sin')
/** The square root. Django's `Sqrt`. */
export const Sqrt = numeric('sqrt', 'Sqrt')
/** Django's `Tan`. */
export const Tan = numeric('tan', 'Tan')

/** A path, an expression or a number. */
type NumberOrArgument = Argument | number

function numericPair<Name extends string>(id: string, name: Name) {
  const fn = builtIn(id, name.toUpperCase(), numericOutput)
  return <const A extends NumberOrArgument, const B extends NumberOrArgument>(
    first: A,
    second: B,
  ): NumericCall<A | B, Name> => new FunctionCall(fn, [first, second])
}

/** The angle of a point: `ATan2(y, x)`. Django's `ATan2`. */
export const ATan2 = numericPair('aTan2', 'ATan2')
/** The logarithm of the second to the base of the first. Django's `Log`. */
export const Log = numericPair('log', 'Log')
/** What is left of a division, with the sign of the first. Django's `Mod`. */
export const Mod = numericPair('mod', 'Mod')
/** The first to the power of the second. Django's `Power`. */
export const Power = numericPair('power', 'Power')

const pi = builtIn('pi', 'PI', outputs.float)
const random = builtIn('random', 'RANDOM', outputs.float)

/** Django's `Pi`. */
export function Pi(): FunctionCall<number, never> {
  return new FunctionCall(pi, [])
}

/** A number from 0 up to, and without, 1. Django's `Random`. */
export function Random(): FunctionCall<number, never> {
  return new FunctionCall(random, [])
}

const rounds = new Map<number, SqlFunction>()

/** To so many places, none unless told; halves away from zero. Below zero: tens, hundreds … Django's `Round`. */
export function Round<const A extends Argument>(number: A, precision = 0): SameCall<A, 'numbers', 'Round'> {
  if (!Number.isSafeInteger(precision))
    throw new QueryError(`Round() takes a whole number of places, got ${precision}.`)
  let fn = rounds.get(precision)
  if (!fn) {
    const places = sql.raw(String(precision))
    fn = builtIn(`round:${precision}`, 'ROUND', likeFirst, (input) => {
      return input.operations.functions.round!({ ...input, args: [...input.args, places] })
    })
    rounds.set(precision, fn)
  }
  return new FunctionCall(fn, [number])
}
