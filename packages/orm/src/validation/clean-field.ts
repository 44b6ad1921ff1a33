import { gettext, pgettext, textOf } from '@nuages/i18n'
import type { z } from 'zod'
import { FieldValueError } from '../errors.ts'
import type { Field } from '../fields/field.ts'
import { FileField } from '../fields/files/file-field.ts'
import { JsonField } from '../fields/json-field.ts'
import { codeOf, fieldSchema } from './field-schema.ts'
import { nonFieldErrors, ValidationError, type ValidationMessage } from './validation-error.ts'

function fail(field: Field, code: string, message: string): never {
  throw new ValidationError({ [field.name]: [inOwnWords(field, { code, message })] })
}

/** What the field's `errorMessages` say in place of a message. */
export function inOwnWords(field: Field, { code, message }: ValidationMessage): ValidationMessage {
  return { code, message: textOf(field.options.errorMessages?.[code] ?? message) }
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === ''
}

/** The value as the field has it, text from a form made into its type. Throws `ValidationError` with Django's codes. */
export function cleanField(field: Field, raw: unknown): unknown {
  if (raw === null || raw === undefined) {
    // Of a file, null is the empty value whatever the column holds for it.
    if (field.null || (field instanceof FileField && field.blank)) return null
    if (field instanceof FileField) fail(field, 'blank', gettext('This is required.'))
    fail(field, 'null', gettext('This may not be null.'))
  }
  if (isEmpty(raw) && !field.blank) fail(field, 'blank', gettext('This is required.'))
  if (isEmpty(raw)) return raw
  const value = parse(field, raw)
  const messages: ValidationMessage[] = []
  const checked = fieldSchema(field).safeParse(value)
  for (const issue of checked.error?.issues ?? []) messages.push({ code: codeOf(issue), message: messageOf(issue) })
  // A schema of the field's own may give the document another form: defaults, transforms.
  const clean = checked.success && field instanceof JsonField ? checked.data : value
  for (const validator of field.options.validators ?? []) messages.push(...complaints(() => validator(clean as never)))
  if (messages.length === 0) return clean
  throw new ValidationError({ [field.name]: messages.map((message) => inOwnWords(field, message)) })
}

/** Of something inside a document or a list, with where it stands. */
function messageOf({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`
}

function parse(field: Field, raw: unknown): unknown {
  try {
    return field.parse(raw)
  } catch (error) {
    if (error instanceof FieldValueError)
      return fail(
        field,
        'invalid',
        gettext('This must be {expected}.', { expected: pgettext('expected value', error.expected) }),
      )
    throw error
  }
}

function complaints(validate: () => void): readonly ValidationMessage[] {
  try {
    validate()
    return []
  } catch (error) {
    if (error instanceof ValidationError) return error.errors[nonFieldErrors] ?? Object.values(error.errors).flat()
    throw error
  }
}
