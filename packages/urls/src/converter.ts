/**
 * Turns a piece of a path into a value and back.
 *
 * - `regex` matches the piece; it is compiled with the `u` flag and must not be anchored.
 * - `parse` gives the value. A piece that is no value after all (a 13th month) does not match: return `undefined`, or let
 *   a `RangeError` through, which is what `Temporal` and `BigInt` throw.
 * - `format` gives the piece back. What it returns must match `regex`, else the URL cannot be reversed.
 */
export interface Converter<T> {
  readonly regex: string
  readonly parse: (text: string) => T | undefined
  readonly format: (value: T) => string
}

/** A converter whose `format` takes what its `parse` gives. It joins routes through `definePath({ converters })`. */
export function defineConverter<T>(converter: Converter<T>): Converter<T> {
  return converter
}

/** Custom converters by the name that routes use: `{ date: dateConverter }` for `<date:day>`. */
export interface Converters {
  readonly [name: string]: Omit<Converter<unknown>, 'format'> & { readonly format: (value: never) => string }
}

/** The type of the values that a converter gives. */
export type ParsedBy<C extends Converters[string]> = Exclude<ReturnType<C['parse']>, undefined>

const text = { parse: (piece: string) => piece, format: String }

const int: Converter<number> = {
  regex: '[0-9]+',
  // A number beyond 2^53 would be rounded to another one: it names nothing, so it does not match.
  parse(piece) {
    const value = Number(piece)
    return Number.isSafeInteger(value) ? value : undefined
  },
  format: String,
}

const str: Converter<string> = { regex: '[^/]+', ...text }
const slug: Converter<string> = { regex: '[-a-zA-Z0-9_]+', ...text }
const path: Converter<string> = { regex: '.+', ...text }
const uuid: Converter<string> = {
  regex: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  parse: text.parse,
  format: (value) => String(value).toLowerCase(),
}

/** The types of the values that the converters of Django give. */
export interface BuiltinConverterTypes {
  readonly str: string
  readonly int: number
  readonly slug: string
  readonly uuid: string
  readonly path: string
}

/** The converters every route knows, as Django has them. */
export const builtinConverters: {
  readonly [Name in keyof BuiltinConverterTypes]: Converter<BuiltinConverterTypes[Name]>
} = { str, int, slug, uuid, path }
