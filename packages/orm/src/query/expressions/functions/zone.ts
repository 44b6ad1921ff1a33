import type { SqlValue } from '../../../backends/database.ts'
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

type TimeZone = FunctionInput['operations']['timeZone']

const named = new WeakMap<TimeZone, Map<string, () => SqlValue>>()

/** What gives a zone is told from others by its identity: two uses of one zone are one parameter. */
function zoneValue(timeZone: TimeZone, zone: string): () => SqlValue {
  const known = named.get(timeZone) ?? new Map<string, () => SqlValue>()
  named.set(timeZone, known)
  const value = known.get(zone) ?? (() => timeZone(zone))
  known.set(zone, value)
  return value
}

/** A zone as it is bound: the active one is asked when the query runs. */
export function zoneFragment({ operations: { timeZone } }: FunctionInput, zone: string | undefined): Fragment {
  return { sql: placeholder, binds: [{ value: zone === undefined ? timeZone : zoneValue(timeZone, zone) }] }
}
