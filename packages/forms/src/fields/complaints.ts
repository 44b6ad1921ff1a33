import { ValidationError, type ValidationMessage, type Validator } from '@nuages/orm'

/** What a validator has against a value. */
export function complaintsOf(validator: Validator, value: unknown): readonly ValidationMessage[] {
  try {
    validator(value as never)
    return []
  } catch (error) {
    if (error instanceof ValidationError) return Object.values(error.errors).flat()
    throw error
  }
}
