import { formatList, gettext } from '@nuages/i18n'
import { type Field, type IntegrityError, type ModelMeta, nonFieldErrors, ValidationError } from '@nuages/orm'

/**
 * What the database refused, as a form tells it: where validation saw nothing wrong, another was quicker, or a column that
 * the form does not have lacks its value. `null` where the row's own tables are not concerned: then it is no matter of the
 * form, and should not be hidden.
 */
export function explainIntegrityError(error: IntegrityError, meta: ModelMeta): ValidationError | null {
  const tables = [meta.table, ...meta.manyToMany.map(({ through }) => through.table)]
  if (error.table !== undefined && !tables.includes(error.table)) return null
  const own = error.table === meta.table
  const fields = own ? meta.fields.filter(({ column }) => error.columns.includes(column)) : []
  const [first] = fields
  switch (error.kind) {
    case 'unique':
    case 'primaryKey':
      return unique(meta, fields)
    case 'notNull':
      return first ? about(first, 'required', gettext('This is required.')) : null
    case 'foreignKey':
      return whole('invalid_choice', gettext('Something that this refers to was deleted meanwhile. Choose again.'))
    default:
      return whole('invalid', refused(meta.verboseName, error))
  }
}

function unique(meta: ModelMeta, fields: readonly Field[]): ValidationError {
  const [first] = fields
  if (!first) return whole('unique', gettext('There is already such a {model}.', { model: meta.verboseName }))
  const names = formatList(fields.map(({ verboseName }) => verboseName))
  const message = gettext('There is already a {model} with this {field}.', { model: meta.verboseName, field: names })
  return fields.length === 1 ? about(first, 'unique', message) : whole('unique_together', message)
}

function refused(model: string, { constraint }: IntegrityError): string {
  if (!constraint) return gettext('The database does not accept this {model}.', { model })
  return gettext("The database does not accept this {model}: it breaks the rule '{constraint}'.", { model, constraint })
}

function about(field: Field, code: string, message: string): ValidationError {
  return new ValidationError({ [field.name]: [{ code, message }] })
}

function whole(code: string, message: string): ValidationError {
  return new ValidationError({ [nonFieldErrors]: [{ code, message }] })
}
