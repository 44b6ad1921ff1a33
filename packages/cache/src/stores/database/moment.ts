/** What stands for ever, Django's. */
const never = '9999-12-31 23:59:59'

/** A moment as the column takes it; `null` for never. On SQLite text compares as the moments do: each has as many digits. */
export function columnMoment(milliseconds: number | null, vendor: string): string {
  const text =
    milliseconds === null ? never : new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '000')
  return vendor === 'postgresql' ? `${text}+00` : text
}

/** The other way: milliseconds since the epoch, `null` for never. */
export function momentOf(value: unknown): number | null {
  const text = String(value).replace(' ', 'T')
  if (text.startsWith('9999-12-31T')) return null
  return Date.parse(/[Zz]$|[+-]\d\d(?::?\d\d)?$/.test(text) ? text.replace(/([+-]\d\d)$/, '$1:00') : `${text}Z`)
}
