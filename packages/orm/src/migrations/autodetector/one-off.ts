import { Field } from '../../fields/field.ts'
import type { OneOff } from '../operations/field-operations.ts'
import type { FieldState } from '../state/field-state.ts'
import type { Questions } from './questions.ts'

/** What existing rows get in a new column; asked where neither the field nor NULL says. */
export async function newColumnValue(
  field: FieldState,
  name: string,
  model: string,
  questions: Questions,
): Promise<OneOff> {
  const { declaration } = field
  if (!(declaration instanceof Field) || declaration.null || declaration.primaryKey) return {}
  if (declaration.generated || declaration.hasDbDefault) return {}
  if (typeof declaration.default === 'function') return { oneOff: (declaration.default as () => unknown)() }
  // Fields that set themselves take the time of the migration.
  if (declaration.hasDefault) return {}
  if (declaration.blank && field.factory !== 'foreignKey' && declaration.kind === 'text') return { oneOff: '' }
  return { oneOff: await questions.newColumn({ model, field: name, type: field.factory }) }
}

/** What stands in place of NULL in a column that no longer may hold it. */
export async function notNullValue(
  before: FieldState,
  after: FieldState,
  name: string,
  model: string,
  questions: Questions,
): Promise<OneOff> {
  const [old, next] = [before.declaration, after.declaration]
  if (!(old instanceof Field && next instanceof Field) || !old.null || next.null) return {}
  if (next.generated || next.hasDbDefault) return {}
  if (typeof next.default === 'function') return { oneOff: (next.default as () => unknown)() }
  if (next.hasDefault) return {}
  const oneOff = await questions.notNull({ model, field: name, type: after.factory })
  return oneOff === undefined ? {} : { oneOff }
}
