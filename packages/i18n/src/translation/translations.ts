/** What the active language says for a message, or the message. */
export function translated(_context: string | undefined, message: string): string {
  return message
}

/** What the active language says for a message with a number, or the message in its English form. */
export function translatedPlural(
  _context: string | undefined,
  singular: string,
  plural: string,
  number: number | bigint,
): string {
  return Number(number) === 1 ? singular : plural
}
