import { Field } from '../../fields/field.ts'
import { IntegerField } from '../../fields/number-fields.ts'
import { ForeignKeyField } from '../../relations/foreign-key.ts'
import type { OneOff } from '../operations/field-operations.ts'
import type { ColumnQuestion } from '../questioner.ts'
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
  const answer = await questions.newColumn(question(field, name, model, declaration))
  return { oneOff: valueFor(declaration, name, answer) }
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
  const answer = await questions.notNull(question(after, name, model, next, true))
  return answer === undefined ? {} : { oneOff: valueFor(next, name, answer) }
}

function question(
  { factory }: FieldState,
  field: string,
  model: string,
  declaration: Field,
  mayBeLeft = false,
): ColumnQuestion {
  return {
    model,
    field,
    type: factory,
    refuses(value) {
      if (value === undefined && mayBeLeft) return undefined
      if (value === undefined || value === null) return 'It may not be null.'
      // What a key holds depends on another model, which is not there yet.
      if (declaration instanceof ForeignKeyField) return undefined
      try {
        const stored = declaration.bind(field).toSql(valueFor(declaration, field, value))
        return declaration instanceof IntegerField ? outOfRange(declaration, stored as number) : undefined
      } catch (error) {
        return (error as Error).message
      }
    },
  }
}

/** SQLite would keep what PostgreSQL refuses when the migration runs. */
function outOfRange({ factory, range: [least, most] }: IntegerField, value: number): string | undefined {
  return value < least || value > most ? `${factory}() holds ${least} to ${most}, not ${value}.` : undefined
}

/** What a person typed, as the field has it: `'2026-01-01'` becomes a date. */
function valueFor(declaration: Field, field: string, answer: unknown): unknown {
  if (typeof answer !== 'string' || declaration instanceof ForeignKeyField) return answer
  return declaration.kind === 'text' || declaration.kind === 'json' ? answer : declaration.bind(field).parse(answer)
}
