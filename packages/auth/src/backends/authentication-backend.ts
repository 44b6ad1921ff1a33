import type { HttpRequest } from '@nuages/http'
import type { AnonymousUser } from '../users/anonymous-user.ts'
import type { CurrentUser } from '../users/get-user-model.ts'

/** What somebody says of themselves to log in: `{ username, password }`, or what another backend takes. */
export type Credentials = Readonly<Record<string, unknown>>

/** Who is asked for permissions. */
export type PermissionUser = CurrentUser | AnonymousUser

/**
 * Tells users by their credentials, and what they may do. The project's backends are asked in turn. What is left out is
 * answered with no. Django's authentication backends.
 */
export interface AuthenticationBackend {
  /** Kept in the session of who logs in by it, so it must stay the same. */
  readonly name: string
  /** The user, or `null` where this backend knows none. Throws `PermissionDenied` to refuse, whatever the others say. */
  authenticate(request: HttpRequest | undefined, credentials: Credentials): Promise<CurrentUser | null>
  /** The user of a key from a session, or `null` where there is none, or none that may be logged in. */
  getUser(id: string): Promise<CurrentUser | null>
  /** What the user is allowed as such: `'blog.change_post'`. */
  getUserPermissions?(user: PermissionUser, object?: object): Promise<ReadonlySet<string>>
  /** What the groups of the user are allowed. */
  getGroupPermissions?(user: PermissionUser, object?: object): Promise<ReadonlySet<string>>
  getAllPermissions?(user: PermissionUser, object?: object): Promise<ReadonlySet<string>>
  /** Throws `PermissionDenied` to say no, whatever the others say. */
  hasPerm?(user: PermissionUser, permission: string, object?: object): Promise<boolean>
  /** Whether the user is allowed anything in an app. */
  hasModulePerms?(user: PermissionUser, appLabel: string): Promise<boolean>
}
