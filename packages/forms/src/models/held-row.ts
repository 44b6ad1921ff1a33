import {
  choiceLabel,
  database,
  databaseAliasOf,
  type Field,
  ForeignKeyField,
  ManyToManyField,
  type ModelMeta,
  QuerySet,
  type SqlValue,
  storedValues,
} from '@nuages/orm'
import type { HeldValues } from './row-version.ts'

type Values = Record<string, unknown>

const longestShown = 100

/** A row as the database holds it, or held it when the instance was read: some of its fields. */
export class HeldRow {
  readonly row: object
  readonly meta: ModelMeta
  readonly key: unknown
  /** By field, as the version of the row digests them. */
  readonly values: HeldValues

  private constructor(row: object, meta: ModelMeta, key: unknown, values: HeldValues) {
    this.row = row
    this.meta = meta
    this.key = key
    this.values = values
  }

  /** What was there when `row` was read; relations to many as they are loaded, or now. */
  static async of(row: object, meta: ModelMeta, key: unknown, names: readonly string[]): Promise<HeldRow> {
    const columns = storedValues(row) ?? {}
    const values: Record<string, SqlValue | readonly SqlValue[]> = {}
    for (const name of names) {
      const relation = meta.manyToMany.find((one) => one.name === name)
      if (relation) values[name] = keysOf(relation, await ((row as Values)[name] as PromiseLike<object[]>))
      else if (Object.hasOwn(columns, name)) values[name] = columns[name]!
    }
    return new HeldRow(row, meta, key, values)
  }

  /** What is there now, or `null` where the row was deleted. Inside a transaction nobody changes it until the end. */
  static async now(row: object, meta: ModelMeta, key: unknown, names: readonly string[]): Promise<HeldRow | null> {
    const rows = new QuerySet(meta.model as never) as unknown as QuerySet<{ readonly fields: {} }>
    const alias = databaseAliasOf(row) ?? 'default'
    const found = rows.using(alias).filter({ pk: key } as never)
    const fresh = await (database(alias).inAtomicBlock ? found.selectForUpdate({ of: ['self'] }) : found).first()
    return fresh ? HeldRow.of(fresh, meta, key, names) : null
  }

  /** Whether it holds just that for a field. */
  holds(name: string, value: unknown): boolean {
    const held = this.values[name]
    if (Array.isArray(held)) {
      const relation = this.meta.relation(name) as ManyToManyField
      return sameKeys(held, keysOf(relation, value as readonly object[]))
    }
    const field = this.meta.field(name)
    if (!field) return false
    const given =
      field instanceof ForeignKeyField && isRow(value) ? (value as Values)[field.target.pk.attribute] : value
    try {
      return field.toSql(given ?? null) === held
    } catch {
      return false
    }
  }

  /** The value of a field as people read it; `''` for none. */
  async shown(name: string): Promise<string> {
    const member = this.meta.member(name)
    const value = await ((this.row as Values)[name] as PromiseLike<unknown>)
    const text =
      member instanceof ManyToManyField ? (value as object[]).map(String).join(', ') : plainText(member as Field, value)
    return text.length > longestShown ? `${text.slice(0, longestShown).toWellFormed()}…` : text
  }
}

function plainText(field: Field, value: unknown): string {
  if (typeof value === 'boolean' && !field.options.choices) return value ? 'yes' : 'no'
  if (field instanceof ForeignKeyField) return value === null ? '' : String(value)
  if (field.kind === 'json' && value !== null) return JSON.stringify(value)
  return choiceLabel(field, value)
}

function keysOf({ target }: ManyToManyField, rows: readonly object[]): SqlValue[] {
  return rows.map((row) => target.pk.toSql((row as Values)[target.pk.attribute]))
}

function sameKeys(a: readonly SqlValue[], b: readonly SqlValue[]): boolean {
  return a.length === b.length && a.every((key) => b.includes(key))
}

function isRow(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
