import { MigrationError } from '../errors.ts'
import type { FieldDeclaration } from './field-state.ts'

/**
 * What stands where a field is to stand: files are written by hand too, and a factory that is not called is easily overlooked.
 * @param label the field's, for the error: `'blog.Post.title'`
 * @throws MigrationError where it is no field
 */
export function declaredField(value: unknown, label: string): FieldDeclaration {
  if (typeof value === 'object' && value !== null && 'deconstruct' in value) return value as FieldDeclaration
  const isFunction = typeof value === 'function' && value.name !== ''
  throw new MigrationError(
    isFunction
      ? `${label} is a field, and the migration has the function ${value.name} there: call it, ${value.name}(…).`
      : `${label} is a field, and the migration has a value of type ${value === null ? 'null' : typeof value} there. Fields ` +
          'are made by functions of nuages/orm: char({ maxLength: 100 }), integer().',
  )
}
