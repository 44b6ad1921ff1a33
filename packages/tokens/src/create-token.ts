import type { CurrentUser } from '@nuages/auth'
import { AccessToken } from './access-token.ts'
import { InvalidToken } from './errors.ts'
import { assertScopes } from './scopes.ts'
import { digestOf, newTokenText } from './token-text.ts'
import { tokensPolicy } from './tokens-settings.ts'

/** What a new token is for, and how long it is good. */
export interface TokenOptions {
  /** What it is for, at most 100 characters. */
  readonly name: string
  /** What it may be used for; `'*'` is everything. Without any it opens only what asks for no scope. */
  readonly scopes?: readonly string[]
  /** A moment, a duration from now, or `null` for never; `tokens.lifetime` of the settings when left out. */
  readonly expires?: Temporal.Instant | Temporal.Duration | null
}

/** A token that was just made. */
export interface CreatedToken {
  /** The token itself. It is nowhere kept: who loses it makes another. */
  readonly text: string
  readonly token: AccessToken
}

/** Makes a token for a user. Throws `InvalidToken` where name, scopes or expiry cannot be. */
export async function createToken(user: CurrentUser, options: TokenOptions): Promise<CreatedToken> {
  const { name, scopes = [] } = options
  if (name.trim() === '' || name.length > 100) {
    throw new InvalidToken(`A token has a name of 1 to 100 characters, not '${name.slice(0, 120)}'.`)
  }
  assertScopes(scopes)
  const created = Temporal.Now.instant().round('microsecond')
  const expires = expiryOf(options.expires, created)
  if (expires !== null && Temporal.Instant.compare(expires, created) <= 0) {
    throw new InvalidToken(`A token cannot expire at ${expires}: that is over.`)
  }
  const text = newTokenText(tokensPolicy().prefix)
  const values = { user, name, digest: digestOf(text), scopes: [...new Set(scopes)], created, expires }
  return { text, token: await AccessToken.objects.create(values) }
}

function expiryOf(expires: TokenOptions['expires'], created: Temporal.Instant): Temporal.Instant | null {
  if (expires === null || expires instanceof Temporal.Instant) return expires
  const { lifetime } = tokensPolicy()
  if (expires === undefined) return lifetime === null ? null : created.add({ seconds: lifetime })
  // Months and years count in the calendar.
  return created.toZonedDateTimeISO('UTC').add(expires).toInstant()
}
