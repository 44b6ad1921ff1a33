export { cleanField } from './clean-field.ts'
export type { FullCleanOptions } from './full-clean.ts'
export { nonFieldErrors, ValidationError, type ValidationMessage } from './validation-error.ts'
export type { Validator } from './validator.ts'
