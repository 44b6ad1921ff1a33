import { fromSettings, logger, saltedHmac } from '@nuages/core'
import { type HttpRequest, TooManyRequests } from '@nuages/http'
import { RateLimiter } from '@nuages/ratelimit'
import { authSettings } from '../auth-settings.ts'
import type { Credentials } from '../backends/authentication-backend.ts'
import { guessingClient } from './guessing-client.ts'
import { isSecret } from './masked-credentials.ts'

/** What counts: a limiter of each kind that the settings want. */
interface Limiters {
  readonly accountAndClient: RateLimiter | undefined
  readonly client: RateLimiter | undefined
  readonly account: RateLimiter | undefined
  /** Remembers from where an account was logged in to: its own user is not locked out by what others guess. */
  readonly known: RateLimiter
}

const limiters = fromSettings((): Limiters | undefined => {
  const { throttle } = authSettings()
  if (throttle === false) return undefined
  const { accountAndClient, client, account } = throttle
  const limiter = (kind: string, rate: string | false) =>
    rate === false ? undefined : new RateLimiter({ scope: `auth-${kind}`, rate })
  return {
    accountAndClient: limiter('account-client', accountAndClient),
    client: limiter('client', client),
    account: limiter('account', account),
    known: new RateLimiter({ scope: 'auth-known', rate: '1/30d' }),
  }
})

/** A guess that was counted. */
export interface CountedGuess {
  /** Takes it back: the password was right. */
  forgive(): Promise<void>
}

/**
 * Counts the guess that credentials are, before anything is looked for or hashed: so that many at once all count, and the
 * answer is the same whether there is such a user or not. Throws `TooManyRequests` where it is one too many.
 */
export async function countGuess(request: HttpRequest | undefined, credentials: Credentials): Promise<CountedGuess> {
  const limits = limiters()
  if (limits === undefined || !Object.keys(credentials).some(isSecret)) return { async forgive() {} }
  const client = guessingClient(request)
  const account = accountKey(credentials)
  const both = account === undefined ? undefined : `${account} ${client ?? '-'}`
  const counted: Counted[] = []
  await count(counted, limits.accountAndClient, both, request)
  await count(counted, limits.client, client, request)
  const known = client === undefined ? undefined : both
  if (!(await isKnown(limits, known))) await count(counted, limits.account, account, request)
  return {
    async forgive() {
      for (const { limiter, key } of counted) {
        // Of this client's guesses for this account none counts any more; others' go on to.
        if (key === both) await limiter.reset(key)
        else await limiter.refund(key)
      }
      if (known !== undefined) await limits.known.hit(known)
    },
  }
}

/**
 * Forgets what a client has guessed for an account, and takes it for its user's: they have shown otherwise than by a password that
 * it is theirs, so that neither their own tries nor those of others keep them out. `names` are what the user may log in with.
 */
export async function forgiveGuesses(request: HttpRequest, names: readonly string[]): Promise<void> {
  const limits = limiters()
  if (limits === undefined) return
  const client = guessingClient(request)
  for (const username of new Set(names)) {
    if (username === '') continue
    const both = `${accountKey({ username })} ${client ?? '-'}`
    await limits.accountAndClient?.reset(both)
    if (client !== undefined) await limits.known.hit(both)
  }
}

interface Counted {
  readonly limiter: RateLimiter
  readonly key: string
}

async function count(
  counted: Counted[],
  limiter: RateLimiter | undefined,
  key: string | undefined,
  request: HttpRequest | undefined,
): Promise<void> {
  if (limiter === undefined || key === undefined) return
  const { allowed, retryAfter } = await limiter.hit(key)
  if (allowed) {
    counted.push({ limiter, key })
    return
  }
  const client = request?.clientAddress
  logger.warn({ scope: limiter.scope, client, retryAfter }, 'A password was guessed too often; nothing was checked.')
  throw new TooManyRequests('Too many passwords were tried.', { retryAfter })
}

async function isKnown({ known }: Limiters, key: string | undefined): Promise<boolean> {
  return key !== undefined && (await known.peek(key)).remaining === 0
}

/** The account that is meant, whoever has it: what is no secret of the credentials, not to be read in the cache. */
function accountKey(credentials: Credentials): string | undefined {
  const names = Object.keys(credentials).filter((name) => !isSecret(name))
  const parts = names.sort().map((name) => [name, String(credentials[name]).normalize('NFKC').trim().toLowerCase()])
  return parts.length === 0 ? undefined : saltedHmac('nuages.auth.guess', JSON.stringify(parts)).toString('base64url')
}
