import { anyPermits, anyPermitsModule, permissionsOf } from '../permissions/ask-backends.ts'
import { Group, Permission } from './permission.ts'

/** Whoever is not logged in. It may be asked what a user is asked, and has no row. Django's `AnonymousUser`. */
export class AnonymousUser {
  readonly id = null
  readonly pk = null
  readonly username = ''
  readonly isStaff = false
  readonly isActive = false
  readonly isSuperuser = false

  get isAuthenticated(): false {
    return false
  }

  get isAnonymous(): true {
    return true
  }

  get groups() {
    return Group.objects.none()
  }

  get userPermissions() {
    return Permission.objects.none()
  }

  getUsername(): string {
    return this.username
  }

  getUserPermissions(object?: object): Promise<ReadonlySet<string>> {
    return permissionsOf(this, 'getUserPermissions', object)
  }

  getGroupPermissions(object?: object): Promise<ReadonlySet<string>> {
    return permissionsOf(this, 'getGroupPermissions', object)
  }

  getAllPermissions(object?: object): Promise<ReadonlySet<string>> {
    return permissionsOf(this, 'getAllPermissions', object)
  }

  /** Whether a backend permits it to everybody. */
  hasPerm(permission: string, object?: object): Promise<boolean> {
    return anyPermits(this, permission, object)
  }

  async hasPerms(permissions: Iterable<string>, object?: object): Promise<boolean> {
    for (const permission of permissions) if (!(await this.hasPerm(permission, object))) return false
    return true
  }

  hasModulePerms(appLabel: string): Promise<boolean> {
    return anyPermitsModule(this, appLabel)
  }

  toString(): string {
    return 'AnonymousUser'
  }
}
