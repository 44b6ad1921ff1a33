import { FieldError, QueryError } from '../../../errors.ts'
import { sql } from '../../fragment.ts'
import { FunctionCall } from '../function-call.ts'
import { outputs } from '../output-fields.ts'
import type { SqlFunction } from '../sql-function.ts'
import type { Needs } from '../use-types.ts'
import { ValueExpression } from '../value.ts'
import type { Nullable, UsesOf, ValueOfArg } from '../value-types.ts'
import { builtIn, likeFirst, oneArgument } from './built-in.ts'
import type { AnyArgument, Argument, Call, NumberArgument, SameCall, UsesArguments } from './call-types.ts'

const texts = oneArgument<string>()
const numbers = oneArgument<number>()

/** Small letters. On both databases every letter becomes one letter, whatever the language. Django's `Lower`. */
export const Lower = texts('text', 'Lower', builtIn('lower', 'LOWER', outputs.text))
/** Capital letters. Django's `Upper`. */
export const Upper = texts('text', 'Upper', builtIn('upper', 'UPPER', outputs.text))
/** Without spaces at both ends. Django's `Trim`. */
export const Trim = texts('text', 'Trim', builtIn('trim', 'TRIM', outputs.text))
/** Without spaces at the start. Django's `LTrim`. */
export const LTrim = texts('text', 'LTrim', builtIn('lTrim', 'LTRIM', outputs.text))
/** Without spaces at the end. Django's `RTrim`. */
export const RTrim = texts('text', 'RTrim', builtIn('rTrim', 'RTRIM', outputs.text))
/** From the last character to the first. Django's `Reverse`. */
export const Reverse = texts('text', 'Reverse', builtIn('reverse', 'REVERSE', outputs.text))
/** How many characters a text has. Django's `Length`. */
export const Length = numbers('text', 'Length', builtIn('length', 'LENGTH', outputs.integer))
/** The code point of the first character; 0 for an empty text. Django's `Ord`. */
export const Ord = numbers('text', 'Ord', builtIn('ord', 'ASCII', outputs.integer))
/** The character of a code point. Django's `Chr`. */
export const Chr = texts('whole numbers', 'Chr', builtIn('chr', 'CHR', outputs.text))

/** Digests in hexadecimal digits. Django's `MD5`. */
export const MD5 = texts('text', 'MD5', builtIn('md5', 'MD5', outputs.text))
/** On PostgreSQL it needs the extension pgcrypto. Django's `SHA1`. */
export const SHA1 = texts('text', 'SHA1', builtIn('sha1', 'SHA1', outputs.text))
/** Django's `SHA224`. */
export const SHA224 = texts('text', 'SHA224', builtIn('sha224', 'SHA224', outputs.text))
/** Django's `SHA256`. */
export const SHA256 = texts('text', 'SHA256', builtIn('sha256', 'SHA256', outputs.text))
/** Django's `SHA384`. */
export const SHA384 = texts('text', 'SHA384', builtIn('sha384', 'SHA384', outputs.text))
/** Django's `SHA512`. */
export const SHA512 = texts('text', 'SHA512', builtIn('sha512', 'SHA512', outputs.text))

/** NULL counts as an empty text, so that the whole never is NULL; numbers are taken as text. */
const concat = builtIn('concat', 'CONCAT', outputs.text)

/** Texts in a row; NULL counts as `''`. Strings are paths: write `Value(', ')` for a text. Django's `Concat`. */
export function Concat<const A extends readonly AnyArgument[]>(
  ...parts: A
): FunctionCall<string, UsesOf<A[number]> | Needs<ValueOfArg<A[number]>, 'values', 'Concat'>> {
  if (parts.length < 2) throw new QueryError('Concat() takes two texts or more.')
  return new FunctionCall(concat, parts)
}

/** Two texts in a row. Django's `ConcatPair`. */
export function ConcatPair<const A extends AnyArgument, const B extends AnyArgument>(
  first: A,
  second: B,
): FunctionCall<string, UsesOf<A | B> | Needs<ValueOfArg<A | B>, 'values', 'ConcatPair'>> {
  return new FunctionCall(concat, [first, second])
}

/** A text and a number that says where, or how many. */
type TextAndNumber<A, B, Name extends string> = FunctionCall<
  Nullable<string, ValueOfArg<A | B>>,
  UsesArguments<A, 'text', Name> | UsesArguments<B, 'whole numbers', Name>
>

const substr = builtIn('substr', 'SUBSTR', outputs.text)

/** A part of a text, from a position, counted from 1, to its end or of a length. Django's `Substr`. */
export function Substr<
  const A extends Argument,
  const P extends NumberArgument,
  const L extends NumberArgument = never,
>(text: A, position: P, length?: L): TextAndNumber<A, P | L, 'Substr'> {
  atLeastOne(position, 'Substr() takes a position')
  return new FunctionCall(substr, length === undefined ? [text, position] : [text, position, length])
}

function atLeastOne(value: unknown, what: string): void {
  if (typeof value !== 'number' || value >= 1) return
  throw new QueryError(`${what} of 1 or more, got ${value}.`)
}

const left = builtIn('left', 'LEFT', outputs.text)
const right = builtIn('right', 'RIGHT', outputs.text)
const repeat = builtIn('repeat', 'REPEAT', outputs.text)

/** The first characters of a text. Django's `Left`. */
export function Left<const A extends Argument, const L extends NumberArgument>(
  text: A,
  length: L,
): TextAndNumber<A, L, 'Left'> {
  atLeastOne(length, 'Left() takes a length')
  return new FunctionCall(left, [text, length])
}

/** The last characters of a text. Django's `Right`. */
export function Right<const A extends Argument, const L extends NumberArgument>(
  text: A,
  length: L,
): TextAndNumber<A, L, 'Right'> {
  atLeastOne(length, 'Right() takes a length')
  return new FunctionCall(right, [text, length])
}

/** A text several times; no time gives `''`. Django's `Repeat`. */
export function Repeat<const A extends Argument, const N extends NumberArgument>(
  text: A,
  times: N,
): TextAndNumber<A, N, 'Repeat'> {
  if (typeof times === 'number' && times < 0) throw new QueryError(`Repeat() takes 0 or more, got ${times}.`)
  return new FunctionCall(repeat, [text, times])
}

const lPad = builtIn('lPad', 'LPAD', outputs.text)
const rPad = builtIn('rPad', 'RPAD', outputs.text)
const space = new ValueExpression(' ', {})

/** Filled up at the start, by spaces or another text, or cut, to a length. Django's `LPad`. */
export function LPad<const A extends Argument, const L extends NumberArgument, const T extends Argument = never>(
  text: A,
  length: L,
  fill?: T,
): TextAndNumber<A | T, L, 'LPad'> {
  return new FunctionCall(lPad, [text, length, fill ?? space])
}

/** Filled up at the end, by spaces or another text, or cut, to a length. Django's `RPad`. */
export function RPad<const A extends Argument, const L extends NumberArgument, const T extends Argument = never>(
  text: A,
  length: L,
  fill?: T,
): TextAndNumber<A | T, L, 'RPad'> {
  return new FunctionCall(rPad, [text, length, fill ?? space])
}

const replace = builtIn('replace', 'REPLACE', outputs.text)
const nothing = new ValueExpression('', {})

/** With each `find` replaced, by nothing unless told. Strings are paths: write `Value('x')` for a text. Django's `Replace`. */
export function Replace<const A extends Argument, const B extends Argument, const C extends Argument = never>(
  text: A,
  find: B,
  replacement?: C,
): Call<string, A | B | C, 'text', 'Replace'> {
  return new FunctionCall(replace, [text, find, replacement ?? nothing])
}

const strIndex = builtIn('strIndex', 'STRPOS', outputs.integer)

/** Where a text first stands in another, counted from 1; 0 where it does not. Django's `StrIndex`. */
export function StrIndex<const A extends Argument, const B extends Argument>(
  text: A,
  find: B,
): Call<number, A | B, 'text', 'StrIndex'> {
  return new FunctionCall(strIndex, [text, find])
}

const collations = new Map<string, SqlFunction>()

/** A text compared and ordered by another collation: `orderBy(Collate('name', 'nocase'))`. Django's `Collate`. */
export function Collate<const A extends Argument>(text: A, collation: string): SameCall<A, 'text', 'Collate'> {
  // The name stands in the text of the statement.
  if (!/^[\w-]+(\.[\w-]+)?$/.test(collation)) throw new FieldError(`Invalid collation name: '${collation}'.`)
  let fn = collations.get(collation)
  if (!fn) {
    fn = builtIn(`collate:${collation}`, 'COLLATE', likeFirst, ({ args: [own], operations }) => {
      return sql`${own!} COLLATE ${sql.raw(operations.quote(collation))}`
    })
    collations.set(collation, fn)
  }
  return new FunctionCall(fn, [text])
}
