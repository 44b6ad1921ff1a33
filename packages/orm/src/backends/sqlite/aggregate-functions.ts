import { type FunctionHost, registerAggregate } from './function-host.ts'

/** What is known of numbers so far: their mean, and the sum of the squares of the distances from it (Welford's method). */
interface Spread {
  count: number
  mean: number
  squares: number
}

function add(spread: Spread, value: number | bigint | null): void {
  if (value === null) return
  const number = Number(value)
  spread.count += 1
  const distance = number - spread.mean
  spread.mean += distance / spread.count
  spread.squares += distance * (number - spread.mean)
}

function remove(spread: Spread, value: number | bigint | null): void {
  if (value === null) return
  const number = Number(value)
  spread.count -= 1
  if (spread.count === 0) {
    spread.mean = 0
    spread.squares = 0
    return
  }
  const distance = number - spread.mean
  spread.mean -= distance / spread.count
  spread.squares = Math.max(0, spread.squares - distance * (number - spread.mean))
}

function registerSpread(host: FunctionHost, name: string, sample: boolean, result: (variance: number) => number): void {
  registerAggregate(host, name, {
    start: (): Spread => ({ count: 0, mean: 0, squares: 0 }),
    step: add,
    inverse: remove,
    result: ({ count, squares }: Spread) => {
      const divisor = sample ? count - 1 : count
      return divisor > 0 ? result(squares / divisor) : null
    },
  })
}

type Bits = bigint | null

function registerBits(host: FunctionHost, name: string, join: (total: bigint, value: bigint) => bigint): void {
  registerAggregate(host, name, {
    start: (): Bits => null,
    step: (total: Bits, value: number | bigint | null): Bits => {
      if (value === null) return total
      return total === null ? BigInt(value) : join(total, BigInt(value))
    },
    result: (total: Bits) => {
      if (total === null) return null
      return Number.isSafeInteger(Number(total)) ? Number(total) : total
    },
  })
}

interface Texts {
  readonly seen: Set<string>
  delimiter: string
}

/** Aggregates that SQLite lacks. */
export function registerAggregateFunctions(host: FunctionHost): void {
  registerSpread(host, 'nuages_stddev_pop', false, Math.sqrt)
  registerSpread(host, 'nuages_stddev_samp', true, Math.sqrt)
  registerSpread(host, 'nuages_var_pop', false, (variance) => variance)
  registerSpread(host, 'nuages_var_samp', true, (variance) => variance)
  registerBits(host, 'nuages_bit_and', (total, value) => total & value)
  registerBits(host, 'nuages_bit_or', (total, value) => total | value)
  registerBits(host, 'nuages_bit_xor', (total, value) => total ^ value)
  registerAggregate(host, 'nuages_distinct_texts', {
    start: (): Texts => ({ seen: new Set(), delimiter: '' }),
    step: (texts: Texts, value: unknown, delimiter: unknown): Texts => {
      if (value !== null) texts.seen.add(String(value))
      texts.delimiter = delimiter === null ? '' : String(delimiter)
      return texts
    },
    result: ({ seen, delimiter }: Texts) => (seen.size === 0 ? null : [...seen].join(delimiter)),
  })
}
