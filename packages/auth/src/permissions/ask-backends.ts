import { PermissionDenied } from '@nuages/http'
import { authenticationBackends } from '../backends/active-backends.ts'
import type { PermissionUser } from '../backends/authentication-backend.ts'

type Kind = 'getUserPermissions' | 'getGroupPermissions' | 'getAllPermissions'

/** What all backends permit a user, together. */
export async function permissionsOf(user: PermissionUser, kind: Kind, object?: object): Promise<ReadonlySet<string>> {
  const permissions = new Set<string>()
  for (const backend of authenticationBackends()) {
    for (const permission of (await backend[kind]?.(user, object)) ?? []) permissions.add(permission)
  }
  return permissions
}

/** Whether a backend permits it, before another refuses. */
export function anyPermits(user: PermissionUser, permission: string, object?: object): Promise<boolean> {
  return anyBackend((backend) => backend.hasPerm?.(user, permission, object))
}

/** Whether a backend permits anything in an app. */
export function anyPermitsModule(user: PermissionUser, appLabel: string): Promise<boolean> {
  return anyBackend((backend) => backend.hasModulePerms?.(user, appLabel))
}

async function anyBackend(
  ask: (backend: ReturnType<typeof authenticationBackends>[number]) => Promise<boolean> | undefined,
): Promise<boolean> {
  for (const backend of authenticationBackends()) {
    try {
      if (await ask(backend)) return true
    } catch (error) {
      if (error instanceof PermissionDenied) return false
      throw error
    }
  }
  return false
}
