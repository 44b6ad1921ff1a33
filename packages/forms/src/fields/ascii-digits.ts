const foreignDigit = /(?![0-9])\p{Nd}/gu
const digit = /^\p{Nd}$/u

/** A text with its decimal digits, of whatever script, written as 0 to 9: `'٣'` is `'3'`. */
export function asciiDigits(text: string): string {
  return text.replace(foreignDigit, (character) => String(digitValue(character.codePointAt(0)!)))
}

/** Unicode has the digits of a script as ten characters in a row, the zero first; rows may follow each other. */
function digitValue(code: number): number {
  let before = 0
  while (digit.test(String.fromCodePoint(code - before - 1))) before += 1
  return before % 10
}
