/** A value as text, nothing for none. What was sent as JSON may be an object that cannot be made a text: `{"toString": 1}`. */
export function plainText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return String(value)
  try {
    return String(value)
  } catch {
    return Object.prototype.toString.call(value)
  }
}
