import type { Middleware } from '@nuages/core'
import { serveStatic } from './serve-static.ts'
import { servingPolicy } from './staticfiles-settings.ts'

/** Serves what is below `staticUrl`, so that a project needs no URL pattern for it. The app brings it along. */
export const staticMiddleware: Middleware = (request, next) => {
  const { prefix } = servingPolicy()
  if (prefix === undefined || !request.pathInfo.startsWith(prefix)) return next(request)
  return serveStatic(request, { path: request.pathInfo.slice(prefix.length) })
}
