import { isDatabaseDefault } from '../fields/database-default.ts'
import type { Row } from '../models/row.ts'
import { metaOf } from '../models/save-row.ts'
import { cleanField } from './clean-field.ts'
import { addError, collect, type Errors, throwAny } from './collect-errors.ts'
import { checkConstraints } from './validate-constraints.ts'
import { checkKeys, checkUnique } from './validate-unique.ts'

export interface FullCleanOptions {
  /** Fields to pass over, with the constraints they are part of. */
  readonly exclude?: readonly string[]
  /** `false` asks the database nothing: neither uniqueness nor whether related rows exist. */
  readonly validateUnique?: boolean
  /** `false` leaves out the constraints that the model declares. */
  readonly validateConstraints?: boolean
}

/**
 * Checks a row: its fields, its own `clean`, what must be unique, and the model's constraints, in this order; what is wrong with
 * a field keeps it out of what follows. Throws `ValidationError` with all that is wrong.
 */
export async function fullClean(
  row: Row & { clean(): void | Promise<void> },
  options: FullCleanOptions = {},
): Promise<void> {
  const exclude = new Set(options.exclude ?? [])
  const errors: Errors = {}
  cleanInto(errors, row, exclude)
  await collect(errors, () => row.clean())
  const passOver = () => {
    for (const name of Object.keys(errors)) exclude.add(name)
  }
  if (options.validateUnique ?? true) {
    passOver()
    await checkKeys(errors, row, exclude)
    await checkUnique(errors, row, exclude)
  }
  if (options.validateConstraints ?? options.validateUnique ?? true) {
    passOver()
    await checkConstraints(errors, row, exclude)
  }
  throwAny(errors)
}

/** Checks the fields of a row, each by itself; text from a form becomes the field's type. Throws `ValidationError`. */
export function cleanFields(row: Row, exclude: readonly string[] = []): void {
  const errors: Errors = {}
  cleanInto(errors, row, new Set(exclude))
  throwAny(errors)
}

function cleanInto(errors: Errors, row: Row, exclude: ReadonlySet<string>): void {
  const values = row as unknown as Record<string, unknown>
  for (const field of metaOf(row).fields) {
    const raw = values[field.attribute]
    if (exclude.has(field.name) || !field.editable || (field.primaryKey && raw === null)) continue
    // As Django has it: whoever leaves a field blank that may be, may fill it in `clean`, or before it is saved.
    if (isDatabaseDefault(raw)) continue
    if (field.blank && isEmpty(raw)) continue
    try {
      values[field.attribute] = cleanField(field, raw)
    } catch (error) {
      addError(errors, error)
    }
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === ''
}
