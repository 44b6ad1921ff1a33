import type { Credentials } from '../backends/authentication-backend.ts'

const secret = /api|token|key|secret|password|signature/i

/** Whether a part of credentials is to be kept secret, by its name. */
export function isSecret(name: string): boolean {
  return secret.test(name)
}

/** Credentials as others may see them. */
export function masked(credentials: Credentials): Credentials {
  return Object.fromEntries(
    Object.entries(credentials).map(([name, value]) => [name, isSecret(name) ? '********************' : value]),
  )
}
