import type { Field } from '../fields/field.ts'
import type { Row } from '../models/row.ts'
import { metaOf } from '../models/save-row.ts'
import { addMessage, type Errors, throwAny } from './collect-errors.ts'
import { isTaken } from './validate-unique.ts'
import { nonFieldErrors } from './validation-error.ts'

const listed = new Intl.ListFormat('en-GB')

/** Checks the constraints that a row's model declares. Throws `ValidationError`. */
export async function validateConstraints(row: Row, exclude: readonly string[] = []): Promise<void> {
  const errors: Errors = {}
  await checkConstraints(errors, row, new Set(exclude))
  throwAny(errors)
}

export async function checkConstraints(errors: Errors, row: Row, exclude: ReadonlySet<string>): Promise<void> {
  const meta = metaOf(row)
  for (const constraint of meta.constraints) {
    if (constraint.type !== 'unique' || !constraint.fields || constraint.condition) continue
    const fields = constraint.fields.map((name) => meta.field(name)!) as [Field, ...Field[]]
    if (fields.some((field) => exclude.has(field.name)) || !(await isTaken(row, fields))) continue
    const single = fields.length === 1
    const names = listed.format(fields.map((field) => field.verboseName))
    const message = `There is already a ${meta.verboseName} with this ${names}.`
    const place = single ? fields[0].name : nonFieldErrors
    addMessage(errors, place, { code: single ? 'unique' : 'unique_together', message })
  }
}
