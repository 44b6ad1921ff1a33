import { placeholder } from '../../../backends/operations.ts'
import { FieldError } from '../../../errors.ts'
import type { Fragment } from '../../fragment.ts'
import type { FunctionInput } from '../sql-function.ts'

export interface ZoneOption {
  /** The time zone in which a point in time is looked at; without it, the active one. Django's `tzinfo`. */
  readonly tzinfo?: string
}

/** A zone as a part of a function's id. Throws `FieldError` for one that does not exist. */
export function zoneId(zone: string | undefined): string {
  if (zone === undefined) return ''
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
  } catch {
    throw new FieldError(`There is no time zone '${zone}'. A name is such as 'Europe/Paris', 'UTC' or '+02:00'.`)
  }
  return `@${zone}`
}

/** A zone as it is bound: the active one is asked when the query runs. */
export function zoneFragment({ operations }: FunctionInput, zone: string | undefined): Fragment {
  return { sql: placeholder, binds: [{ value: () => operations.timeZone(zone) }] }
}
