import type { Middleware } from '@nuages/core'
import { storageIn } from './message-storage.ts'

/** Keeps the messages that were not shown for the next page. Django's `MessageMiddleware`. */
export const messagesMiddleware: Middleware = (request, next) => {
  const response = next(request)
  if (response instanceof Promise) return response.then((late) => storageIn(request)?.finish(late) ?? late)
  return storageIn(request)?.finish(response) ?? response
}
