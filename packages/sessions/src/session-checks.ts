import type { Check } from '@nuages/foundation'
import { sessionPolicy } from './sessions-settings.ts'

/** What a site in production should have set otherwise; the ids are Django's. */
export const checkSessionCookie: Check = () => {
  const { cookieSecure, cookieHttpOnly } = sessionPolicy()
  return [
    ...(cookieSecure === false
      ? [
          {
            level: 'warning' as const,
            id: 'security.W012',
            message: 'sessions.cookieSecure is off: browsers send the key of the session over plain HTTP as well.',
            hint: 'Leave it out: a cookie that is set over HTTPS is then sent over HTTPS only. Or set it to true.',
          },
        ]
      : []),
    ...(cookieHttpOnly
      ? []
      : [
          {
            level: 'warning' as const,
            id: 'security.W015',
            message: 'sessions.cookieHttpOnly is off: a script that gets into a page can read the key of the session.',
            hint: 'Leave it out, or set it to true.',
          },
        ]),
  ]
}
