import { RateError } from './errors.ts'

/** How often: `'5/m'`, `'100/10m'`, or its parts. The units are s, m, h and d. */
export type RateInput = string | Rate

/** So many in so many seconds. */
export interface Rate {
  readonly limit: number
  /** Seconds. */
  readonly period: number
}

const units = { s: 1, m: 60, h: 3600, d: 86_400 }

/** Whether a text is a rate, for settings. */
export function isRate(text: string): boolean {
  return /^\d{1,9}\/(?:[1-9]\d{0,5})?[smhd]$/.test(text)
}

/** Reads a rate. Throws `RateError` where it is none. */
export function parseRate(input: RateInput): Rate {
  if (typeof input !== 'string') return checked(input)
  const parts = /^(\d+)\/(\d*)([smhd])$/.exec(input)
  if (parts === null || !isRate(input)) throw notARate(`'${input}'`)
  const [, limit, count, unit] = parts
  return { limit: Number(limit), period: (count === '' ? 1 : Number(count)) * units[unit as keyof typeof units] }
}

function checked({ limit, period }: Rate): Rate {
  if (Number.isSafeInteger(limit) && limit >= 0 && Number.isFinite(period) && period > 0) return { limit, period }
  throw notARate(`{ limit: ${limit}, period: ${period} }`)
}

function notARate(got: string): RateError {
  return new RateError(`${got} is no rate.`, {
    hint: "Write how many in which time: '5/m', '100/10m', '1000/d' (s, m, h, d).",
  })
}
