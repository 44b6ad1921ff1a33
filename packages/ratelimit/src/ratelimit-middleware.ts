import { fromSettings, type MaybeResponse, type Middleware, type Settings } from '@nuages/core'
import { RequestLimits } from './rate-limit.ts'
import { ratelimitSection } from './ratelimit-settings.ts'

const limits = fromSettings((settings) => {
  const { client } = ratelimitSection(settings)
  return client === undefined ? undefined : new RequestLimits({ rate: client, scope: 'client' })
})

/** Limits how often one client may ask for anything, as `ratelimit.client` of the settings says; without it, it is left out. */
export const ratelimitMiddleware: Middleware = Object.assign(
  function ratelimitMiddleware(request, next) {
    const current = limits()
    return current === undefined ? next(request) : (current.around(request, () => next(request)) as MaybeResponse)
  } satisfies Middleware,
  { isUsed: (settings: Settings) => ratelimitSection(settings).client !== undefined },
)
