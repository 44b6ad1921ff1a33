import type { IndexColumn, IndexSchema, TableSchema } from '../backends/schema.ts'
import { boolean } from '../fields/boolean-field.ts'
import type { Field } from '../fields/field.ts'
import { text } from '../fields/text-fields.ts'
import type { Constraint, ExclusionConstraint, Index, IndexExpression } from '../models/constraints.ts'
import { F } from '../query/expressions/f.ts'
import { rawSql } from './literal-default.ts'

export interface OptionDrafts {
  readonly indexes: Index[]
  readonly constraints: Constraint[]
  readonly notes: string[]
}

const truth = boolean() as unknown as Field
const words = text() as unknown as Field

/** Turns the indexes and constraints of a table into options of its model; names of columns become those of fields. */
export class ConstraintDrafts {
  readonly #table: TableSchema
  readonly #nameOf: (column: string) => string

  constructor(table: TableSchema, nameOf: (column: string) => string) {
    this.#table = table
    this.#nameOf = nameOf
  }

  /** `indexes` are those that no field makes by itself; `checks` the conditions of columns that no field has, which have no name. */
  draft(indexes: readonly IndexSchema[], checks: readonly string[]): OptionDrafts {
    const drafts: OptionDrafts = { indexes: [], constraints: [], notes: [] }
    this.#uniques(drafts)
    this.#checks(drafts, checks)
    for (const { name, using, parts, condition, include, deferrable } of this.#table.exclusions) {
      if (using !== 'gist' && using !== 'spgist') {
        drafts.notes.push(`The exclusion ${name} is left out: it is of the kind ${using}.`)
        continue
      }
      drafts.constraints.push({
        type: 'exclude',
        name,
        expressions: parts.map(({ sql, operator, opclass }) => {
          const expression = this.#expression(sql)
          return opclass === undefined ? [expression, operator] : [expression, operator, opclass]
        }) as ExclusionConstraint['expressions'],
        ...(using === 'gist' ? {} : { using }),
        ...this.#rest({ condition, include }),
        ...(deferrable === undefined ? {} : { deferrable }),
      })
    }
    for (const index of indexes) this.#index(drafts, index)
    return drafts
  }

  #uniques({ constraints }: OptionDrafts): void {
    for (const { name, columns, deferrable, nullsDistinct } of this.#table.uniques) {
      constraints.push({
        type: 'unique',
        fields: columns.map(this.#nameOf),
        ...(name === '' ? {} : { name }),
        ...(deferrable === undefined ? {} : { deferrable }),
        ...(nullsDistinct === undefined ? {} : { nullsDistinct }),
      })
    }
  }

  #checks({ constraints, notes }: OptionDrafts, own: readonly string[]): void {
    const all = [...this.#table.checks, ...own.map((sql) => ({ name: '', sql, notValid: undefined }))]
    const taken = new Set(all.map(({ name }) => name))
    for (const { name, sql, notValid } of all) {
      let given = name
      for (let n = 1; given === ''; n++)
        if (!taken.has(`${this.#table.name}_check${n}`)) given = `${this.#table.name}_check${n}`
      taken.add(given)
      constraints.push({ type: 'check', name: given, condition: rawSql(sql, truth) as never })
      if (notValid) notes.push(`The constraint ${name} is NOT VALID: rows that were there before it may break it.`)
    }
  }

  #index(drafts: OptionDrafts, index: IndexSchema): void {
    const { name, columns, unique, using, nullsDistinct } = index
    const opclasses = columns.map(({ opclass }) => opclass)
    const isOpclassed = opclasses.some((opclass) => opclass !== undefined)
    const isPlain = columns.every(({ isExpression }) => !isExpression)
    if (isOpclassed && !(isPlain && opclasses.every((opclass) => opclass !== undefined))) {
      drafts.notes.push(`The index ${name} is left out: an operator class is given for some of its columns.`)
      return
    }
    const terms = {
      ...(this.#isOfFields(index, isOpclassed)
        ? { fields: columns.map((column) => (column.descending ? '-' : '') + this.#nameOf(column.name)) }
        : { expressions: columns.map((column) => this.#term(column)) }),
      ...(isOpclassed ? { opclasses: opclasses as string[] } : {}),
      ...this.#rest(index),
    }
    if (unique) {
      drafts.constraints.push({
        type: 'unique',
        name,
        ...terms,
        ...(nullsDistinct === undefined ? {} : { nullsDistinct }),
      })
    } else drafts.indexes.push({ name, ...terms, ...(using === undefined ? {} : { using: using as 'gin' }) })
  }

  /** A unique constraint of fields and nothing else is none of an index, and has no order. */
  #isOfFields({ columns, unique, condition, include }: IndexSchema, isOpclassed: boolean): boolean {
    if (columns.some(({ isExpression }) => isExpression)) return false
    if (!unique) return true
    const isIndex = isOpclassed || condition !== undefined || include !== undefined
    return isIndex && !columns.some(({ descending }) => descending)
  }

  #term({ name, isExpression, descending }: IndexColumn): IndexExpression {
    if (isExpression) return descending ? rawSql(name, words).desc() : rawSql(name, words)
    const field = this.#nameOf(name)
    return descending ? F(field).desc() : field
  }

  #expression(sql: string): unknown {
    const [, column] = /^"((?:[^"]|"")+)"$/.exec(sql) ?? []
    return column === undefined ? rawSql(sql, words) : this.#nameOf(column.replaceAll('""', '"'))
  }

  #rest({ condition, include }: { condition?: string | undefined; include?: readonly string[] | undefined }): object {
    return {
      ...(condition === undefined ? {} : { condition: rawSql(condition, truth) }),
      ...(include === undefined ? {} : { include: include.map(this.#nameOf) }),
    }
  }
}
