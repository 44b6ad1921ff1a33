import { ImproperlyConfigured } from '@nuages/foundation'
import { textOf } from '@nuages/i18n'
import { type Field, type FieldKind, FieldValueError, type LookupPath, lookupPath, type ModelMeta } from '@nuages/orm'
import { calledAt, capitalised } from './called-at.ts'

/** A value that a parameter's text cannot be read as. */
export const unreadable: unique symbol = Symbol('unreadable')

/** Text becomes a pattern of the database, where a visitor's could take for ever; pairs have no form in a query string. */
const refusedLookups: ReadonlySet<string> = new Set(['regex', 'iregex', 'range'])
/** Their value is a piece of text, whatever the column holds. */
const textLookups = /^i?(?:exact|contains|startswith|endswith)$/

const timeWords: Readonly<Record<string, string>> = { gt: 'after', gte: 'from', lt: 'before', lte: 'up to' }
const numberWords: Readonly<Record<string, string>> = { gt: 'over', gte: 'at least', lt: 'under', lte: 'at most' }
const orderedByTime: ReadonlySet<FieldKind> = new Set(['date', 'dateTime', 'time'])

/** A key of `filter` that the query string may use. */
export class FilterField {
  /** The parameter in the query string. */
  readonly name: string
  /** The key as `filter` takes it, without the lookup at its end. */
  readonly path: string
  readonly lookup: string
  /** Whether one row may answer by several others, so that it would be listed as often. */
  readonly many: boolean
  /** The model whose rows are the values, where the path ends with a relation. */
  readonly relation: ModelMeta | undefined
  /** What reads the value. */
  readonly field: Field
  readonly label: string

  constructor(meta: ModelMeta, name: string, key: string) {
    const found = lookupPath(meta, key)
    this.name = name
    this.lookup = found.lookup.name
    if (refusedLookups.has(this.lookup)) {
      throw new ImproperlyConfigured(
        `${meta.name}: filterFields cannot have '${key}', since visitors would give its value. ` +
          "Filter by 'icontains', or by 'gte' and 'lte'.",
      )
    }
    this.path = key.endsWith(`__${this.lookup}`) ? key.slice(0, -this.lookup.length - 2) : key
    this.many = found.steps.some((step) => step.many)
    this.field = found.transforms.at(-1)?.output ?? found.field
    this.relation = found.transforms.length === 0 && this.lookup !== 'isnull' ? found.relation : undefined
    this.label = capitalised(labelOf(meta, this.path, this.lookup, found, this.field))
  }

  /** Whether it is true or false that is asked for. */
  get isBoolean(): boolean {
    return this.lookup === 'isnull' || this.field.kind === 'boolean'
  }

  /** The values to choose from, and what they are called. */
  get choices(): readonly (readonly [value: unknown, label: string])[] | undefined {
    if (this.lookup !== 'exact') return undefined
    return this.field.options.choices?.map(([value, label]) => [value, textOf(label)])
  }

  /** The conditions for these texts, of which there is at least one; `unreadable` where one of them is no value of the field. */
  conditions(texts: readonly string[]): Readonly<Record<string, unknown>> | typeof unreadable {
    if (this.lookup === 'exact' || this.lookup === 'in') {
      const given = this.lookup === 'in' ? texts.flatMap((text) => text.split(',')) : texts
      const values = given.map((text) => this.#read(text))
      if (values.includes(unreadable)) return unreadable
      return values.length === 1 ? { [this.path]: values[0] } : { [`${this.path}__in`]: values }
    }
    const value = this.#read(texts.at(-1)!)
    return value === unreadable ? unreadable : { [`${this.path}__${this.lookup}`]: value }
  }

  #read(text: string): unknown {
    if (text.includes('\0')) return unreadable
    if (this.lookup === 'isnull') return readBoolean(text)
    if (this.lookup !== 'exact' && textLookups.test(this.lookup)) return text
    try {
      const value = this.field.parse(text)
      this.field.toSql(value)
      return value
    } catch (error) {
      if (error instanceof FieldValueError) return unreadable
      throw error
    }
  }
}

function readBoolean(text: string): boolean | typeof unreadable {
  if (text === 'true' || text === 'false') return text === 'true'
  return unreadable
}

/** `'published at from'`, `'published at year'`: what the last field of the path is called, and what is asked of it. */
function labelOf(meta: ModelMeta, path: string, lookup: string, found: LookupPath, output: Field): string {
  const parts = found.transforms.map(({ name }) => name)
  const names = path.split('__')
  const words = orderedByTime.has(output.kind) ? timeWords : numberWords
  const asked = lookup === 'isnull' ? 'missing' : words[lookup]
  return [calledAt(meta, names.slice(0, names.length - parts.length)), ...parts, ...(asked ? [asked] : [])].join(' ')
}
