import { GeneratedField } from '../../fields/generated-field.ts'
import type { FieldState } from '../state/field-state.ts'

/** Whether the database computes a field of others. */
export function isComputed({ declaration }: FieldState): boolean {
  return declaration instanceof GeneratedField
}
