import {
  AutoField,
  type Field,
  FileField,
  isDatabaseDefault,
  isStored,
  ManyToManyField,
  type ModelMeta,
} from '@nuages/orm'
import { InitialRows } from './initial-rows.ts'

type Values = Record<string, unknown>

/** What a model form edits: columns and many-to-many relations. */
export type EditedField = Field | ManyToManyField

/** The columns and relations of a model that forms may edit, in the model's order, relations to many last. */
export function editedFields(meta: ModelMeta): readonly EditedField[] {
  return [...meta.fields.filter(isEdited), ...meta.manyToMany]
}

/** A key that the database numbers is nobody's to choose. */
function isEdited(field: Field): boolean {
  return field.editable && !(field instanceof AutoField)
}

/** What a form of a row shows before anything is sent: keys for foreign keys, the rows of relations to many once they are asked for. */
export function initialOf(row: object, names: readonly string[], meta: ModelMeta): Values {
  const values = row as Values
  const initial: Values = {}
  for (const name of names) {
    const member = meta.member(name)
    if (member instanceof ManyToManyField) {
      initial[name] = isStored(row) ? new InitialRows(values[name]) : []
    } else if (member && 'attribute' in member) initial[name] = known(values[member.attribute])
  }
  return initial
}

/** What the database is to give is not known yet. */
function known(value: unknown): unknown {
  return isDatabaseDefault(value) ? undefined : value
}

/**
 * Puts clean values into a row: all but relations to many, which need its key. Files come last, so that a path that is made
 * of other fields sees their new values. Django's `construct_instance`.
 */
export function assignCleaned(row: object, meta: ModelMeta, cleaned: Values, names: readonly string[]): void {
  const fields = names.map((name) => meta.field(name)).filter((field) => field !== undefined)
  const given = fields.filter(({ name }) => Object.hasOwn(cleaned, name))
  for (const { name } of given.filter((field) => !(field instanceof FileField))) (row as Values)[name] = cleaned[name]
  for (const field of given.filter((one) => one instanceof FileField)) assignFile(row, field, cleaned[field.name])
}

/** `false` is a file that is to go, and nothing is none that was sent: the one that is there stays. */
function assignFile(row: object, field: FileField, value: unknown): void {
  if (value !== null && value !== undefined)
    (row as Values)[field.name] = value === false ? null : field.fromInput(value)
}
