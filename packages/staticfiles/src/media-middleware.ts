import type { Middleware } from '@nuages/core'
import { serveMedia } from './serve-media.ts'
import { servingPolicy } from './staticfiles-settings.ts'

/** Serves uploaded files below `mediaUrl` while `debug` is on, so that a project needs no URL pattern for it. */
export const mediaMiddleware: Middleware = (request, next) => {
  const { mediaPrefix } = servingPolicy()
  if (mediaPrefix === undefined || !request.pathInfo.startsWith(mediaPrefix)) return next(request)
  return serveMedia(request, { path: request.pathInfo.slice(mediaPrefix.length) })
}
