import { markSafe, SafeString } from '../safe-string.ts'

/** A filter's input as text; nothing for `null` and `undefined`. */
export function textOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value)
}

/** `result` as safe HTML when `input` was: for filters that take nothing out of HTML that made it safe. */
export function keepSafe(input: unknown, result: string): string | SafeString {
  return input instanceof SafeString ? markSafe(result) : result
}

/** A filter of text to text that keeps safe HTML safe. */
export function textFilter<Args extends unknown[]>(change: (text: string, ...args: Args) => string) {
  return (value: unknown, ...args: Args): string | SafeString => keepSafe(value, change(textOf(value), ...args))
}

/** `value` as a whole number, or `otherwise`. */
export function integerOf(value: unknown, otherwise: number): number {
  if (typeof value !== 'number' && typeof value !== 'bigint' && typeof value !== 'string') return otherwise
  const number = Number(value)
  return value !== '' && Number.isInteger(number) ? number : otherwise
}
