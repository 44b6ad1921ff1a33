import { ValidationError } from '@nuages/orm'
import type { FormField } from '../../src/index.ts'

/** The clean value as text that shows its type, or the codes of what is wrong: `'! required'`. */
export async function result(field: FormField, raw: unknown, initial?: unknown): Promise<unknown> {
  try {
    return await field.clean(raw, initial)
  } catch (error) {
    return `! ${(await codes(error)).join(' ')}`
  }
}

async function codes(error: unknown): Promise<string[]> {
  if (!(error instanceof ValidationError)) throw error
  return Object.values(error.errors).flatMap((messages) => messages.map(({ code }) => code))
}

/** What is wrong with a value, in words. */
export async function messages(field: FormField, raw: unknown): Promise<readonly string[]> {
  try {
    await field.clean(raw)
    return []
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    return error.messages
  }
}
