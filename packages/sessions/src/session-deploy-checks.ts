import { caches } from '@nuages/cache'
import { settings as activeSettings, type Settings } from '@nuages/core'
import type { Check, CheckMessage } from '@nuages/foundation'
import { hasCache, usesCache } from './session-checks.ts'
import { type SessionsSettings, sessionPolicy } from './sessions-settings.ts'

/** What a site in production should have set otherwise; the ids with `security` are Django's. */
export const checkSessionDeployment: Check = () => {
  const policy = sessionPolicy()
  return [...weakCookie(policy), ...refusedCookie(policy), ...forgetfulCache(policy)]
}

function weakCookie(policy: SessionsSettings): CheckMessage[] {
  const { cookieSecure, cookieHttpOnly, cookieSameSite, cookiePartitioned } = policy
  const found: CheckMessage[] = []
  if (cookieSecure === false) {
    found.push({
      level: 'warning',
      id: 'security.W012',
      message: 'sessions.cookieSecure is off: browsers send the key of the session over plain HTTP as well.',
      hint: 'Leave it out: a cookie that is set over HTTPS is then sent over HTTPS only. Or set it to true.',
    })
  }
  if (!cookieHttpOnly) {
    found.push({
      level: 'warning',
      id: 'security.W015',
      message: 'sessions.cookieHttpOnly is off: a script that gets into a page can read the key of the session.',
      hint: 'Leave it out, or set it to true.',
    })
  }
  // A partitioned one is another for each site that embeds the page: that is what it is for.
  if ((cookieSameSite === false || cookieSameSite === 'none') && !cookiePartitioned) {
    found.push({
      level: 'warning',
      id: 'sessions.W004',
      message: 'sessions.cookieSameSite is off: browsers send the cookie along with what other sites ask for.',
      hint: "Leave it out, or set it to 'lax' or 'strict'. For pages that other sites embed, set cookiePartitioned too.",
    })
  }
  return found
}

function refusedCookie({ cookieSecure, cookieSameSite, cookiePartitioned }: SessionsSettings): CheckMessage[] {
  if (cookieSecure !== false || !(cookieSameSite === 'none' || cookiePartitioned)) return []
  const cause = cookiePartitioned ? 'sessions.cookiePartitioned is on' : "sessions.cookieSameSite is 'none'"
  return [
    {
      level: 'warning',
      id: 'sessions.W003',
      message: `${cause} and sessions.cookieSecure is off: browsers refuse such a cookie, so nobody has a session.`,
      hint: 'Leave cookieSecure out.',
    },
  ]
}

/** Between processes that do not share the cache a visitor has a session here and none there, or one that was ended. */
function forgetfulCache(policy: SessionsSettings): CheckMessage[] {
  const { cacheAlias: alias, engine } = policy
  if (!usesCache(policy) || !hasCache(alias)) return []
  const found: CheckMessage[] = []
  if (!caches.get(alias).isShared) {
    found.push({
      level: 'warning',
      id: 'sessions.W001',
      message: `sessions.engine is '${String(engine)}', and each process has a cache '${alias}' of its own: ${engine === 'cache' ? 'a visitor is known to one of them only' : 'who logged out in one may still be logged in in another'}.`,
      hint: "Let the cache be one that processes share, such as 'redis://127.0.0.1:6379/0', or the engine be 'database'.",
    })
  }
  if (/[?&]onFailure=miss\b/i.test((activeSettings as Settings).caches[alias]!)) {
    found.push({
      level: 'warning',
      id: 'sessions.W002',
      message: `The cache '${alias}', which keeps sessions, says nothing when it fails (onFailure=miss): a session that was ended meanwhile may live on.`,
      hint: 'Give sessions a cache of their own without it: sessions.cacheAlias.',
    })
  }
  return found
}
