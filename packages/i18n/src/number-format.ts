/** Numbers as a template may hold them; anything whose text is a decimal number, such as a `Decimal`. */
export type NumberValue = number | bigint | string | { toString(): string }

export interface NumberFormat {
  /** How many decimals there are at least. Default 0. */
  readonly minimumDecimals?: number
  /** How many decimals there are at most; what is beyond is rounded, halves away from zero. Default: all there are. */
  readonly maximumDecimals?: number
  /** Commas between thousands. Default `false`. */
  readonly grouping?: boolean
}

const formatters = new Map<string, Intl.NumberFormat>()

/**
 * A number as text. It is read as the decimal it is written as, so `2.675` rounds to `2.68`. `undefined` when `value` is
 * no finite number.
 */
export function formatNumber(value: NumberValue, format: NumberFormat = {}): string | undefined {
  const text = String(value).trim()
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined
  const { grouping = false } = format
  const minimumDecimals = Math.min(100, format.minimumDecimals ?? 0)
  const maximumDecimals = Math.max(minimumDecimals, Math.min(100, format.maximumDecimals ?? 100))
  const key = `${minimumDecimals} ${maximumDecimals} ${grouping}`
  let formatter = formatters.get(key)
  if (!formatter) {
    formatter = new Intl.NumberFormat('en-US', {
      minimumFractionDigits: minimumDecimals,
      maximumFractionDigits: maximumDecimals,
      useGrouping: grouping,
      signDisplay: 'negative',
    })
    formatters.set(key, formatter)
  }
  return formatter.format(text as `${number}`)
}
