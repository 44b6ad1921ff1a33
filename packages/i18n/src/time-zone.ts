import { ContextVariable } from '@nuages/foundation'

const active = new ContextVariable<string>({ name: 'i18n.timeZone' })
let defaultTimeZone = 'UTC'

/** Sets the project's time zone (an IANA name), used where none is active. Called once, from the settings. */
export function setDefaultTimeZone(timeZone: string): void {
  defaultTimeZone = timeZone
}

/** The IANA name of the time zone that dates are shown and compared in. Django's `get_current_timezone_name`. */
export function currentTimeZone(): string {
  return active.get() ?? defaultTimeZone
}

/** Runs `fn` with `timeZone` active, in it and in everything asynchronous that it starts. Django's `timezone.override`. */
export function withTimeZone<R>(timeZone: string, fn: () => R): R {
  return active.run(timeZone, fn)
}
