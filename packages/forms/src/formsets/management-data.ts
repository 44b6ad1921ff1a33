import type { ValueSource } from '../forms/value-source.ts'

export const totalForms = 'TOTAL_FORMS'
export const initialForms = 'INITIAL_FORMS'
export const minNumForms = 'MIN_NUM_FORMS'
export const maxNumForms = 'MAX_NUM_FORMS'

/** How many forms a page says that it sends. */
export interface ManagementData {
  readonly total: number
  readonly initial: number
  /** The names of what is missing or no number: then nothing of it is believed. */
  readonly missing: readonly string[]
}

/** Reads the hidden inputs that every formset's page has. What was tampered with is at worst a wrong number. */
export function managementData(data: ValueSource, prefix: string): ManagementData {
  const names = [totalForms, initialForms].map((name) => `${prefix}-${name}`)
  const [total, initial] = names.map((name) => count(data.get(name)))
  const missing = names.filter((name) => count(data.get(name)) === undefined)
  if (total === undefined || initial === undefined) return { total: 0, initial: 0, missing }
  return { total, initial, missing }
}

function count(value: unknown): number | undefined {
  return /^\d{1,9}$/.test(String(value)) ? Number(value) : undefined
}
