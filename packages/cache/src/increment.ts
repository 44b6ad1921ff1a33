import { CacheValueError } from './errors.ts'

/** A whole number, of those that are exact; `undefined` for any other. */
export function asDigits(delta: number): bigint | undefined {
  return Number.isSafeInteger(delta) ? BigInt(delta) : undefined
}

/** `value + delta`, of the kind of `delta`. Throws `CacheValueError` where either is no whole number, or digits would be lost. */
export function addedTo(value: unknown, delta: number | bigint, key: string): number | bigint {
  if (typeof delta === 'number' && !Number.isSafeInteger(delta)) {
    throw new CacheValueError(`cache.incr('${key}') adds whole numbers, not ${delta}.`)
  }
  if (typeof value !== 'bigint' && !(typeof value === 'number' && Number.isSafeInteger(value))) {
    throw new CacheValueError(`cache.incr('${key}') found ${described(value)} where a whole number should be.`)
  }
  if (typeof delta === 'bigint') return BigInt(value) + delta
  const sum = typeof value === 'number' ? value + delta : Number.NaN
  if (Number.isSafeInteger(sum)) return sum
  throw new CacheValueError(
    typeof value === 'bigint'
      ? `cache.incr('${key}') found the bigint ${value}, and adds a number.`
      : `cache.incr('${key}'): ${value} and ${delta} are more than a number holds exactly.`,
    { hint: `Add a bigint: cache.incr('${key}', ${delta}n).` },
  )
}

function described(value: unknown): string {
  if (value === null) return 'null'
  return typeof value === 'number' ? String(value) : `a value of type ${typeof value}`
}
