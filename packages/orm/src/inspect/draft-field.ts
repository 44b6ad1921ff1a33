import type { Vendor } from '../backends/database.ts'
import type { ColumnFacts, KeySchema } from '../backends/inspected-table.ts'
import { quoteName } from '../backends/postgres/quote.ts'
import type { ColumnSchema } from '../backends/schema.ts'
import { type Field, snakeCase } from '../fields/field.ts'
import * as factories from '../fields/index.ts'
import { ForeignKeyField } from '../relations/foreign-key.ts'
import type { FieldGuess } from './field-guess.ts'
import { fieldOfType } from './field-of-type.ts'
import { defaultOf, rawSql } from './literal-default.ts'
import type { FieldDraft } from './model-draft.ts'

/** What is known of a column when its field is made. */
export interface FieldInput {
  readonly name: string
  /** The table of the column. */
  readonly table: string
  readonly column: ColumnSchema
  readonly facts: ColumnFacts | undefined
  readonly vendor: Vendor
  /** It is the primary key by itself. */
  readonly isKey: boolean
  /** The field indexes its column by itself. */
  readonly isIndexed: boolean
  /** Of a column that the database numbers: how wide the keys to it are. */
  readonly keyType: string | undefined
  /** The model that it leads to, and the key that says so. */
  readonly relation?: {
    readonly label: string
    readonly target: string
    readonly key: KeySchema
    readonly isOne: boolean
  }
  /** Another foreign key, which no field can be. */
  readonly otherKey?: KeySchema | undefined
}

type Factory = (...args: unknown[]) => Field

/** Makes a field of a factory's name, as a model would. */
export function makeField({ factory, options, of }: FieldGuess): Field {
  const make = (factories as unknown as Record<string, Factory>)[factory]!
  return of === undefined ? make(options) : make(makeField(of), options)
}

export function draftField(input: FieldInput): FieldDraft {
  if (input.relation !== undefined) return draftRelation(input, input.relation)
  const { name, column, facts, vendor } = input
  const number = numbered(input)
  if (number !== undefined) return { name, field: makeField(number), notes: facts?.remark ? [facts.remark] : [] }
  const guess = fieldOfType(column, facts, vendor)
  const notes = [guess.note, facts?.remark, otherKeyNote(input.otherKey)].filter((note) => note !== undefined)
  if (column.generated !== undefined) return { name, field: generatedField(input, guess), notes }
  const options = { ...guess.options, ...commonOptions(input, name) }
  const bare = makeField({ ...guess, options: guess.options })
  const initial = column.default === undefined ? undefined : defaultOf(column.default, bare, vendor)
  if (initial !== undefined && guess.factory === 'array') notes.push(`DEFAULT ${column.default}, which array() has not`)
  else if (initial !== undefined) Object.assign(options, { dbDefault: initial })
  if (column.autoIncrement) Object.assign(options, { dbDefault: rawSql(nextNumber(input), bare) })
  return { name, field: makeField({ ...guess, options: { ...options, ...collation(column, guess) } }), notes }
}

/** A key that the database numbers. SQLite numbers a lone key of the type integer, AUTOINCREMENT or not. */
function numbered({ name, column, vendor, isKey, keyType }: FieldInput): FieldGuess | undefined {
  const isRowid = vendor === 'sqlite' && column.type === 'integer'
  if (!isKey || !(column.autoIncrement || isRowid) || column.generated !== undefined) return undefined
  const options = columnName(column.name, name)
  const byType = { smallint: 'smallAuto', integer: 'auto', bigint: 'bigAuto' } as const
  const type = vendor === 'sqlite' ? (keyType ?? 'bigint') : column.type
  const factory = byType[type as 'integer'] ?? (isRowid ? 'bigAuto' : undefined)
  return factory === undefined ? undefined : { factory, options }
}

/** What numbers a column that is no key, which fields have no word for. */
function nextNumber({ table, column }: FieldInput): string {
  const [name, own] = [quoteName(table), column.name].map((text) => `'${text.replaceAll("'", "''")}'`)
  return `nextval(pg_get_serial_sequence(${name}, ${own}))`
}

function columnName(column: string, attribute: string): { dbColumn?: string } {
  return snakeCase(attribute) === column ? {} : { dbColumn: column }
}

function commonOptions({ column, isKey, isIndexed }: FieldInput, attribute: string): Record<string, unknown> {
  return {
    ...columnName(column.name, attribute),
    ...(isKey ? { primaryKey: true } : {}),
    ...(column.null && !isKey ? { null: true } : {}),
    ...(column.unique && !isKey ? { unique: true } : {}),
    ...(isIndexed ? { dbIndex: true } : {}),
    ...(column.comment === undefined ? {} : { dbComment: column.comment }),
  }
}

function collation({ collation: given }: ColumnSchema, { factory }: FieldGuess): object {
  return given !== undefined && (factory === 'char' || factory === 'text') ? { dbCollation: given } : {}
}

function generatedField({ name, column, isIndexed }: FieldInput, guess: FieldGuess): Field {
  const output = makeField({ ...guess, options: { ...guess.options, ...(column.null ? { null: true } : {}) } })
  const { sql, stored } = column.generated!
  const own = {
    ...columnName(column.name, name),
    ...(column.unique ? { unique: true } : {}),
    ...(isIndexed ? { dbIndex: true } : {}),
    ...(column.comment === undefined ? {} : { dbComment: column.comment }),
  }
  return makeField({
    factory: 'generated',
    options: { expression: rawSql(sql, output), outputField: output, dbPersist: stored, ...own },
  })
}

function draftRelation(input: FieldInput, relation: NonNullable<FieldInput['relation']>): FieldDraft {
  const { name, column, isKey, isIndexed, vendor, facts } = input
  const { label, target, key, isOne } = relation
  const { unique: _, dbIndex: _index, ...common } = commonOptions(input, `${name}Id`)
  const isSingle = isKey || column.unique || isOne
  const guess = fieldOfType(column, facts, vendor)
  const initial =
    column.default === undefined
      ? undefined
      : defaultOf(column.default, makeField({ ...guess, options: guess.options }), vendor)
  const field = new ForeignKeyField(isSingle ? 'oneToOne' : 'foreignKey', label, {
    onDelete: 'DO_NOTHING',
    ...common,
    ...(isSingle || isIndexed ? {} : { dbIndex: false }),
    ...(initial === undefined ? {} : { dbDefault: initial }),
  })
  const notes = key.onDelete === undefined ? [] : [`ON DELETE ${key.onDelete} in the database`]
  return { name, field, target, notes }
}

function otherKeyNote(key: KeySchema | undefined): string | undefined {
  if (key === undefined) return undefined
  return `a foreign key to ${key.table} (${key.targets.join(', ')}), which is no key of a model here`
}
