const directive = /^([-+ 0#]*)(\d*)(?:\.(\d+))?([disxXofFeE])$/

/** Python's `'%' + format % value` for `d i s x X o f F e E`, with flags, width and precision; `''` for any other. */
export function formatPercent(value: unknown, format: string): string {
  const match = directive.exec(format)
  if (!match) return ''
  const [, flags = '', width = '', precision, kind = 's'] = match
  if (kind === 's')
    return padded(String(value ?? '').slice(0, precision ? Number(precision) : undefined), '', flags, width)
  const number = Number(value)
  if (!Number.isFinite(number)) return ''
  const sign = number < 0 ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  return padded(digitsOf(Math.abs(number), kind, precision === undefined ? 6 : Number(precision)), sign, flags, width)
}

function digitsOf(number: number, kind: string, precision: number): string {
  switch (kind) {
    case 'x':
      return Math.trunc(number).toString(16)
    case 'X':
      return Math.trunc(number).toString(16).toUpperCase()
    case 'o':
      return Math.trunc(number).toString(8)
    case 'f':
    case 'F':
      return number.toFixed(precision)
    case 'e':
    case 'E': {
      // Python writes at least two digits of the exponent.
      const text = number.toExponential(precision).replace(/([+-])(\d)$/, '$10$2')
      return kind === 'E' ? text.toUpperCase() : text
    }
    default:
      return String(Math.trunc(number))
  }
}

function padded(text: string, sign: string, flags: string, width: string): string {
  const size = Number(width)
  if (flags.includes('-')) return (sign + text).padEnd(size)
  if (flags.includes('0') && sign + text !== '') return sign + text.padStart(size - sign.length, '0')
  return (sign + text).padStart(size)
}
