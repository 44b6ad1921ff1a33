import { BadSignature, fromSettings, TimestampSigner } from '@nuages/core'
import { type CookieOptions, type HttpRequest, type HttpResponse, hostCookieName } from '@nuages/http'
import { markSafe } from '@nuages/templates'
import { fromStored, type Message, toStored } from './message.ts'
import { messagesPolicy } from './messages-settings.ts'

/** The most characters of the cookie's value. Browsers keep 4096 of a cookie, and other cookies have to fit beside it. */
const maxLength = 2048

/** Stands at the end where the rest is in the session. Django's, as is the key. */
const unfinished = '__messagesnotfinished__'
const keyPrefix = 'django.http.cookies'

const signer = fromSettings(
  ({ secretKey, secretKeyFallbacks }) =>
    new TimestampSigner({
      key: keyPrefix + secretKey,
      fallbackKeys: secretKeyFallbacks.map((key) => keyPrefix + key),
      salt: 'django.contrib.messages',
    }),
)

/** What the cookie of a request holds, and whether there is more in the session. */
export interface CookieMessages {
  readonly messages: readonly Message[]
  readonly isComplete: boolean
}

/** Reads the cookie. One that this site did not sign is worth nothing. */
export function readCookie(request: HttpRequest): CookieMessages {
  const stored = storedIn(request.cookies.get(messagesCookie(request).name))
  return {
    messages: stored.flatMap((item) => fromStored(item, markSafe) ?? []),
    isComplete: stored.at(-1) !== unfinished,
  }
}

/** The cookie, as it is over this connection. */
function messagesCookie({ isSecure }: HttpRequest): { readonly name: string; readonly options: CookieOptions } {
  const { cookieName, cookie, cookieSecure } = messagesPolicy()
  const options = { ...cookie, secure: cookieSecure ?? isSecure }
  // Over plain HTTP browsers refuse the prefix, whatever the cookie says of itself.
  return { name: cookieName ?? (isSecure ? hostCookieName('messages', options) : 'messages'), options }
}

function storedIn(cookie: string | undefined): readonly unknown[] {
  if (cookie === undefined || cookie === '') return []
  try {
    const stored = signer().unsignObject(cookie)
    return Array.isArray(stored) ? stored : []
  } catch (error) {
    if (error instanceof BadSignature) return []
    throw error
  }
}

/** Sets the cookie to as many of `messages` as fit, or deletes one that has nothing to say; returns those that do not fit. */
export function writeCookie(
  request: HttpRequest,
  response: HttpResponse,
  messages: readonly Message[],
): readonly Message[] {
  const { name, options } = messagesCookie(request)
  if (messages.length === 0) {
    if (request.cookies.has(name)) response.deleteCookie(name, options)
    return []
  }
  const fitting = countFitting(messages)
  response.setCookie(name, encoded(messages, fitting), options)
  return messages.slice(fitting)
}

/** How many of `messages` fit, by halving: a view may have made thousands. */
function countFitting(messages: readonly Message[]): number {
  let [fits, tooMany] = [0, messages.length + 1]
  while (tooMany - fits > 1) {
    // All at first, since they nearly always fit.
    const tried = tooMany > messages.length ? messages.length : Math.floor((fits + tooMany) / 2)
    if (encoded(messages, tried).length <= maxLength) fits = tried
    else tooMany = tried
  }
  return fits
}

function encoded(messages: readonly Message[], count: number): string {
  const stored: unknown[] = messages.slice(0, count).map(toStored)
  if (count < messages.length) stored.push(unfinished)
  return signer().signObject(stored, { compress: true })
}
