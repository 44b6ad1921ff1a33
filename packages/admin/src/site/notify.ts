import type { HttpRequest } from '@nuages/http'
import { messages } from '@nuages/messages'
import type { SafeString } from '@nuages/templates'

/** Shows a message on the next page, where the project has the app `messages`. */
export function notify(
  request: HttpRequest,
  level: 'success' | 'info' | 'warning' | 'error',
  message: string | SafeString,
): void {
  messages.add(request, level, message, { failSilently: true })
}
