import { ValidationError, type ValidationMessage } from './validation-error.ts'

/** Messages by field, while a row is checked. */
export type Errors = Record<string, ValidationMessage[]>

/** Runs a check, and adds what it complains about. Other errors pass. */
export async function collect(errors: Errors, check: () => unknown): Promise<void> {
  try {
    await check()
  } catch (error) {
    addError(errors, error)
  }
}

export function addError(errors: Errors, error: unknown): void {
  if (!(error instanceof ValidationError)) throw error
  for (const [name, messages] of Object.entries(error.errors)) errors[name] = [...(errors[name] ?? []), ...messages]
}

export function addMessage(errors: Errors, name: string, message: ValidationMessage): void {
  errors[name] = [...(errors[name] ?? []), message]
}

export function throwAny(errors: Errors): void {
  if (Object.keys(errors).length > 0) throw new ValidationError(errors)
}
