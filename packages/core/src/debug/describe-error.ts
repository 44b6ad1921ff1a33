import type { HttpRequest } from '@nuages/http'
import { activeSettings } from '../settings/active-settings.ts'
import { errorReport } from './error-report.ts'
import { errorText } from './error-text.ts'

/**
 * An error and the request that it happened in, as text for the people who run the site: what the debug page says, with what is named
 * like a secret hidden. It never throws. Django's `ExceptionReporter`.
 */
export async function describeError(error: unknown, request: HttpRequest): Promise<string> {
  const report = await errorReport(error, request, activeSettings())
  return errorText(report, `Request ${request.id}.`)
}
