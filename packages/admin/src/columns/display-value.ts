import { formatDefault, isDateOrTime, textOf } from '@nuages/i18n'
import { Decimal, DecimalField, type Field, FieldFile, ImageField, TextField } from '@nuages/orm'
import { SafeString } from '@nuages/templates'
import { rowLabel } from '../model-admin/row-label.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { DisplayValue, RelatedText } from '../pages/cell.ts'
import { isRow } from './is-row.ts'

/** How a value is shown, beyond what it is. */
export interface DisplayOptions {
  /** The column that it comes from. */
  readonly field: Field | undefined
  /** Shows true and false as signs. */
  readonly boolean: boolean
  /** Shown in place of nothing. */
  readonly emptyValue: string
  /** The change page of a related row; `null` where the user may not open it. */
  readonly rowUrl: (row: AnyRow) => string | null
}

const truthNames = { true: 'Yes', false: 'No', null: 'Unknown' } as const

/** A value as the templates show it. */
export function displayValue(value: unknown, options: DisplayOptions): DisplayValue {
  const { field, emptyValue } = options
  const choice = field?.options.choices?.find(([chosen]) => chosen === value)
  if (choice !== undefined) return { kind: 'text', text: textOf(choice[1]) }
  const isTruth = typeof value === 'boolean' || (value === null && (options.boolean || field?.kind === 'boolean'))
  if (isTruth) return truth(value as boolean | null)
  if (value === null || value === undefined || value === '') return { kind: 'empty', text: emptyValue }
  if (options.boolean) return truth(Boolean(value))
  if (value instanceof SafeString) return { kind: 'html', text: plainText(String(value)), html: value }
  if (isDateOrTime(value)) return { kind: 'date', text: formatDefault(value), iso: String(value) }
  if (typeof value === 'number' || typeof value === 'bigint') return { kind: 'number', text: String(value) }
  if (value instanceof Decimal) return { kind: 'number', text: decimalText(value, field) }
  if (isRow(value)) return { kind: 'relation', text: rowLabel(value), url: options.rowUrl(value) }
  if (value instanceof FieldFile) return file(value, field)
  if (field?.kind === 'json') return { kind: 'code', text: JSON.stringify(value, null, 2) }
  if (Array.isArray(value)) return list(value, options)
  if (value instanceof Uint8Array) return { kind: 'text', text: `${value.byteLength} bytes` }
  return text(String(value), field)
}

function decimalText(value: Decimal, field: Field | undefined): string {
  return field instanceof DecimalField ? value.toFixed(field.decimalPlaces) : value.toFixed()
}

function truth(value: boolean | null): DisplayValue {
  return { kind: 'boolean', value, text: truthNames[`${value}`] }
}

/** A file that no storage holds yet has no address. */
function file(value: FieldFile, field: Field | undefined): DisplayValue {
  const text = value.name.split('/').at(-1)!
  if (!value.isStored) return { kind: 'text', text }
  return { kind: field instanceof ImageField ? 'image' : 'file', text, url: value.url }
}

function list(values: readonly unknown[], options: DisplayOptions): DisplayValue {
  if (values.length === 0) return { kind: 'empty', text: options.emptyValue }
  if (!values.every(isRow)) return { kind: 'text', text: values.map(String).join(', ') }
  const items = values.map((row): RelatedText => ({ text: rowLabel(row), url: options.rowUrl(row) }))
  return { kind: 'relations', text: items.map((item) => item.text).join(', '), items }
}

const webAddress = /^https?:\/\//i

function text(value: string, field: Field | undefined): DisplayValue {
  const format = field instanceof TextField ? field.format : 'any'
  // Old rows may hold what the field's check would refuse, such as javascript:.
  if (format === 'url' && webAddress.test(value)) return { kind: 'address', text: value, href: value }
  if (format === 'email' && value.includes('@')) return { kind: 'address', text: value, href: `mailto:${value}` }
  return { kind: 'text', text: value }
}

function plainText(html: string): string {
  return html.replace(/<[^>]*>/g, '').trim()
}
