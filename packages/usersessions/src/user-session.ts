import { type CurrentUser, userModel } from '@nuages/auth'
import { auto, CASCADE, char, dateTime, foreignKey, Model, manager } from '@nuages/orm'
import { describeUserAgent } from './user-agent.ts'

/**
 * Where a user is logged in. The row is the log-in: while it is there the session is good for it, and without it the session
 * is worth nothing, wherever sessions are kept. Nothing in it lets who reads the table take a session over.
 */
export class UserSession extends Model(
  {
    id: auto({ primaryKey: true }),
    get user() {
      return foreignKey(userModel, { onDelete: CASCADE })
    },
    /** SHA-256 of the mark that the session holds. */
    sessionHash: char({ maxLength: 64, unique: true, editable: false }),
    /** The key of the session, enciphered with the secret key, to delete it by; empty where the engine has no keys. */
    sealedKey: char({ maxLength: 255, default: '', blank: true, editable: false }),
    /** SHA-256 of what the session says of the password: a log-in with a former one has ended. */
    authHash: char({ maxLength: 64, editable: false }),
    created: dateTime({ editable: false }),
    /** Not more exact than a minute. */
    lastSeen: dateTime({ editable: false }),
    /** When the session ends at the latest, as things were at `lastSeen`. */
    expires: dateTime({ dbIndex: true, editable: false }),
    /** Of the client, as the request told it; empty where there is none. */
    address: char({ maxLength: 64, default: '', blank: true }),
    userAgent: char({ maxLength: 300, default: '', blank: true }),
  },
  { ordering: ['-lastSeen', '-id'], verboseName: 'session of a user', verboseNamePlural: 'sessions of users' },
) {
  static objects = manager(UserSession)

  /** The browser and its system in words: `'Firefox on Linux'`. */
  get agent(): string {
    return describeUserAgent(this.userAgent)
  }

  override toString(): string {
    return `${this.agent}, ${this.address || 'without an address'}`
  }
}

/** The sessions of a user. */
export function sessionsOf(user: CurrentUser) {
  return UserSession.objects.filter({ user: user.pk } as never)
}
