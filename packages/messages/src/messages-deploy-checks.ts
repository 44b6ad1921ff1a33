import { type Settings, settings } from '@nuages/core'
import type { Check, CheckMessage } from '@nuages/foundation'
import type { MessagesSettings } from './messages-settings.ts'

/** What a site in production should have set otherwise. */
export const checkMessagesDeployment: Check = () => {
  const { cookieSecure, cookieSameSite } = (settings as Settings & { readonly messages: MessagesSettings }).messages
  const found: CheckMessage[] = []
  if (cookieSecure === false) {
    const consequence =
      cookieSameSite === 'none'
        ? "browsers refuse such a cookie where cookieSameSite is 'none', so nobody is told anything"
        : 'browsers send what users are told over plain HTTP as well'
    found.push({
      level: 'warning',
      id: 'messages.W002',
      message: `messages.cookieSecure is off: ${consequence}.`,
      hint: 'Leave it out: a cookie that is set over HTTPS is then sent over HTTPS only. Or set it to true.',
    })
  }
  if (cookieSameSite === false || cookieSameSite === 'none') {
    found.push({
      level: 'warning',
      id: 'messages.W003',
      message: 'messages.cookieSameSite is off: browsers send the cookie along with what other sites ask for.',
      hint: "Leave it out, or set it to 'lax' or 'strict'.",
    })
  }
  return found
}
