import { fromSettings, type Middleware, type Settings } from '@nuages/core'
import type { HttpResponse } from '@nuages/http'
import { RequestLimits } from './rate-limit.ts'
import { ratelimitSection } from './ratelimit-settings.ts'

const limits = fromSettings((settings) => {
  const { client } = ratelimitSection(settings)
  return client === undefined ? undefined : new RequestLimits({ rate: client, scope: 'client' })
})

/** Limits how often one client may ask for anything, as `ratelimit.client` of the settings says; without it, it is left out. */
export const ratelimitMiddleware: Middleware = Object.assign(
  function ratelimitMiddleware(request, next) {
    return (limits()?.around(request, () => next(request)) as Promise<HttpResponse> | undefined) ?? next(request)
  } satisfies Middleware,
  { isUsed: (settings: Settings) => ratelimitSection(settings).client !== undefined },
)
