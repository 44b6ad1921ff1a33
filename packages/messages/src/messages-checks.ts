import { activeMiddleware, apps } from '@nuages/core'
import type { Check } from '@nuages/foundation'
import { sessionMiddleware } from '@nuages/sessions'
import { messagesMiddleware } from './messages-middleware.ts'

/** What does not fit into a cookie needs a session, which has to be there when the messages are kept. */
export const checkSessions: Check = () => {
  const all = activeMiddleware()
  const at = all.indexOf(sessionMiddleware)
  if (at !== -1 && at < all.indexOf(messagesMiddleware)) return []
  return [
    {
      level: 'warning',
      id: 'messages.W001',
      message: apps.has('sessions')
        ? 'sessions stands after messages in installedApps: messages that do not fit into a cookie are an error.'
        : 'sessions is not installed: messages that do not fit into a cookie are an error.',
      hint: 'Put sessions before messages into installedApps.',
    },
  ]
}
