import { ImproperlyConfigured, withArticle } from '@nuages/foundation'
import type { HttpRequest, HttpResponse } from '@nuages/http'
import { createResolver, setUrlconf, type UrlEntry, type UrlResolver } from '@nuages/urls'
import type { Settings } from '../settings/settings.ts'

/** A project's own answer to an error, exported by the URLconf as `handler404` and its kin. */
export type ErrorHandler = (request: HttpRequest, error: unknown) => HttpResponse | Promise<HttpResponse>

/** The statuses that a URLconf may have a handler for. */
export type HandledStatus = 400 | 403 | 404 | 500

/** The project's URLconf, compiled. */
export interface Urlconf {
  readonly resolver: UrlResolver
  readonly handlers: ReadonlyMap<HandledStatus, ErrorHandler>
}

const handledStatuses: readonly HandledStatus[] = [400, 403, 404, 500]

/**
 * Imports the URLconf that the settings name, compiles it and makes it the one that `reverse` and `resolve` use. Throws
 * `ImproperlyConfigured` when the module has no `urlpatterns` or a handler is no function.
 */
export async function loadUrlconf(settings: Settings): Promise<Urlconf> {
  const module = ((await settings.urlconf?.()) ?? { urlpatterns: [] }) as Readonly<Record<string, unknown>>
  const { urlpatterns } = module
  if (!Array.isArray(urlpatterns)) {
    throw new ImproperlyConfigured(
      `The urlconf exports no array named 'urlpatterns'. It exports: ${Object.keys(module).join(', ') || 'nothing'}.`,
    )
  }
  const handlers = new Map<HandledStatus, ErrorHandler>()
  for (const status of handledStatuses) {
    const handler = module[`handler${status}`]
    if (handler === undefined) continue
    if (typeof handler !== 'function') {
      throw new ImproperlyConfigured(
        `The urlconf's handler${status} is ${withArticle(typeof handler)}; it takes a view function.`,
      )
    }
    handlers.set(status, handler as ErrorHandler)
  }
  const resolver = createResolver(urlpatterns as UrlEntry[])
  setUrlconf(resolver)
  return { resolver, handlers }
}
