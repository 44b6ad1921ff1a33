import type { RuntimeModel } from './model-meta.ts'
import { Row, RowFiller } from './row.ts'

/** What every model extends. */
export class ModelInstance extends Row {
  constructor(values?: object) {
    super()
    if (values instanceof RowFiller) values.fill(this)
    else initialise(this, values ?? {})
  }
}

function initialise(row: object, values: object): void {
  const { meta } = row.constructor as unknown as RuntimeModel
  const target = row as Record<string, unknown>
  for (const field of meta.fields) {
    const given = (values as Record<string, unknown>)[field.attribute]
    target[field.attribute] = given === undefined ? field.initialValue() : given
  }
}
