import { formatNumber, type NumberValue, ngettext, ordinalSuffix } from '@nuages/i18n'
import { integerOf, textOf } from './filter-text.ts'

/** Django's `floatformat`: a negative number of decimals leaves them out where they are all zero; `'2g'` groups thousands. */
function floatFormat(value: unknown, argument: unknown = -1): string {
  const [, digits = '-1', flags = ''] = /^(-?\d+)([gu]*)$/.exec(textOf(argument)) ?? []
  const decimals = Number(digits)
  const grouping = flags.includes('g')
  const exact = formatNumber(value as NumberValue)
  if (exact === undefined) return ''
  const shown = decimals < 0 && !exact.includes('.') ? 0 : Math.abs(decimals)
  return formatNumber(value as NumberValue, { minimumDecimals: shown, maximumDecimals: shown, grouping })!
}

const sizes = ['KB', 'MB', 'GB', 'TB', 'PB'] as const

function fileSize(value: unknown): string {
  const bytes = Number(value)
  const size = Number.isFinite(bytes) ? Math.abs(bytes) : 0
  const sign = bytes < 0 ? '-' : ''
  if (size < 1024) {
    return sign + ngettext('{count} byte', '{count} bytes', Math.trunc(size)).replaceAll(' ', '\u00a0')
  }
  const power = Math.min(sizes.length, Math.floor(Math.log2(size) / 10))
  const shown = formatNumber(size / 1024 ** power, { minimumDecimals: 1, maximumDecimals: 1, grouping: true })
  return `${sign}${shown}\u00a0${sizes[power - 1]}`
}

/** `'s'` unless there is one: of a number, or of a list by its length. `'es'`, and `'y,ies'` for both endings. */
function pluralize(value: unknown, endings: unknown = 's'): string {
  const parts = textOf(endings).split(',')
  if (parts.length > 2) return ''
  const [singular, plural] = parts.length === 2 ? parts : ['', parts[0]]
  return (countOf(value) === 1 ? singular : plural) ?? ''
}

function countOf(value: unknown): number {
  if (value instanceof Map || value instanceof Set) return value.size
  return Array.isArray(value) ? value.length : Number(value)
}

/** Numbers are added, lists and texts joined. */
function add(value: unknown, other: unknown): unknown {
  const [a, b] = [integerOf(value, Number.NaN), integerOf(other, Number.NaN)]
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a + b
  if (typeof value === 'number' && typeof other === 'number') return value + other
  if (Array.isArray(value) && Array.isArray(other)) return [...value, ...other]
  return textOf(value) + textOf(other)
}

export const numberFilters = {
  add,
  divisibleby: (value: unknown, divisor: unknown) => Number(value) % Number(divisor) === 0,
  filesizeformat: fileSize,
  floatformat: floatFormat,
  intcomma: (value: unknown) => formatNumber((value ?? '') as NumberValue, { grouping: true }) ?? textOf(value),
  ordinal: (value: unknown) => {
    const number = integerOf(value, Number.NaN)
    return Number.isNaN(number) ? textOf(value) : `${number}${ordinalSuffix(Math.abs(number))}`
  },
  pluralize,
}
