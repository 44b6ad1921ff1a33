const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A whole number in base 62, as Django writes the seconds of a timestamp. */
export function toBase62(value: number): string {
  let rest = Math.trunc(Math.abs(value))
  let text = ''
  do {
    text = digits[rest % 62] + text
    rest = Math.floor(rest / 62)
  } while (rest > 0)
  return value < 0 ? `-${text}` : text
}

/** The number behind `text`; `undefined` where it is none. */
export function fromBase62(text: string): number | undefined {
  if (!/^-?[0-9A-Za-z]{1,10}$/.test(text)) return undefined
  const isNegative = text.startsWith('-')
  let value = 0
  for (const digit of isNegative ? text.slice(1) : text) value = value * 62 + digits.indexOf(digit)
  return isNegative ? -value : value
}
