import { authenticate, authenticationBackends, type CurrentUser, needsLoginStep } from '@nuages/auth'
import { constantTimeCompare, fromSettings, isSentByOtherSite } from '@nuages/core'
import { type HttpRequest, TooManyRequests } from '@nuages/http'
import { clientKey, RateLimiter } from '@nuages/ratelimit'
import { AccessToken } from './access-token.ts'
import { type Authorization, basicCredentials, bearerToken, parseAuthorization } from './authorization-header.ts'
import { invalidToken, nothingGiven, type Refusal } from './refusal.ts'
import { RequestAuth } from './request-auth.ts'
import { digestOf, isTokenText } from './token-text.ts'
import { tokensPolicy } from './tokens-settings.ts'

/** Whoever a header tells. */
export interface Authenticated {
  readonly user: CurrentUser
  readonly auth: RequestAuth
}

/** How old `lastUsed` may become, in milliseconds. */
const usedEvery = 60_000

const failures = fromSettings(() => {
  const { failures: rate } = tokensPolicy()
  return rate === false ? undefined : new RateLimiter({ scope: 'tokens', rate })
})

/** The `Authorization` header of a request, where it is of a kind that this app takes. */
export function ownAuthorization(request: HttpRequest): Authorization | undefined {
  const authorization = parseAuthorization(request.headers.get('Authorization') ?? '')
  if (authorization === undefined) return undefined
  const isOwn = authorization.scheme === 'bearer' || (authorization.scheme === 'basic' && tokensPolicy().basic)
  return isOwn ? authorization : undefined
}

/** Who sent a request, by its `Authorization` header alone. Throws `TooManyRequests` where a client was wrong too often. */
export async function authenticateRequest(request: HttpRequest): Promise<Authenticated | Refusal> {
  const authorization = ownAuthorization(request)
  if (authorization === undefined) return nothingGiven
  if (tokensPolicy().requireHttps && !request.isSecure) {
    const description = 'Tokens and passwords are taken over HTTPS only. This one may have been read on its way.'
    return { status: 403, error: 'invalid_request', description }
  }
  const { scheme, credentials } = authorization
  const found = scheme === 'bearer' ? await byToken(credentials) : await byPassword(request, credentials)
  if ('status' in found) await countFailure(request)
  return found
}

async function byToken(credentials: string): Promise<Authenticated | Refusal> {
  const text = bearerToken(credentials)
  if (text === undefined) {
    return { status: 400, error: 'invalid_request', description: 'The Authorization header holds no token.' }
  }
  if (!isTokenText(text, tokensPolicy().prefix)) return invalidToken('This is no token of this site.')
  const digest = digestOf(text)
  const token = await AccessToken.objects.filter({ digest }).first()
  if (token === null || !constantTimeCompare(token.digest, digest)) return invalidToken('There is no such token.')
  if (token.ended !== undefined) return invalidToken(`The token is ${token.ended}.`)
  const user = await userOfKey(String(token.userId))
  if (user === undefined) return invalidToken('The user of the token may not log in.')
  await noteUse(token)
  return { user, auth: new RequestAuth('bearer', token) }
}

/** As for a session: whom no backend lets in is not let in by a token. */
async function userOfKey(key: string): Promise<CurrentUser | undefined> {
  for (const backend of authenticationBackends()) {
    const user = await backend.getUser(key)
    if (user !== null) return user
  }
  return undefined
}

async function noteUse(token: AccessToken): Promise<void> {
  const now = Temporal.Now.instant().round('microsecond')
  if (token.lastUsed !== null && now.epochMilliseconds - token.lastUsed.epochMilliseconds < usedEvery) return
  await AccessToken.objects.filter({ id: token.id }).update({ lastUsed: now })
}

async function byPassword(request: HttpRequest, credentials: string): Promise<Authenticated | Refusal> {
  const given = basicCredentials(credentials)
  if (given === undefined) return wrongPassword
  // A browser that was once told the password sends it along with the form of any page.
  if (isSentByOtherSite(request)) return otherSite
  const user = await authenticate(request, { ...given })
  if (user === null) return wrongPassword
  // A password alone would be a way around the second factor.
  if (await needsLoginStep(request, user)) return secondFactor
  return { user, auth: new RequestAuth('basic') }
}

const wrongPassword = invalidToken('Username and password are not right.')
const otherSite: Refusal = {
  status: 403,
  error: 'invalid_request',
  description: 'A page of another site sent a password that the browser has kept.',
}
const secondFactor = invalidToken('This user logs in with more than a password: a token is needed.')

async function countFailure(request: HttpRequest): Promise<void> {
  const client = clientKey(request)
  if (client === undefined) return
  const verdict = await failures()?.hit(client)
  if (verdict === undefined || verdict.allowed) return
  throw new TooManyRequests('Too many tokens of this client were wrong.', { retryAfter: verdict.retryAfter })
}
