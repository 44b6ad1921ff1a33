import { quoteName, quoteValue } from './quote.ts'

/** The sequence of a column goes on behind the greatest number in it; one that is farther stays where it is, but for a number. */
export function continueNumbers(table: string, column: string): string {
  const sequence = `pg_get_serial_sequence(${quoteValue(quoteName(table), 'text')}, ${quoteValue(column, 'text')})`
  const greatest = `SELECT MAX(${quoteName(column)}) AS value FROM ${quoteName(table)}`
  return `SELECT SETVAL(${sequence}, g.value) FROM (${greatest}) g WHERE g.value >= NEXTVAL(${sequence})`
}
