import type { HttpRequest } from '@nuages/http'

/** What the admin asks of a user: `auth`'s has it all. */
export interface StaffUser {
  readonly pk: unknown
  readonly isAuthenticated: boolean
  readonly isActive: boolean
  readonly isStaff: boolean
  readonly isSuperuser: boolean
  hasPerm(permission: string, row?: object): Promise<boolean>
  hasModulePerms(appLabel: string): Promise<boolean>
  getUsername(): string
  getFullName?(): string
}

/** Who sent the request. */
export async function userOf(request: HttpRequest): Promise<StaffUser> {
  return (await (request as unknown as { readonly user: PromiseLike<unknown> }).user) as StaffUser
}
