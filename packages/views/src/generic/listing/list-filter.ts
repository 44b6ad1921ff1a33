import type { FieldKind } from '@nuages/orm'
import { type FilterField, unreadable } from './filter-field.ts'
import { type FilterOption, relatedOptions } from './related-options.ts'

const inputTypes: Partial<Record<FieldKind, string>> = {
  integer: 'number',
  bigint: 'number',
  float: 'number',
  decimal: 'number',
  date: 'date',
  dateTime: 'datetime-local',
  time: 'time',
}

/** A filter of a list and what the request asks of it: what a template needs to show it. */
export class ListFilter {
  /** The parameter in the query string. */
  readonly name: string
  /** `'Author'`, `'Published at from'`. */
  readonly label: string
  /** The text that was asked for; `''` for none. */
  readonly value: string
  /** All of them, where the parameter stands in the query several times. */
  readonly values: readonly string[]
  /** Whether the text can be read as a value of the field. If it cannot, no row answers. */
  readonly isValid: boolean
  /** The conditions that rows must answer; `undefined` if none are asked for, or if they cannot be read. */
  readonly conditions: Readonly<Record<string, unknown>> | undefined
  /** The `type` of an `<input>` for it. */
  readonly inputType: string
  /**
   * What to choose from: of choices, of true and false, or of rows; a template loads those. `null` where there is too much to
   * choose from, or anything can be written.
   */
  readonly options: unknown

  constructor(field: FilterField, asked: readonly string[]) {
    this.name = field.name
    this.label = field.label
    this.values = asked.map((text) => text.trim()).filter((text) => text !== '')
    this.value = this.values.at(-1) ?? ''
    const conditions = this.values.length === 0 ? undefined : field.conditions(this.values)
    this.isValid = conditions !== unreadable
    this.conditions = conditions === unreadable ? undefined : conditions
    this.inputType = inputTypes[field.field.kind] ?? 'text'
    this.options = optionsOf(field, this.values)
  }

  /** Whether it is asked for. */
  get isActive(): boolean {
    return this.values.length > 0
  }
}

function optionsOf(field: FilterField, values: readonly string[]): unknown {
  if (field.isBoolean) return options([[true, 'Yes'], [false, 'No']], values) // biome-ignore format: pairs
  if (field.choices) return options(field.choices, values)
  if (field.relation && field.lookup === 'exact') return relatedOptions(field.relation, values)
  return null
}

function options(pairs: readonly (readonly [unknown, string])[], values: readonly string[]): FilterOption[] {
  return pairs.map(([value, label]) => ({ value: String(value), label, isSelected: values.includes(String(value)) }))
}
