import { afterAnswer, describeError, fromSettings, logger, type RequestException } from '@nuages/core'
import { ErrorQuota } from './error-quota.ts'
import { mailAdmins } from './mail-admins.ts'
import { mailPolicy } from './mail-settings.ts'

const quota = fromSettings(() => new ErrorQuota())
const longestSubject = 200

/**
 * Tells the admins of an error that became a 500, after the visitor has had their answer. It is connected to `gotRequestException` where
 * there are admins and `debug` is off. Django's `AdminEmailHandler`.
 */
export function mailError({ request, error }: RequestException): void {
  const { errorMailsPerHour, admins } = mailPolicy()
  if (admins.length === 0) return
  const admitted = quota().admit(kindOf(error), errorMailsPerHour, performance.now())
  if (admitted === undefined) return
  const { method, pathInfo } = request
  afterAnswer(async () => {
    const report = await describeError(error, request)
    const more = admitted.more > 0 ? `It came ${admitted.more} more times since the last mail about it.\n\n` : ''
    try {
      await mailAdmins({ subject: subjectOf(error, `${method} ${pathInfo}`), text: more + report })
    } catch (problem) {
      logger.error({ err: problem }, 'The admins could not be told of an error.')
    }
  })
}

/** Two errors are the same where they are thrown at the same place; what they say may hold ids and names. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return `thrown ${typeof error}`
  const place = error.stack?.split('\n').find((line) => /^\s+at /.test(line)) ?? error.message.slice(0, 100)
  return `${error.name} ${place.trim()}`
}

/** One line, without what would be no header. */
function subjectOf(error: unknown, where: string): string {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return `ERROR ${where}: ${what}`.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').slice(0, longestSubject)
}
