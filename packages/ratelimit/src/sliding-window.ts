import type { Rate } from './rate.ts'

/** What a limiter says to a hit. */
export interface RateVerdict {
  readonly allowed: boolean
  /** How many the rate allows. */
  readonly limit: number
  /** How many are left now. */
  readonly remaining: number
  /** Whole seconds until the hit would be allowed; 0 where it is. */
  readonly retryAfter: number
  /** Whole seconds until `remaining` grows; those of the whole period where nothing was used. */
  readonly resetAfter: number
}

/** Hits by the number of their slice of time, oldest first: `[slice, hits, slice, hits, …]`. */
export type Counts = readonly number[]

const written = /^\d+,\d+(?:,-?\d+,\d+)*$/

/** Counts as a cache keeps them, a text that is cheap to write and to read; none where it holds anything else. */
export function readCounts(stored: unknown): Counts {
  if (typeof stored !== 'string' || !written.test(stored)) return []
  const counts = JSON.parse(`[${stored}]`) as number[]
  for (let index = 2; index < counts.length; index += 2) counts[index]! += counts[0]!
  return counts
}

/** Slices after the first as how much later they are: each request writes the text. */
export function writeCounts(counts: Counts): string {
  if (counts.length === 0) return ''
  let text = `${counts[0]},${counts[1]}`
  for (let index = 2; index < counts.length; index += 2) text += `,${counts[index]! - counts[0]!},${counts[index + 1]}`
  return text
}

/** How many slices a period has: what is used comes back a slice late at most. */
const slicesOfPeriod = 12

/**
 * Counts in slices of time. Those that reach into the last period count whole, so that in no stretch of a period more is
 * allowed than the limit, wherever it begins; a hit comes back when its slice is a period ago.
 */
export class SlidingWindow {
  readonly limit: number
  /** Milliseconds. */
  readonly slice: number
  readonly #period: number

  constructor({ limit, period }: Rate) {
    this.limit = limit
    this.#period = period
    this.slice = (period * 1000) / slicesOfPeriod
  }

  /** Milliseconds after its last hit that nothing counts any more. */
  get lifetime(): number {
    return Math.ceil(this.slice * (slicesOfPeriod + 1))
  }

  /** The first slice that counts at a moment. */
  oldest(now: number): number {
    return Math.floor(now / this.slice) - slicesOfPeriod
  }

  /**
   * The counts after a hit, and what is said to it. One that is refused does not count. A cost of 0 only asks, one below
   * takes back.
   */
  hit(before: Counts, now: number, cost: number): { readonly counts: Counts; readonly verdict: RateVerdict } {
    const counts = this.#counting(before, now)
    const allowed = used(counts) + cost <= this.limit
    const after = allowed && cost > 0 ? withHits(counts, Math.floor(now / this.slice), cost) : without(counts, -cost)
    return { counts: after, verdict: this.verdict(after, now, allowed, cost) }
  }

  /** What is said of `counts`, all of which count, when a hit was decided on. */
  verdict(counts: Counts, now: number, allowed: boolean, cost: number): RateVerdict {
    const left = Math.max(0, this.limit - used(counts))
    return {
      allowed,
      limit: this.limit,
      remaining: left,
      retryAfter: allowed ? 0 : this.#secondsUntil(counts, now, Math.max(1, cost) - left),
      resetAfter: counts.length === 0 ? Math.ceil(this.#period) : this.#secondsUntil(counts, now, 1),
    }
  }

  /** Those that count now. What is from the future, since a clock was set back, counts as well. */
  #counting(counts: Counts, now: number): Counts {
    const oldest = this.oldest(now)
    for (let index = 0; index < counts.length; index += 2) {
      // Mostly all do, and nothing has to be copied.
      if (counts[index]! < oldest) return counts.filter((_, at) => counts[at - (at % 2)]! >= oldest)
    }
    return counts
  }

  /** Whole seconds, at least 1, until `wanted` hits have come back. */
  #secondsUntil(counts: Counts, now: number, wanted: number): number {
    let back = 0
    let slice = counts.at(-2) ?? Math.floor(now / this.slice)
    for (let index = 0; index < counts.length && back < wanted; index += 2) {
      slice = counts[index]!
      back += counts[index + 1]!
    }
    return Math.max(1, Math.ceil(((slice + slicesOfPeriod + 1) * this.slice - now) / 1000))
  }
}

function used(counts: Counts): number {
  let hits = 0
  for (let index = 1; index < counts.length; index += 2) hits += counts[index]!
  return hits
}

/** Less so many of the last hits. */
function without(counts: Counts, hits: number): Counts {
  const [slice, last] = counts.slice(-2)
  if (slice === undefined || last === undefined || hits <= 0) return counts
  const others = counts.slice(0, -2)
  return last > hits ? [...others, slice, last - hits] : without(others, hits - last)
}

function withHits(counts: Counts, slice: number, hits: number): Counts {
  return counts.at(-2) === slice ? [...counts.slice(0, -1), counts.at(-1)! + hits] : [...counts, slice, hits]
}
