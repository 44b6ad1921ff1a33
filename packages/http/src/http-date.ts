const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const imfFixdate = /^[a-z]{3}, (?<day>\d{2}) (?<month>[a-z]{3}) (?<year>\d{4}) (?<time>\d{2}:\d{2}:\d{2}) gmt$/i
const rfc850 = /^[a-z]{6,9}, (?<day>\d{2})-(?<month>[a-z]{3})-(?<year>\d{2}) (?<time>\d{2}:\d{2}:\d{2}) gmt$/i
const asctime = /^[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/i

/** A moment, in milliseconds since the epoch, as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`. Django's `http_date`. */
export function formatHttpDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString()
}

/**
 * Reads an HTTP date in each of the three forms of RFC 9110 §5.6.7. Returns milliseconds since the epoch; `undefined` for what
 * is no date, as a recipient must then ignore the header. Django's `parse_http_date_safe`.
 */
export function parseHttpDate(text: string): number | undefined {
  const groups = (imfFixdate.exec(text) ?? rfc850.exec(text) ?? asctime.exec(text))?.groups
  if (groups === undefined) return undefined
  const month = months.indexOf(groups.month!.toLowerCase())
  const [hours, minutes, seconds] = groups.time!.split(':').map(Number) as [number, number, number]
  const day = Number(groups.day)
  const date = new Date(Date.UTC(fullYear(groups.year!), month, day, hours, minutes, seconds))
  const exists = month !== -1 && date.getUTCMonth() === month && date.getUTCDate() === day && hours < 24 && minutes < 60
  return exists ? date.getTime() : undefined
}

/** A year of two digits that seems more than 50 years ahead is the most recent past one with those digits. */
function fullYear(digits: string): number {
  if (digits.length === 4) return Number(digits)
  const now = new Date().getUTCFullYear()
  const year = now - (now % 100) + Number(digits)
  return year > now + 50 ? year - 100 : year
}
