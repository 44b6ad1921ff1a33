import { apps } from '@nuages/core'
import type { CheckMessage } from '@nuages/foundation'
import { tokensPolicy } from './tokens-settings.ts'

/** What the app needs. */
export function checkNeededApps(): readonly CheckMessage[] {
  if (apps.has('auth')) return []
  return [
    {
      level: 'error',
      id: 'tokens.E001',
      message: 'The app tokens needs the app auth: a token is that of a user.',
      hint: 'Add contenttypes, sessions and auth to installedApps.',
      object: 'tokens',
    },
  ]
}

/** What a site in production should have set otherwise. */
export function checkTokensDeployment(): readonly CheckMessage[] {
  if (tokensPolicy().requireHttps) return []
  return [
    {
      level: 'warning',
      id: 'tokens.W001',
      message: 'tokens.requireHttps is off: tokens and passwords are taken that anybody on the way could read.',
      hint: 'Leave it out, or set it to true. Behind a proxy that ends HTTPS, name it in trustedProxies.',
      object: 'tokens',
    },
  ]
}
