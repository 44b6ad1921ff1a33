import { type CurrentUser, getUserModel, logout } from '@nuages/auth'
import type { HttpRequest } from '@nuages/http'
import type { QuerySet } from '@nuages/orm'
import { currentSessionHash, endSession } from '../end-sessions.ts'
import { sha256 } from '../session-mark.ts'
import type { UserSession } from '../user-session.ts'

type Sessions = QuerySet<typeof UserSession>

const states = { open: 'Open', expired: 'Expired' } as const

const deviceColumn = {
  label: 'Device',
  async value(session: UserSession, request: HttpRequest): Promise<string> {
    const isCurrent = session.sessionHash === (await currentSessionHash(request))
    return isCurrent ? `${session.agent} (this session)` : session.agent
  },
} as const

const stateColumn = { label: 'State', value: stateOf } as const

async function stateOf(session: UserSession): Promise<string> {
  if (Temporal.Instant.compare(session.expires, Temporal.Now.instant()) <= 0) return states.expired
  const user = (await session.user) as CurrentUser
  const hashes = [user.getSessionAuthHash(), ...user.getSessionAuthFallbackHashes()].map(sha256)
  return hashes.includes(session.authHash) ? states.open : 'Former password'
}

const stateFilter = {
  title: 'State',
  parameterName: 'state',
  lookups: () => Object.entries(states),
  queryset(sessions: Sessions, state: string): Sessions | undefined {
    const now = Temporal.Now.instant()
    if (state === 'open') return sessions.filter({ expires__gt: now })
    return state === 'expired' ? sessions.filter({ expires__lte: now }) : undefined
  },
} as const

const end = {
  label: 'End selected sessions',
  permissions: ['delete'],
  confirm: { message: 'Whoever is logged in with these has to log in again. Your own session stays.', label: 'End' },
  danger: true,
  async run(request: HttpRequest, sessions: Sessions): Promise<string> {
    const current = await currentSessionHash(request)
    const others = (await sessions).filter(({ sessionHash }) => sessionHash !== current)
    for (const session of others) await endSession(session)
    return others.length === 1 ? 'One session was ended.' : `${others.length} sessions were ended.`
  },
} as const

/** How the admin shows where users are logged in: nothing of it is changed, and deleting a session ends it. */
export const userSessionAdmin = {
  listDisplay: [deviceColumn, 'user', 'address', 'lastSeen', 'created', stateColumn],
  listFilter: [stateFilter, { path: 'user', as: 'links' }, 'lastSeen'],
  getSearchFields: () => [`user__${getUserModel().usernameField}`, 'address', 'userAgent'] as never,
  actions: { end, deleteSelected: false },
  linkedFrom: { user: 'Sessions' },
  fieldsets: [
    { fields: ['user', deviceColumn, 'userAgent', 'address'] },
    { name: 'Time', fields: ['created', 'lastSeen', 'expires', stateColumn] },
  ],
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  async deleteModel(request: HttpRequest, session: UserSession): Promise<void> {
    // What a request has in hand is not deleted under it: it would be saved, and refused, at its end.
    if (session.sessionHash === (await currentSessionHash(request))) await logout(request)
    else await endSession(session)
  },
} as const
