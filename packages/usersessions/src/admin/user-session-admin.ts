import { type CurrentUser, getUserModel, logout } from '@nuages/auth'
import type { HttpRequest } from '@nuages/http'
import { currentTimeZone } from '@nuages/i18n'
import type { QuerySet } from '@nuages/orm'
import { currentSessionHash, endSession } from '../end-sessions.ts'
import { sha256 } from '../session-mark.ts'
import type { UserSession } from '../user-session.ts'

type Sessions = QuerySet<typeof UserSession>

const deviceColumn = {
  label: 'Device',
  async value(session: UserSession, request: HttpRequest): Promise<string> {
    const isCurrent = session.sessionHash === (await currentSessionHash(request))
    return isCurrent ? `${session.agent} (this session)` : session.agent
  },
} as const

// The day is enough in the list, and leaves room for what matters.
const beginDay = {
  label: 'Logged in',
  value: ({ created }: UserSession) => created.toZonedDateTimeISO(currentTimeZone()).toPlainDate(),
  ordering: 'created',
} as const
const beginColumn = { ...beginDay, value: ({ created }: UserSession) => created } as const

const stateColumn = { label: 'State', value: stateOf } as const

async function stateOf(session: UserSession): Promise<string> {
  if (Temporal.Instant.compare(session.expires, Temporal.Now.instant()) <= 0) return 'Expired'
  const user = (await session.user) as CurrentUser
  const hashes = [user.getSessionAuthHash(), ...user.getSessionAuthFallbackHashes()].map(sha256)
  return hashes.includes(session.authHash) ? 'Open' : 'Former password'
}

const expiredFilter = {
  title: 'Expired',
  parameterName: 'expired',
  lookups: () =>
    [
      ['no', 'No'],
      ['yes', 'Yes'],
    ] as const,
  queryset(sessions: Sessions, value: string): Sessions | undefined {
    const now = Temporal.Now.instant()
    if (value === 'no') return sessions.filter({ expires__gt: now })
    return value === 'yes' ? sessions.filter({ expires__lte: now }) : undefined
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
    if (others.length === 0) return 'Your own session stays: sign out to end it.'
    return others.length === 1 ? 'One session was ended.' : `${others.length} sessions were ended.`
  },
} as const

/** How the admin shows where users are logged in: nothing of it is changed, and deleting a session ends it. */
export const userSessionAdmin = {
  listDisplay: [deviceColumn, 'user', stateColumn, 'address', 'lastSeen', beginDay],
  listFilter: [expiredFilter, { path: 'user', as: 'links' }, 'lastSeen'],
  getSearchFields: () => [`user__${getUserModel().usernameField}`, 'address', 'userAgent'] as never,
  actions: { end, deleteSelected: false },
  linkedFrom: { user: 'Sessions' },
  fieldsets: [
    { fields: ['user', deviceColumn, 'userAgent', 'address'] },
    { name: 'Time', fields: [beginColumn, 'lastSeen', 'expires', stateColumn] },
  ],
  hasAddPermission: () => false,
  hasChangePermission: () => false,
  async deleteModel(request: HttpRequest, session: UserSession): Promise<void> {
    // The cookie goes too, and nothing saves at the end of the request what was deleted in it.
    if (session.sessionHash === (await currentSessionHash(request))) await logout(request)
    else await endSession(session)
  },
} as const
