import { type Field, isStored, ManyToManyField, type ModelMeta } from '@nuages/orm'
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
  return field.editable && field.factory !== 'auto' && field.factory !== 'bigAuto'
}

/** What a form of a row shows before anything is sent: keys for foreign keys, the rows of relations to many once they are asked for. */
export function initialOf(row: object, names: readonly string[], meta: ModelMeta): Values {
  const values = row as Values
  const initial: Values = {}
  for (const name of names) {
    const member = meta.member(name)
    if (member instanceof ManyToManyField) {
      initial[name] = isStored(row) ? new InitialRows(values[name]) : []
    } else if (member && 'attribute' in member) initial[name] = values[member.attribute]
  }
  return initial
}

/**
 * Puts clean values into a row: all but relations to many, which need its key. Files come last, so that a path that is made
 * of other fields sees their new values. Django's `construct_instance`.
 */
export function assignCleaned(row: object, meta: ModelMeta, cleaned: Values, names: readonly string[]): void {
  const fields = names.map((name) => meta.field(name)).filter((field) => field !== undefined)
  const isFile = (field: Field): boolean => fileFactories.has(field.factory)
  for (const field of [...fields.filter((one) => !isFile(one)), ...fields.filter(isFile)]) {
    if (!Object.hasOwn(cleaned, field.name)) continue
    const value = cleaned[field.name]
    if (!isFile(field)) (row as Values)[field.name] = value
    else if (value === false) (row as Values)[field.name] = null
    else if (value !== null && value !== undefined) (row as Values)[field.name] = value
  }
}

const fileFactories: ReadonlySet<string> = new Set(['file', 'image'])
