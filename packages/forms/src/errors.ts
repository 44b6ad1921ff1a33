import { NuagesError } from '@nuages/foundation'

/** A form was asked for what it does not know yet or never will: errors before validation, a field it does not have. */
export class FormError extends NuagesError {
  constructor(message: string, options?: { readonly hint?: string }) {
    super('form-error', message, options)
  }
}

/**
 * A value of `cleanedData` was read although its field has errors, so there is none. A form's `clean()` simply ends where
 * it meets one: the visitor is told of the field's errors first.
 */
export class FieldNotClean extends NuagesError {
  readonly field: string

  constructor(form: string, field: string) {
    super('field-not-clean', `${form}.cleanedData has no '${field}': the field has errors.`, {
      hint: `Read cleanedData after isValid() answered true, or ask first: 'in' tells whether the value is there.`,
    })
    this.field = field
  }
}
