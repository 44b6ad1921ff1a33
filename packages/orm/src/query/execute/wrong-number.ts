import { inspect } from 'node:util'
import type { ModelMeta } from '../../models/model-meta.ts'

/** How many rows `get` reads at most to say how many there were. */
export const maxGetResults = 21

interface ModelErrors {
  readonly DoesNotExist: new (message: string) => Error
  readonly MultipleObjectsReturned: new (message: string) => Error
}

/** What `get` throws where there was not one row. */
export function wrongNumber(meta: ModelMeta, count: number, conditions: unknown): Error {
  const asked =
    conditions === undefined
      ? ''
      : ` matching ${inspect(conditions, { depth: 1, breakLength: Number.POSITIVE_INFINITY })}`
  const errors = meta.model as unknown as ModelErrors
  if (count === 0) return new errors.DoesNotExist(`No ${meta.name}${asked}.`)
  const many = count === maxGetResults ? `more than ${maxGetResults - 1}` : String(count)
  return new errors.MultipleObjectsReturned(`get() found ${many} rows of ${meta.name}${asked}, not one.`)
}
