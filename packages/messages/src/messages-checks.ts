import { apps } from '@nuages/core'
import type { Check } from '@nuages/foundation'

/** What does not fit into a cookie needs a session, which has to be there when the messages are kept. */
export const checkSessions: Check = () => {
  const names = apps.all().map(({ name }) => name)
  const at = names.indexOf('sessions')
  if (at !== -1 && at < names.indexOf('messages')) return []
  return [
    {
      level: 'warning',
      id: 'messages.W001',
      message:
        at === -1
          ? 'sessions is not installed: messages that do not fit into a cookie are an error.'
          : 'sessions stands after messages in installedApps: messages that do not fit into a cookie are an error.',
      hint: 'Put sessions before messages into installedApps.',
    },
  ]
}
