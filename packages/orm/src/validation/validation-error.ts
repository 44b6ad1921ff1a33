import { NuagesError } from '@nuages/foundation'

/** One thing that is wrong with a value. Codes are Django's: `'max_length'`, `'unique'`. */
export interface ValidationMessage {
  readonly code: string
  readonly message: string
}

/** Where the messages about a whole row stand, rather than about one of its fields. */
export const nonFieldErrors = '__all__'

/** Values that are not valid, by field. Django's `ValidationError`. */
export class ValidationError extends NuagesError {
  /** By the field's name; what is about the whole is under `'__all__'`. */
  readonly errors: Readonly<Record<string, readonly ValidationMessage[]>>

  /** A message about a value or a row, with its code; or messages by field. */
  constructor(
    errors: string | Readonly<Record<string, readonly ValidationMessage[]>>,
    options: { readonly code?: string } = {},
  ) {
    const byField =
      typeof errors === 'string' ? { [nonFieldErrors]: [{ code: options.code ?? 'invalid', message: errors }] } : errors
    super(
      'validation-error',
      Object.entries(byField)
        .map(([field, messages]) => {
          const text = messages.map(({ message }) => message).join(' ')
          return field === nonFieldErrors ? text : `${field}: ${text}`
        })
        .join(' '),
    )
    this.errors = byField
  }

  /** Every message, whatever it is about. */
  get messages(): string[] {
    return Object.values(this.errors).flatMap((messages) => messages.map(({ message }) => message))
  }
}
