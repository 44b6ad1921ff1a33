import { defineApp } from '@nuages/core'
import { checkCache } from './ratelimit-checks.ts'
import { checkSharing } from './ratelimit-deploy-checks.ts'
import { ratelimitMiddleware } from './ratelimit-middleware.ts'
import { ratelimitSettings } from './ratelimit-settings.ts'

/** The app: put it into `installedApps` to have the section `ratelimit`, and all requests of a client limited where it says `client`. */
export const ratelimit = defineApp({
  name: 'ratelimit',
  dir: import.meta.dirname,
  settings: ratelimitSettings,
  middleware: [ratelimitMiddleware],
  checks: [checkCache],
  deployChecks: [checkSharing],
})
